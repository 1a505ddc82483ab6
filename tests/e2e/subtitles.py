"""SubRip, read as a player reads it."""

from __future__ import annotations

import re

from philo_contracts.shapes import Word

BLOCK = re.compile(r"\d+\n(\S+) --> (\S+)\n(.+?)(?:\n\n|\n?$)", re.DOTALL)


def cues(srt: str) -> list[Word]:
    """Text (lines joined by a blank) with its first and last second."""
    return [
        Word(text=" ".join(text.split()), start=_seconds(start), end=_seconds(end))
        for start, end, text in BLOCK.findall(srt.replace("\r\n", "\n"))
    ]


def _seconds(clock: str) -> float:
    hours, minutes, seconds = clock.replace(",", ".").split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)
