"""A piece of music as pure data: what sounds when, on what, how loud."""

from dataclasses import dataclass, field
from typing import Literal

from philo_contracts.shapes import Mood

Role = Literal["pad", "air", "keys", "bass", "lead", "pulse", "horn", "choir", "tremolo", "drums"]


@dataclass(frozen=True, slots=True)
class Instrument:
    """A preset of the sound bank and how it sits in the mix."""

    preset: tuple[int, int]
    """Bank and program."""
    level: float = 0.0
    """dB against the other roles, after every instrument was levelled to the same loudness."""
    pan: float = 0.0
    """-1 left .. 1 right."""
    send: float = 0.25
    """Share that goes into the reverb."""
    top: float = 20_000.0
    """Low pass in hertz."""
    low: float = 0.0
    """High pass in hertz."""
    ref: int = 60
    """Key at which its loudness is levelled."""
    slow: float = 0.0
    """Softened attack in seconds."""
    touch: int = 0
    """Velocities by which it is struck harder for its timbre, at the same loudness: a clearer piano."""
    struck: bool = False
    """Rings out by itself; the length of a note is not heard."""


@dataclass(frozen=True, slots=True)
class Note:
    """One key of one instrument; times in seconds, velocity 1..107."""

    at: float
    length: float
    key: int
    velocity: float
    role: Role
    instrument: Instrument


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of the form and how lively it is, 0..1."""

    at: float
    name: str
    energy: float


@dataclass(frozen=True, slots=True)
class Chord:
    """Harmony from a moment on: pitch classes, root first."""

    at: float
    name: str
    pitches: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """A whole piece. It ends exactly at `seconds`; its last chord is struck at `final`."""

    mood: Mood
    genre: str
    seconds: float
    seed: int
    tempo: float
    tonic: int
    final: float
    room: float
    """Reverb time in seconds."""
    notes: tuple[Note, ...] = field(repr=False)
    chords: tuple[Chord, ...] = field(repr=False)
    sections: tuple[Section, ...] = field(repr=False)
