"""What each model can be asked for."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from typing import Final, Literal

from pydantic import TypeAdapter

from philo_contracts.shapes import Value

Provider = Literal["openai", "stability"]
_SNAPSHOT = re.compile(r"-\d{4}-\d{2}-\d{2}$")


class Model(Value):
    """`sizes` in pixels or as shapes, the longest `prompt` in characters, the `quality` asked for when none is wished,
    the `path` it is found under, and what else to `ask`."""

    sizes: tuple[str, ...]
    prompt: int
    quality: str | None = None
    path: str = ""
    ask: dict[str, str | int] = {}


_TABLE: Final = TypeAdapter(dict[Provider, dict[str, Model]]).validate_python(
    tomllib.loads(files(__package__).joinpath("models.toml").read_text("utf-8"))
)


def model_of(provider: Provider, name: str) -> Model:
    known = _TABLE[provider]
    return known.get(family(name)) or known["*"]


def family(name: str) -> str:
    """A model's name without the date of its snapshot."""
    return _SNAPSHOT.sub("", name)
