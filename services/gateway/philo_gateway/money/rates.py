"""How long things take: what words last when they are said, and what a plain machine needs for each stage.

The first half is how Philo speaks and cuts. The second was measured on two cores at 1280x720 and 30 frames a second (see
docs/benchmarks.md): another machine is slower or faster by a factor, and so are its estimates.
"""

from __future__ import annotations

import re

from philo_contracts.shapes import Value, VideoConfig

WORD = re.compile(r"[^\W_]+(?:['’.,\-][^\W_]+)*")
IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
WORDS_A_SECOND, IDEOGRAPHS_A_SECOND = 3.1, 4.0
"""That the voices of Philo say: 3.08 to 3.25 words and 3.8 to 4.1 ideographs, measured over four texts."""
PLANNED_WORDS_A_SECOND, SCENE = 2.4, 8.7
"""Where the text decides how many scenes there are, they are planned for a slower voice, and so many seconds each."""
LEAST_SCENE = 3.2
TITLE, LEAD, GAP, LAST, END = 3.0, 0.45, 0.8, 1.3, 3.2
"""Seconds of a film in which nobody speaks."""
PLAIN = 1280 * 720 * 30
LONG_SIDES = {"480p": 854, "720p": 1280, "1080p": 1920, "2160p": 3840}


class Rates(Value):
    """Seconds of work: `speak` and `draw` for a second of film, `paint`, `buy` and `ask` for one piece each."""

    read: float = 0.5
    """To understand a text offline."""
    ask: float = 12.0
    """For a language model to understand or write it."""
    speak: float = 0.12
    paint: float = 0.6
    buy: float = 6.0
    """For a picture that somebody else paints; several are painted at once."""
    draw: float = 0.21
    join: float = 1.5


def heard(text: str, speed: int = 50) -> float:
    """Seconds that a text is heard for; a speed of 0 takes twice as long as 50, one of 100 half as long."""
    return slowed(said(text, WORDS_A_SECOND), speed)


def planned(text: str) -> float:
    """Seconds that the planner of scenes takes it for."""
    return said(text, PLANNED_WORDS_A_SECOND)


def said(text: str, words_a_second: float) -> float:
    ideographs = len(IDEOGRAPH.findall(text))
    words = len(WORD.findall(IDEOGRAPH.sub(" ", text) if ideographs else text))
    return words / words_a_second + ideographs / IDEOGRAPHS_A_SECOND


def slowed(seconds: float, speed: int) -> float:
    """What lasts so long at natural speed, at another."""
    return float(seconds * 2 ** ((50 - speed) / 50))


def lasting(spoken: float, scenes: int, config: VideoConfig) -> float:
    """Seconds that a film of so many scenes lasts, with its silences."""
    cards = (TITLE if config.cards.title else 0) + (END if config.cards.end else 0)
    return max(spoken, LEAST_SCENE * scenes) + LEAD + GAP * (scenes - 1) + LAST + cards


def weight(config: VideoConfig) -> float:
    """Pixels a second of film, in those of a plain one."""
    long = LONG_SIDES[config.resolution]
    return long * long * 9 / 16 * config.fps / PLAIN
