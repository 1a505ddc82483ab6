"""What a painter is told: the wish, and how it should look."""

from __future__ import annotations

import tomllib
import unicodedata
from importlib.resources import files
from typing import Final

from philo_contracts.shapes import Mood, Value
from philo_render.providers.painter import Wish


class Styles(Value):
    """Words that are put behind every prompt."""

    always: str
    style: dict[str, str]
    mood: dict[Mood, str]


STYLES: Final = Styles.model_validate(tomllib.loads(files(__package__).joinpath("styles.toml").read_text("utf-8")))
_LONGEST_STYLE = 200


def prompt_of(wish: Wish, most: int) -> str:
    """At most `most` characters. The words of the scene give way, never those of the style.

    Raises ValueError when not even the style fits.
    """
    style = STYLES.style.get(wish.style) or shortened(one_line(wish.style), _LONGEST_STYLE)
    look = " ".join(part for part in (style, STYLES.mood.get(wish.mood, ""), STYLES.always) if part)
    room = most - len(look) - 1
    if room < 1:
        raise ValueError(f"A prompt of {most} characters has no room for a wish beside its style")
    return f"{shortened(one_line(wish.prompt), room)} {look}".strip()


def one_line(text: str) -> str:
    """Without control and invisible characters, which only hide what is asked."""
    plain = "".join(" " if unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"} else sign for sign in text)
    return " ".join("".join(sign for sign in plain if unicodedata.category(sign) != "Cf").split())


def shortened(text: str, most: int) -> str:
    """Cut behind a word, or anywhere where words are not set apart."""
    if len(text) <= most:
        return text
    cut = text[:most]
    word = cut.rfind(" ")
    return cut[:word] if word > most // 2 else cut
