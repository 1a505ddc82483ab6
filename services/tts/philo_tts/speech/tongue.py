"""What a language of `tongues/` says for figures, signs and short forms: tables that are read once."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent / "tongues"
TONGUES = frozenset(table.stem for table in _FOLDER.glob("*.toml"))


@dataclass(frozen=True, slots=True)
class Ordinals:
    """`bent` is the rule after one of `benders` (am, la); `sign` is how ordinals are written; `stop`: 3. is one."""

    rule: str
    bent: str
    benders: frozenset[str]
    sign: re.Pattern[str]
    stop: bool


@dataclass(frozen=True, slots=True)
class Roman:
    """`names` tells whether a monarch's number orders or counts, from `highest` on it counts; after `nouns` always."""

    names: str
    rule: str
    article: str
    stop: bool
    nouns: frozenset[str]
    highest: int
    sign: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Tongue:
    """`stopless` short forms need no full stop; texts of `date`, `clock` and `money` are patterns with names in braces."""

    language: str
    decimal: str
    groups: str
    cardinal: str
    year: str
    stopless: frozenset[str]
    one: str
    one_feminine: str
    feminine: frozenset[str]
    ordinal: Ordinals
    date: dict[str, str]
    clock: dict[str, str]
    money: dict[str, str]
    roman: Roman
    large: frozenset[str]
    words: dict[str, str]
    short: dict[str, str]
    signs: dict[str, str]
    address: dict[str, str]
    fractions: dict[int, tuple[str, ...]]


@lru_cache(maxsize=16)
def tongue(language: str) -> Tongue:
    """Raises FileNotFoundError for a language that is not in TONGUES."""
    told = tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    order, kings, feminine = told.pop("ordinal"), told.pop("roman"), told.pop("feminine")
    return Tongue(
        language=language,
        ordinal=Ordinals(
            order["rule"], order["bent"], _set(order["benders"]), re.compile(order["sign"]), order["stop"]
        ),
        roman=_roman(kings),
        one_feminine=feminine["one"],
        feminine=frozenset(feminine["units"]),
        stopless=_set(told.pop("stopless")),
        large=_set(told.pop("large")),
        fractions={int(under): tuple(names.split()) for under, names in told.pop("fractions").items()},
        **told,
    )


def _roman(told: dict[str, Any]) -> Roman:  # values of several types, as TOML gives them
    sign = re.compile(told["sign"]) if "sign" in told else None
    highest = told.get("highest", 39)
    return Roman(told["names"], told["rule"], told["article"], told["stop"], _set(told["nouns"]), highest, sign)


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())
