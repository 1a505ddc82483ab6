"""How fast a voice speaks."""

from __future__ import annotations


def pace(speed: int) -> float:
    """How many times faster than natural: 0 is half as fast, 50 natural, 100 twice as fast. ValueError outside."""
    if not 0 <= speed <= 100:
        raise ValueError(f"speed goes from 0 to 100 (50 is natural), not {speed}")
    return float(2 ** ((speed - 50) / 50))
