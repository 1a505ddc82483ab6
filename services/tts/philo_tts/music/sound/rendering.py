"""From a score to sound."""

import io

import numpy as np
import soundfile
from numpy.typing import NDArray

from philo_tts.music.score import Score
from philo_tts.music.sound.loudness import integrated, step_powers
from philo_tts.music.sound.mastering import SPAN, mastered
from philo_tts.music.sound.mixer import Mixer
from philo_tts.music.sound.rate import RATE
from philo_tts.music.sound.soundfont import bank


def render(score: Score) -> NDArray[np.float32]:
    """Plays a score: shape (2, round(seconds * RATE)), at -20 LUFS with peaks under -3 dB.

    Memory grows with the piece: about 0.4 MB a second beyond what a minute needs.
    """
    out = np.empty((2, round(score.seconds * RATE)), np.float32)
    powers, at = [], 0
    for stretch in Mixer(score, bank()).stretches():
        out[:, at : at + stretch.shape[1]] = stretch
        powers.append(step_powers(stretch))
        at += stretch.shape[1]
    return mastered(out, integrated(np.concatenate(powers)))


def as_flac(pcm: NDArray[np.float32]) -> bytes:
    """A stereo wave (2, frames) at RATE as a 16-bit FLAC file."""
    file = io.BytesIO()
    with soundfile.SoundFile(file, "w", RATE, 2, "PCM_16", format="FLAC") as flac:
        for at in range(0, pcm.shape[1], SPAN):
            flac.write(pcm[:, at : at + SPAN].T)
    return file.getvalue()
