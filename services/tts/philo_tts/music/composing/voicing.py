"""Laying a chord out in keys: the layout that moves least and rubs nowhere."""

from functools import lru_cache
from itertools import combinations, pairwise

LOW, HIGH = 50, 66
CLASH = (1, 13)
BASS_CLASH = (1, 13, 25)
BAND_OF_SECONDS = 57
"""From this key upwards a whole tone inside a chord is clear enough."""
BAND_OF_THIRDS = 48
"""Below this key thirds are mud."""


def _sounds(keys: tuple[int, ...]) -> bool:
    """Whether neighbouring keys lie far enough apart."""
    for low, high in pairwise(keys):
        gap = high - low
        if gap < 2 or (gap == 2 and low < BAND_OF_SECONDS) or (gap < 5 and low < BAND_OF_THIRDS):
            return False
    return True


def _friction(keys: tuple[int, ...], bass: int) -> float:
    """Cost of semitones and minor ninths, among the keys and against the bass."""
    inside = sum(high - low in CLASH for low, high in combinations(keys, 2))
    return 30 * inside + 9 * sum(key - bass in BASS_CLASH for key in keys)


def _parallels(moves: list[tuple[int, int]]) -> int:
    """How many pairs of parts run in parallel fifths or octaves."""
    return sum(
        old != new and (other_new - new) % 12 == (other_old - old) % 12 and (other_new - new) % 12 in {0, 7}
        for (old, new), (other_old, other_new) in combinations(moves, 2)
    )


def _travel(before: tuple[int, ...], keys: tuple[int, ...]) -> float:
    """Cost of getting here from the chord before."""
    if not before:
        return 0.0
    moves = list(zip(before, keys, strict=False))
    distance = sum(abs(old - new) for old, new in moves)
    return distance + 3 * abs(len(before) - len(keys)) + 2.5 * _parallels(moves)


@lru_cache(maxsize=4096)
def voicing(pitches: tuple[int, ...], parts: int, before: tuple[int, ...], bass: int) -> tuple[int, ...]:
    """Keys from D3 to F#4 for a chord (pitch classes, root first), in rising order.

    The root may be left to the bass where a chord has more than three tones or fewer than three parts play.
    """
    keys = [key for key in range(LOW, HIGH + 1) if key % 12 in pitches]
    needed = set(pitches[1:]) if len(pitches) > 3 or parts < 3 else set(pitches)

    def cost(choice: tuple[int, ...]) -> float:
        missing = len(needed - {key % 12 for key in choice})
        off_centre = abs(sum(choice) / len(choice) - (LOW + HIGH) / 2)
        return 14 * missing + 0.3 * off_centre + _friction(choice, bass) + _travel(before, choice)

    for size in range(min(parts, len(keys)), 1, -1):
        choices = [choice for choice in combinations(keys, size) if _sounds(choice)]
        if choices:
            return min(choices, key=cost)
    return tuple(keys[:parts])
