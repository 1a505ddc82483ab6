"""Notes to waves: a tone is made once for all notes that share key and velocity layer, then cut to length."""

from collections.abc import Iterator
from functools import cache
from itertools import groupby

import numpy as np

from philo_tts.music.score import Instrument, Note
from philo_tts.music.sound.filters import Wave
from philo_tts.music.sound.loudness import step_powers
from philo_tts.music.sound.rate import RATE
from philo_tts.music.sound.soundfont import SoundFont
from philo_tts.music.sound.tone import release, tone

LAYER = 16
"""Velocities that share a tone; within them only the level differs."""
LEVELLED_VELOCITY = 5 * LAYER - LAYER // 2
LEVELLED = 0.05
"""K-weighted amplitude to which every instrument is brought."""
DB_A_VELOCITY = 0.09
HARDEST = 107
"""The loudest layers of the bank were cut away above this velocity."""
LONGEST_NOTE, STRUCK_RING, LONGEST_RELEASE = 10.0, 5.5, 2.4
LONGEST = LONGEST_NOTE + LONGEST_RELEASE
"""Seconds after its start at which any note has died away."""
FADE = 512
"""Frames over which the last of a note fades, against clicks."""


@cache
def levelling(bank: SoundFont, instrument: Instrument) -> float:
    """Gain that makes one middle note of the instrument as loud as any other's."""
    middle = tone(bank, instrument, instrument.ref, touched(instrument, LEVELLED_VELOCITY), 2 * RATE)
    loudest = np.convolve(step_powers(middle), np.ones(4) / 4, "valid").max()
    return float(LEVELLED / max(np.sqrt(loudest), 1e-4))


def _layer(note: Note) -> tuple[int, int]:
    return note.key, int(note.velocity) // LAYER


def touched(instrument: Instrument, velocity: int) -> int:
    """The velocity that picks the timbre."""
    return min(HARDEST, velocity + instrument.touch)


def _sounding(note: Note, dying: float, end: float) -> int:
    """Frames that a note is heard for, at most to the end of the piece."""
    ringing = STRUCK_RING
    if not note.instrument.struck:
        ringing = min(note.length, LONGEST_NOTE) + min(0.8 * dying, LONGEST_RELEASE)
    return max(FADE, int(min(ringing, end - note.at) * RATE))


def _cut(held: Wave, note: Note, dying: float, gain: float) -> Wave:
    """A copy of the held tone as loud as the note wants it, let go when the note ends."""
    wave = held * np.float32(gain)
    let_go = int(min(note.length, LONGEST_NOTE) * RATE)
    if not note.instrument.struck and let_go < wave.shape[1]:
        fall = np.arange(wave.shape[1] - let_go, dtype=np.float32) * np.float32(-5 * np.log(10) / (dying * RATE))
        wave[:, let_go:] *= np.exp(fall)
    wave[:, -FADE:] *= np.linspace(1, 0, FADE, dtype=np.float32)
    return wave


def played(bank: SoundFont, instrument: Instrument, notes: list[Note], end: float) -> Iterator[tuple[Note, Wave]]:
    """Every note of an instrument with its wave (1 or 2 channels, frames), before panning; not in order of time.

    end: seconds at which the piece is over.
    """
    level = levelling(bank, instrument) * 10 ** (instrument.level / 20)
    for (key, layer), batch in groupby(sorted(notes, key=_layer), key=_layer):
        velocity = layer * LAYER + LAYER // 2
        dying = release(bank, instrument, key, touched(instrument, velocity))
        alike = [(note, _sounding(note, dying, end)) for note in batch]
        held = tone(bank, instrument, key, touched(instrument, velocity), max(frames for _, frames in alike))
        for note, frames in alike:
            gain = level * 10 ** ((note.velocity - velocity) * DB_A_VELOCITY / 20)
            yield note, _cut(held[:, :frames], note, dying, gain)
