"""Mixing: instruments into a dry and a reverberated sum, in stretches of a minute."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from philo_tts.music.score import Instrument, Note, Score
from philo_tts.music.sound.convolver import BLOCK, Convolver
from philo_tts.music.sound.filters import Wave
from philo_tts.music.sound.player import LONGEST, played
from philo_tts.music.sound.rate import RATE
from philo_tts.music.sound.reverb import room_impulse
from philo_tts.music.sound.soundfont import SoundFont

STRETCH = 88 * BLOCK
"""Frames mixed at once: a minute, in whole blocks of the convolution."""
TAIL = int(LONGEST * RATE)
WET = 0.9
DRY_GIVES_WAY = 0.35
BALANCE = 1.2


def _add_stem(stem: Wave, notes: Iterable[tuple[Note, Wave]], start: int) -> None:
    """Adds played notes to the stem of their instrument, which begins at frame `start` of the piece."""
    for note, wave in notes:
        at = int(note.at * RATE) - start
        room = stem[:, at : at + wave.shape[1]]
        room += wave[:, : room.shape[1]]


def _balance(instrument: Instrument) -> NDArray[np.float32]:
    """Gains of left and right, shape (2, 1); a stereo instrument keeps its image."""
    angle = (instrument.pan + 1) * np.pi / 4
    return np.array([[np.cos(angle)], [np.sin(angle)]], np.float32) * np.float32(BALANCE)


def _by_instrument(notes: list[Note]) -> dict[Instrument, list[Note]]:
    groups: dict[Instrument, list[Note]] = defaultdict(list)
    for note in notes:
        groups[note.instrument].append(note)
    return groups


def _moved_on(bus: Wave, frames: int) -> Wave:
    """The bus one stretch later: what still rings comes to the front, silence behind it."""
    fresh = np.zeros((2, frames), np.float32)
    ringing = bus[:, STRETCH:]
    fresh[:, : ringing.shape[1]] = ringing
    return fresh


class Mixer:
    """Mixes a score from its beginning to its end."""

    def __init__(self, score: Score, bank: SoundFont) -> None:
        self._score, self._bank = score, bank
        self._frames = round(score.seconds * RATE)
        self._reverb = Convolver(room_impulse(score.room))
        self._dry, self._send = np.zeros((2, 2, 0), np.float32)

    def stretches(self) -> Iterator[Wave]:
        """The mix (2, frames) in successive stretches, together as long as the score."""
        for start in range(0, self._frames, STRETCH):
            room = min(self._frames - start, STRETCH + TAIL)
            self._dry, self._send = _moved_on(self._dry, room), _moved_on(self._send, room)
            self._add_notes(start)
            yield self._dry[:, :STRETCH] + np.float32(WET) * self._reverb(self._send[:, :STRETCH])

    def _add_notes(self, start: int) -> None:
        """Adds the notes that begin in the stretch from frame `start` on."""
        notes = [note for note in self._score.notes if start <= int(note.at * RATE) < start + STRETCH]
        for instrument, own in _by_instrument(notes).items():
            stem = np.zeros_like(self._dry)
            _add_stem(stem, played(self._bank, instrument, own, self._score.seconds), start)
            stem *= _balance(instrument)
            self._dry += stem * np.float32(1 - DRY_GIVES_WAY * instrument.send)
            self._send += stem * np.float32(instrument.send)
            self._bank.samples.forget()
