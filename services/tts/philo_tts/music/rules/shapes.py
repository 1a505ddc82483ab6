"""What a row of each rule table looks like."""

from dataclasses import field
from typing import Literal

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

from philo_tts.music.score import Instrument, Role

Mode = Literal["major", "lydian", "dorian", "minor", "phrygian"]
Figure = list[list[tuple[float, int, float, float]]]
"""Patterns of a bar: (beat, step in the chord ladder, beats long, strength)."""

_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True, config=_STRICT)
class MoodRules:
    """What a mood asks of the composer; moods.toml says what the words mean."""

    tempo: tuple[float, float]
    beats: int
    mode: Mode
    tonics: list[int]
    loops: list[str]
    cadence: str
    figures: list[str]
    velocity: float
    density: float
    rhythm: str
    lead: float
    room: float
    dark: float
    colours: list[Role]
    final: float = -4.0
    """How much stronger than the mood's own velocity the last chord is struck."""
    trim: dict[Role, float] | None = None
    """dB by which this mood moves a role."""


@dataclass(frozen=True, config=_STRICT)
class GenreRules:
    """Where a genre overrides the mood; None leaves the mood its way."""

    tempo: tuple[float, float] | None = None
    figures: list[str] | None = None
    rhythm: str | None = None
    always_rhythm: bool = False
    swing: float = 0.0
    seventh: bool = False
    pentatonic: bool = False
    pulse: bool = True
    also: list[str] = field(default_factory=list)
    """Other words for it."""


@dataclass(frozen=True, config=_STRICT)
class Rhythm:
    """Percussion of one bar: strokes of (beat, key, strength)."""

    strokes: list[tuple[float, int, float]]
    instrument: Instrument | None = None
    tuned: bool = False
    from_energy: float = 0.56


Cast = dict[Role, list[Instrument]]


SectionShape = tuple[str, float]
"""Name and energy."""


@dataclass(frozen=True, config=_STRICT)
class FormRules:
    """How a piece is divided; forms.toml says what the words mean."""

    intro: float
    fragment: SectionShape
    short: dict[int, list[SectionShape]]
    long: dict[Literal["breath"], list[SectionShape]]


Cell = list[tuple[float, float]]
"""A bar's rhythm: notes of (beat, beats long)."""


@dataclass(frozen=True, config=_STRICT)
class MelodyRules:
    """What a melody is made of."""

    cells: list[Cell]
    steps: dict[int, float]
    scales: dict[Mode, tuple[int, ...]]
    five_tones: dict[Mode, tuple[int, ...]]
