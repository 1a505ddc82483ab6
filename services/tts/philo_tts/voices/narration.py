"""A whole text read aloud: passage by passage, each by a voice of its language. Runs inside a child process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from philo_contracts.shapes import Word
from philo_tts.speech import Passage, Token, passages, speak_plan
from philo_tts.voices.added import added
from philo_tts.voices.catalogue import VOICES, UnknownVoiceError, Voice, choose, speaks
from philo_tts.voices.mastering import mastered
from philo_tts.voices.pace import pace
from philo_tts.voices.readers import reader
from philo_tts.voices.rests import rested
from philo_tts.voices.speech import NO_PRONUNCIATIONS, RATE, Speech

SILENCE = 0.4  # seconds of a text without words
PARAGRAPH = 0.65
PAUSES = {"": 0.08, ",": 0.16, ";": 0.24, ":": 0.24, "—": 0.28, ".": 0.34, "…": 0.52, "!": 0.36, "?": 0.40}
"""Seconds between two passages, by the mark that ends the first; natural pace."""


def speak(
    text: str,
    language: str,
    voice: str | None,
    speed: int,
    folder: str,
    pronunciations: Mapping[str, str] = NO_PRONUNCIATIONS,
) -> Speech:
    """See `Speaker.speak`; `folder` keeps prepared models."""
    times = pace(speed)
    voices = (*VOICES, *added(Path(folder)))
    main = choose(language, voice, voices)
    said: list[NDArray[np.int16]] = []
    words: list[Word] = []
    at = 0
    pause = 0.0
    for passage in passages(text, language):
        tokens = speak_plan(passage.text, passage.language, pronunciations)
        if not tokens:
            continue
        read = mastered(reader(_voice_of(passage, main, voices), folder).read(tokens, times))
        sound = rested(read, tokens, times)
        at += _append(said, np.zeros(round(pause / times * RATE), np.int16))
        words.extend(fold(tokens, sound.spans, at / RATE))
        at += _append(said, (sound.samples * 32767).astype(np.int16))
        pause = PARAGRAPH if passage.paragraph else PAUSES[tokens[-1].pause]
    pcm = np.concatenate(said) if said else np.zeros(round(SILENCE * RATE), np.int16)
    return Speech(pcm, RATE, tuple(words))


def fold(tokens: Sequence[Token], spans: Sequence[tuple[float, float]], offset: float) -> list[Word]:
    """Times of spoken words, folded back to the shown ones; none begins before the one before it has ended."""
    first = 0
    folded: list[tuple[str, float, float]] = []
    for token in tokens:
        last = first + len(token.spoken)
        folded.append((token.shown, spans[first][0], spans[last - 1][1]))
        first = last
    starts = [start for _, start, _ in folded]
    ends = [min(end, after) for (_, _, end), after in zip(folded, [*starts[1:], float("inf")], strict=True)]
    return [
        Word(text=shown, start=round(offset + start, 3), end=round(offset + max(start, end), 3))
        for (shown, start, _), end in zip(folded, ends, strict=True)
    ]


def _voice_of(passage: Passage, main: Voice, voices: Sequence[Voice]) -> Voice:
    if speaks(main, passage.language):
        return main
    try:
        return choose(passage.language, None, voices)
    except UnknownVoiceError:
        return main  # a foreign word in a voice that mispronounces it is better than none


def _append(said: list[NDArray[np.int16]], samples: NDArray[np.int16]) -> int:
    said.append(samples)
    return len(samples)
