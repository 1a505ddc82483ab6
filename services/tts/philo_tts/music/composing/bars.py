"""One bar of a piece: everything the roles need to know to play it."""

from dataclasses import dataclass

from philo_tts.music.composing.band import Band

LOWEST_BASS = 35


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with its harmony, its place in the form and who plays."""

    at: float
    """Beats from the start."""
    beats: int
    chord: str
    pitches: tuple[int, ...]
    """Pitch classes, root first."""
    tonic: int
    section: str
    section_number: int
    energy: float
    place: int
    """Which bar of its section this is."""
    of: int
    figure: str
    band: Band
    velocity: float

    @property
    def bass(self) -> int:
        """Key of the bass note, B1 or above."""
        key = 33 + (self.pitches[0] - 33) % 12
        return key + 12 if key < LOWEST_BASS else key

    @property
    def open_pitches(self) -> tuple[int, ...]:
        """The chord without the upper of two neighbours, which would rub in close position."""
        return tuple(p for p in self.pitches if (p - 1) % 12 not in self.pitches)

    def open_keys(self, low: int, high: int) -> list[int]:
        """Keys of the open chord from low up to, not including, high."""
        return [key for key in range(low, high) if key % 12 in self.open_pitches]
