"""What a provider is told to compose."""

from __future__ import annotations

import tomllib
import unicodedata
from importlib.resources import files
from typing import Final

from pydantic import BaseModel, ConfigDict

from philo_contracts.shapes import Mood
from philo_tts.music_providers.composer import Wish

MOST_WORDS: Final = 300


class _Words(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    always: str
    mood: dict[Mood, str]


WORDS: Final = _Words.model_validate(
    tomllib.loads(files(__package__).joinpath("prompts.toml").read_text(encoding="utf-8"))
)


def prompt_of(wish: Wish) -> str:
    """Genre and mood, what the wish says besides, and what is asked of all music."""
    parts = (_one_line(wish.genre)[:40], WORDS.mood[wish.mood], _one_line(wish.words)[:MOST_WORDS])
    return f"{', '.join(part for part in parts if part)}. {WORDS.always}"


def _one_line(text: str) -> str:
    """Without control and invisible characters, which only hide what is asked."""
    return " ".join("".join(" " if unicodedata.category(sign)[0] == "C" else sign for sign in text).split())
