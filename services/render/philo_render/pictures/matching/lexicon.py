"""The words this package knows: the cue table first, then the pack's own labels and tags."""

from __future__ import annotations

import csv
import re
import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from philo_render.pictures.pack import Icon, Kind, icons
from philo_render.pictures.registry import all_props

_LABEL, _HEAD_NOUN = 3.0, 1.8
_TAG, _TAG_ZH = 0.75, 0.75  # one tag alone shows nothing: it takes two
_HERE = files("philo_render.pictures.matching")


@dataclass(frozen=True)
class Cue:
    """One row of `cues.csv`."""

    illustrations: tuple[str, ...]
    backdrop: str
    details: tuple[str, ...]
    weight: float


@dataclass(frozen=True)
class Words:
    """`words.toml`, parsed."""

    idioms: tuple[str, ...]
    idioms_zh: tuple[str, ...]
    strict: frozenset[str]
    loose: frozenset[str]
    verbish: frozenset[str]
    before: frozenset[str]
    genre: frozenset[str]
    silent: frozenset[str]
    silent_zh: frozenset[str]
    compounds_zh: frozenset[str]
    banned: frozenset[str]
    plurals: dict[str, str] = field(hash=False)


@dataclass(frozen=True)
class Lexicon:
    """Words to cues, and words to illustrations with their strength."""

    english: dict[str, Cue]
    stems: dict[str, Cue]
    chinese: dict[str, Cue]
    labels: dict[str, list[tuple[float, str]]]
    labels_zh: dict[str, list[tuple[float, str]]]


@lru_cache(1)
def words() -> Words:
    raw = tomllib.loads(_HERE.joinpath("words.toml").read_text("utf-8"))
    idioms, idioms_zh = (tuple(sorted(raw[name], key=len, reverse=True)) for name in ("idioms", "idioms_zh"))
    sets = {name: frozenset(text.split()) for name, text in raw.items() if isinstance(text, str)}
    return Words(idioms=idioms, idioms_zh=idioms_zh, plurals=raw["plurals"], **sets)


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(",") if part.strip())


@lru_cache(1)
def lexicon() -> Lexicon:
    english: dict[str, Cue] = {}
    chinese: dict[str, Cue] = {}
    table = _HERE.joinpath("cues.csv").read_text("utf-8").splitlines()
    for row in csv.DictReader(table, delimiter=";"):
        cue = Cue(_split(row["illustrations"]), row["backdrop"], _split(row["details"]), float(row["weight"]))
        english |= dict.fromkeys(_split(row["english"]), cue)
        chinese |= dict.fromkeys(_split(row["chinese"]), cue)
    stems = {word[:-1]: cue for word, cue in english.items() if word.endswith("*")}
    return Lexicon(english, stems, chinese, _english_labels(), _chinese_labels())


def _drawn() -> list[Icon]:
    return [icon for icon in icons().values() if icon.name not in words().banned and icon.name not in all_props()]


def _english_labels() -> dict[str, list[tuple[float, str]]]:
    known: dict[str, list[tuple[float, str]]] = {}
    for icon in _drawn():
        for word, strength in _names(icon).items():
            too_vague = word in words().silent or word in words().genre or len(word) < 3
            if not too_vague:
                known.setdefault(word, []).append((strength, icon.name))
    return known


def _names(icon: Icon) -> dict[str, float]:
    label = icon.english[0]
    if icon.kind is Kind.PERSON:  # a trade is a name; a person's tags are not
        return {re.sub(r"^(man|woman|person) ", "", label): 2.3}
    names = {label: _LABEL, label.split()[-1]: _HEAD_NOUN if " " in label else _LABEL}
    return dict.fromkeys(icon.english[1:], _TAG) | names


def _chinese_labels() -> dict[str, list[tuple[float, str]]]:
    known: dict[str, list[tuple[float, str]]] = {}
    for icon in _drawn():
        for k, word in enumerate(icon.chinese):
            bare = word.lstrip("男女") if icon.kind is Kind.PERSON else word
            if len(bare) >= 2 and bare not in words().silent_zh and bare not in words().genre:
                known.setdefault(bare, []).append((_LABEL if k == 0 else _TAG_ZH, icon.name))
    return known
