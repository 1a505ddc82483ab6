"""From a score to sound."""

import io
from collections.abc import Iterator

import numpy as np
import soundfile
from numpy.typing import NDArray

from philo_tts.music.score import Score
from philo_tts.music.sound.balance import Listening, fitting
from philo_tts.music.sound.filters import Wave
from philo_tts.music.sound.loudness import integrated, step_powers
from philo_tts.music.sound.mastering import SPAN, mastered
from philo_tts.music.sound.mixer import STRETCH, Mixer
from philo_tts.music.sound.pocket import Pocket
from philo_tts.music.sound.rate import RATE
from philo_tts.music.sound.riding import ridden, ride
from philo_tts.music.sound.soundfont import bank


def render(score: Score) -> Wave:
    """Plays a score: shape (2, round(seconds * RATE)), at -20 LUFS with peaks under -3 dB.

    Memory grows with the piece: about 0.4 MB a second beyond what a minute needs.
    """
    out = np.empty((2, round(score.seconds * RATE)), np.float32)
    listening = Listening()
    for part, mixed in zip(_parts(out), Mixer(score, bank()).stretches(), strict=True):
        part[:] = mixed
        listening.add(mixed)
    pocket, powers = Pocket(fitting(listening.power)), []
    for part in _parts(out):
        part[:] = pocket(part)
        powers.append(step_powers(part))
    loud = np.concatenate(powers)
    moves = ride(loud)
    ridden(out, moves)
    return mastered(out, integrated(loud * 10 ** (moves / 10)))


def _parts(out: Wave) -> Iterator[Wave]:
    """A wave in the stretches in which it is mixed."""
    return (out[:, at : at + STRETCH] for at in range(0, out.shape[1], STRETCH))


def as_flac(pcm: NDArray[np.float32]) -> bytes:
    """A stereo wave (2, frames) at RATE as a 16-bit FLAC file."""
    file = io.BytesIO()
    with soundfile.SoundFile(file, "w", RATE, 2, "PCM_16", format="FLAC") as flac:
        for at in range(0, pcm.shape[1], SPAN):
            flac.write(pcm[:, at : at + SPAN].T)
    return file.getvalue()
