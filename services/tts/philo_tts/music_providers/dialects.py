"""How providers of music are spoken to, as data."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Final

from pydantic import BaseModel, ConfigDict, TypeAdapter

Path = tuple[str | int, ...]
"""Through an answer's JSON: names, and numbers in lists."""
Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]
Template = str | int | dict[str, str | int]
Values = dict[str, str | int]


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Job(_Row):
    """Where an answer tells how an order goes."""

    poll: str
    id: Path
    status: Path
    audio: Path
    said: Path
    done: frozenset[str]
    failed: frozenset[str]


class Dialect(_Row):
    """dialects.toml says what the words mean."""

    secret: str
    url: str
    submit: str
    look: str
    model: str
    shortest: int
    longest: int
    headers: dict[str, str]
    body: dict[str, Template]
    account: bool = False
    job: Job | None = None


def _read() -> dict[str, Dialect]:
    text = files(__package__).joinpath("dialects.toml").read_text(encoding="utf-8")
    return TypeAdapter(dict[str, Dialect]).validate_python(tomllib.loads(text))


DIALECTS: Final = _read()


def filled(body: Mapping[str, Template], values: Values) -> Json:
    """The order with its values; a text that is nothing but a value keeps the value's type."""
    return {
        name: filled(part, values) if isinstance(part, dict) else _value(part, values) for name, part in body.items()
    }


def _value(part: str | int, values: Values) -> str | int:
    if isinstance(part, int):
        return part
    whole = values.get(part[1:-1]) if part[:1] == "{" else None
    return part.format_map(values) if whole is None else whole


def found(answer: Json, path: Path) -> str:
    """What stands there, as text; empty when nothing does."""
    here = answer
    for step in path:
        if isinstance(here, dict) and isinstance(step, str):
            here = here.get(step)
        elif isinstance(here, list) and isinstance(step, int) and step < len(here):
            here = here[step]
        else:
            return ""
    return str(here) if isinstance(here, str | int) else ""
