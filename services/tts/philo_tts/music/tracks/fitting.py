"""A track of any length, fitted to a film's."""

import io
import math
from dataclasses import dataclass

import numpy as np
import soundfile

from philo_tts.music.errors import UnusableTrack
from philo_tts.music.sound.filters import Wave
from philo_tts.music.sound.loudness import integrated, step_powers
from philo_tts.music.sound.mastering import CEILING_DB, TARGET_LUFS, limit
from philo_tts.music.sound.rate import RATE
from philo_tts.music.tracks.decoding import decoded
from philo_tts.music.tracks.passages import REST, Passage, laid_out, passages
from philo_tts.music.tracks.seams import Seam, found_seam
from philo_tts.music.tracks.trimming import trimmed

SHORTEST, LONGEST = 1.0, 3600.0
SPARE = 10.0
"""Seconds decoded beyond the film's length, for a track that begins with silence."""
MOST_GAIN = 10 ** (30 / 20)
SPAN = 60 * RATE
"""Frames measured at once."""


@dataclass(frozen=True, slots=True)
class FittedTrack:
    """A stereo FLAC at RATE of exactly the length asked for; `seam` is None where the track was long enough."""

    flac: bytes
    seam: Seam | None
    turns: int
    """How often the track was turned back."""


def fit_track(track: bytes, seconds: float) -> FittedTrack:
    """Any audio file, as long as a film of `seconds` (1 to 3600), at -20 LUFS with peaks under -3 dB.

    A longer track is cut, a shorter one is turned back at a bar, or by a crossfade where it has no beat; it fades out at
    the end. The same file and length give the same bytes. Raises UnusableTrack in words for what cannot be heard.
    """
    if not math.isfinite(seconds) or not SHORTEST <= seconds <= LONGEST:
        raise UnusableTrack(f"A track is fitted to {SHORTEST:g} to {LONGEST:g} seconds, not {seconds}.")
    frames = round(seconds * RATE)
    wave = _levelled(trimmed(decoded(track, seconds + SPARE))[:, :frames])
    seam = found_seam(wave) if wave.shape[1] + REST < frames else None
    plan = [Passage(0, 0, wave.shape[1], 0, 0)] if seam is None else passages(wave.shape[1], frames, seam)
    return FittedTrack(_flac(wave, plan, frames), seam, len(plan) - 1)


def _levelled(wave: Wave) -> Wave:
    """The wave at the loudness of all music, in place."""
    parts = (wave[:, at : at + SPAN] for at in range(0, wave.shape[1], SPAN))
    loudness = integrated(np.concatenate([step_powers(part) for part in parts]))
    gain = 10 ** ((TARGET_LUFS - loudness) / 20)
    wave *= np.float32(min(MOST_GAIN, gain))
    limit(wave, 10 ** (CEILING_DB / 20))
    return wave


def _flac(wave: Wave, plan: list[Passage], frames: int) -> bytes:
    file = io.BytesIO()
    with soundfile.SoundFile(file, "w", RATE, 2, "PCM_16", format="FLAC") as flac:
        for block in laid_out(wave, plan, frames):
            flac.write(np.clip(block, -1, 1).T)
    return file.getvalue()
