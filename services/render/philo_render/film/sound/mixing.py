"""The film's sound: voices in the middle, music that steps back for them, one loudness for all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Self

import numpy as np

from philo_render.film.sound.aac import BIT_RATE
from philo_render.film.sound.listening import Source
from philo_render.film.sound.mastering import mastered
from philo_render.film.sound.music import laid
from philo_render.film.sound.pcm import RATE, Sound, along
from philo_render.film.sound.peaks import BLOCK
from philo_render.film.sound.speech import Voice, audible, take_up
from philo_render.film.sound.tape import SAMPLE, Tape

SPAN = 2 * RATE
BYTES_A_SECOND = 3 * SAMPLE.itemsize * RATE + BIT_RATE // 8
"""What a film's sound needs on disk: one channel of speech and two of music while it is mixed, and its place in the film."""


class Soundtrack:
    """A film's sound, mixed anew wherever it is listened to: (2, samples) at 48 kHz, as `mix` promises.

    A context manager: at its end the tape is gone.
    """

    def __init__(self, voices: Sequence[Voice], music: Source | None, samples: int, tape: Tape) -> None:
        self.samples, self.tape = samples, tape
        self.speeches = take_up(voices, tape)
        spoken = audible(self.speeches, samples)
        self.bed = laid(music, spoken, samples, tape) if music is not None and samples else None
        self.gains = mastered(self._mixed, samples)

    def part(self, start: int, end: int) -> Sound:
        """(2, end - start); 0 <= start <= end <= samples."""
        sound = self._mixed(start, end)
        return sound if self.gains is None else sound * along(self.gains, BLOCK, start, end)

    def blocks(self, span: int = SPAN) -> Iterator[Sound]:
        """The whole, `span` samples at a time."""
        for start in range(0, self.samples, span):
            yield self.part(start, min(self.samples, start + span))

    def whole(self) -> Sound:
        """For short sounds: (2, samples)."""
        return self.part(0, self.samples)

    def close(self) -> None:
        self.tape.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _mixed(self, start: int, end: int) -> Sound:
        speech = np.zeros(end - start, np.float32)
        for spoken in self.speeches:
            spoken.lay(speech, start)
        if self.bed is None:
            return np.stack([speech, speech])
        return self.bed.part(start, end) + speech


def mix(voices: Sequence[Voice], music: Source | None, seconds: float, *, scratch: Path | None = None) -> Soundtrack:
    """The sound of a film of `seconds`, at -16 LUFS and below -1.5 dBTP. Silence stays silence.

    Each voice is decoded once, in turn, and kept in a nameless file in `scratch` (default: the system's place for such
    files; `BYTES_A_SECOND`) until the soundtrack is closed. `music` is repeated or cut to fit. BrokenFilmError says
    what cannot be read, OSError that the disk is full.
    """
    tape = Tape(scratch)
    try:
        return Soundtrack(voices, music, round(seconds * RATE), tape)
    except BaseException:
        tape.close()
        raise
