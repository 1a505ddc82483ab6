"""The tables themselves, read once and checked against their shapes."""

import tomllib
from importlib.resources import files
from typing import Final, TypeVar

from pydantic import TypeAdapter

from philo_contracts.shapes import Mood
from philo_tts.music.rules.shapes import Cast, Figure, FormRules, GenreRules, MelodyRules, MoodRules, Rhythm
from philo_tts.music.score import Role

T = TypeVar("T")


def _table(name: str, shape: type[T]) -> T:
    text = files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return TypeAdapter(shape).validate_python(tomllib.loads(text))


MOODS: Final = _table("moods", dict[Mood, MoodRules])
GENRES: Final = _table("genres", dict[str, GenreRules])
CASTS: Final = _table("casts", dict[str, Cast])
FIGURES: Final = _table("figures", dict[str, Figure])
RHYTHMS: Final = _table("rhythms", dict[str, Rhythm])
FORMS: Final = _table("forms", FormRules)
MELODY: Final = _table("melody", MelodyRules)

TRIM: Final[dict[Role, float]] = {
    "pad": -6,
    "air": -2,
    "keys": 2,
    "bass": 2,
    "choir": -3,
    "lead": 0,
    "pulse": 3,
    "tremolo": -2,
    "drums": -5,
}
"""dB per role: four pad notes sound 6 dB louder than the one they were levelled by."""
