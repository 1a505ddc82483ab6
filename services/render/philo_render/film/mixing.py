"""The film's sound: voices in the middle, music that steps back for them, one loudness for all."""

from __future__ import annotations

import math
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from philo_render.film.limiter import limited
from philo_render.film.loudness import RATE, Sound, decibels, loudness, peaks

LOUDNESS = -16.0
"""LUFS, integrated."""
CEILING = -1.9
"""dBTP; AAC adds a little, and the film must stay below -1.5."""
VOICE = -18.0
"""LUFS of every voice before mastering: one scene is as loud as the next."""
MUSIC = -24.0
"""LUFS of the music where it is alone, before mastering."""
DUCK = -11.0
"""dB by which the music steps back under a voice."""
HOP = RATE // 100
LOOK_AHEAD, HOLD, GLIDE = 0.30, 0.55, 0.45
"""Seconds: the music goes before the voice comes, stays down through its pauses, and glides between."""
FADE_IN, FADE_OUT = 1.0, 2.6
EDGE = 0.004


def mix(voices: Sequence[tuple[float, NDArray[np.float32]]], music: Sound | None, seconds: float) -> Sound:
    """(2, samples) at 48 kHz, `seconds` long, at -16 LUFS and below -1.5 dBTP.

    `voices` are (second at which it begins, samples (n,) or (channels, n) at 48 kHz); `music` is repeated or cut to
    fit. Silence stays silence.
    """
    samples = round(seconds * RATE)
    speech = np.zeros(samples, np.float32)
    for start, voice in voices:
        _lay(speech, _levelled(voice), round(start * RATE))
    sound = np.stack([speech, speech])
    if music is not None and music.shape[-1]:
        sound += _bed(music, samples) * _ducking(speech)
    return mastered(sound)


def mastered(sound: Sound) -> Sound:
    """Loudness first, then the limiter; again, until what the limiter took away is made good."""
    start = LOUDNESS - loudness(sound)
    if not math.isfinite(start):
        return sound
    best, gain, high = sound, decibels(start), peaks(sound)
    for _ in range(8):
        best = limited(sound, decibels(CEILING), gain, high)
        short = LOUDNESS - loudness(best)
        if abs(short) < 0.1:
            break
        gain *= decibels(short)
    return best


def _levelled(voice: NDArray[np.float32]) -> NDArray[np.float32]:
    """One channel at the voices' loudness, with soft edges."""
    mono = np.asarray(voice if voice.ndim == 1 else voice.mean(axis=0), np.float32)
    loud = loudness(np.stack([mono, mono]))
    if math.isfinite(loud):
        mono = mono * np.float32(decibels(VOICE - loud))
    return np.asarray(mono * _edges(mono.size, EDGE, EDGE), np.float32)


def _lay(track: NDArray[np.float32], voice: NDArray[np.float32], start: int) -> None:
    end = min(track.size, start + voice.size)
    if start < end:
        track[start:end] += voice[: end - start]


def _bed(music: Sound, samples: int) -> Sound:
    stereo = np.stack([music, music]) if music.ndim == 1 else music
    stereo = np.tile(stereo, (2 // stereo.shape[0], -(-samples // stereo.shape[1])))[:, :samples]
    loud = loudness(stereo)
    gain = decibels(MUSIC - loud) if math.isfinite(loud) else 1.0
    return np.asarray(stereo * gain * _edges(samples, FADE_IN, FADE_OUT), np.float32)


def _edges(samples: int, coming: float, going: float) -> NDArray[np.float32]:
    """A raised-cosine fade at both ends, seconds."""
    at = np.arange(samples, dtype=np.float32) / RATE
    left = samples / RATE - at
    share = np.clip(np.minimum(at / coming, left / going), 0, 1)
    return np.asarray(0.5 - 0.5 * np.cos(np.pi * share), np.float32)


def _ducking(speech: NDArray[np.float32]) -> NDArray[np.float32]:
    """The music's gain: follows where speech is, ten milliseconds a step, smoothed twice."""
    steps = -(-speech.size // HOP)
    padded = np.pad(speech, (0, steps * HOP - speech.size)).reshape(steps, HOP)
    spoken = (np.sqrt((padded**2).mean(axis=1)) > decibels(-45.0)).astype(np.float32)
    reach, hold = round(LOOK_AHEAD * 100), round(HOLD * 100)
    kernel = np.zeros((1, 2 * max(reach, hold) + 1), np.uint8)
    middle = max(reach, hold)
    kernel[0, middle - hold : middle + reach + 1] = 1
    held = cv2.dilate(spoken[None], kernel)
    glide = (round(GLIDE * 100 / 2) * 2 + 1, 1)
    soft = cv2.blur(cv2.blur(held, glide), glide)[0]
    decibel = DUCK * np.interp(np.arange(speech.size), np.arange(steps) * HOP + HOP / 2, soft)
    return np.asarray(10 ** (decibel / 20), np.float32)
