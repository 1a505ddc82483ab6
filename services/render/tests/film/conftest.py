"""A small film and what it is made of: three scenes at 192x108, twelve frames a second."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from philo_contracts.shapes import Mood, Scene, VideoConfig, Word
from philo_render.film import (
    Format,
    Material,
    Narration,
    Sound,
    Timeline,
    Voice,
    chunks,
    draw_chunk,
    encoded,
    join,
    mix,
    plan,
)

SMALL = Format(width=192, height=108, fps=12)

TEXTS = (
    "Every evening, old Tomas sailed his boat out.",
    "One night a storm rose without warning.",
    "每年 中秋 ， 人们 抬头 看 月亮 。",
)

Narrate = Callable[..., Narration]


def spoken(text: str, pace: float = 0.28) -> tuple[Word, ...]:
    return tuple(
        Word(text=word, start=round(0.1 + i * pace, 3), end=round(0.1 + (i + 0.9) * pace, 3))
        for i, word in enumerate(text.split())
    )


def narration(index: int, text: str, *, picture: str | None = None, mood: Mood = Mood.CALM) -> Narration:
    words = spoken(text)
    scene = Scene(
        id=f"scene-{index}",
        index=index,
        title=f"Scene {index}",
        narration=text,
        visual_prompt="",
        mood=mood,
        language="zh" if "，" in text else "en",
    )
    duration = (words[-1].end if words else 0.0) + 0.2
    material = Material(key=picture or f"picture-{index}")
    return Narration(scene=scene, duration=duration, words=words, material=material)


def landscape(seed: int) -> np.ndarray:
    """A soft picture with some grain, BGR."""
    chance = np.random.default_rng(seed)
    rows, columns = np.mgrid[0:162, 0:288] / 160.0
    tones = [np.sin(columns * a + b) * np.cos(rows * c) for a, b, c in chance.uniform(1, 5, (3, 3))]
    grain = chance.normal(0, 3, (162, 288, 1))
    return np.clip(110 + 70 * np.dstack(tones) + grain, 0, 255).astype(np.uint8)


def murmur(seconds: float, seed: int = 0) -> np.ndarray:
    """Something like a voice: a buzzing tone that comes and goes in syllables."""
    at = np.arange(round(seconds * 48_000)) / 48_000
    buzz = sum(np.sin(2 * np.pi * 140 * n * at + n + seed) / n for n in range(1, 18))
    return (0.1 * buzz * np.clip(np.sin(2 * np.pi * 3.1 * at) + 0.3, 0, 1)).astype(np.float32)


class Film(NamedTuple):
    timeline: Timeline
    drawn: tuple[bytes, ...]
    sound: Sound
    path: Path


@pytest.fixture(scope="session")
def narrations() -> tuple[Narration, ...]:
    return tuple(narration(index, text) for index, text in enumerate(TEXTS))


@pytest.fixture(scope="session")
def pictures() -> dict[str, np.ndarray]:
    return {f"picture-{index}": landscape(index) for index in range(len(TEXTS))}


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory, narrations, pictures) -> Film:
    timeline = plan(narrations, VideoConfig(), "The Lantern Letter", format_=SMALL)
    drawn = tuple(draw_chunk(chunk, pictures) for chunk in chunks(timeline))
    seeds = count()
    voices = [Voice(timeline.voices[n.scene.id], murmur(n.duration, next(seeds))) for n in narrations]
    with mix(voices, None, timeline.duration) as soundtrack:
        sound = soundtrack.whole()
    path = tmp_path_factory.mktemp("film") / "film.mp4"
    join(
        drawn,
        encoded(sound, timeline.frames * 48_000 // SMALL.fps),
        path,
        SMALL,
        title=timeline.title,
        chapters=timeline.chapters,
    )
    return Film(timeline, drawn, sound, path)


@pytest.fixture(scope="session")
def small() -> Format:
    return SMALL


@pytest.fixture(scope="session")
def narrate() -> Narrate:
    return narration


@pytest.fixture(scope="session")
def voice() -> Callable[..., np.ndarray]:
    return murmur
