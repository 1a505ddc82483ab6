#!/usr/bin/env python
"""Cuts MuseScore General Lite (.sf3) down to the samples that the composer's casts can sound.

    python cut_bank.py MuseScore_General_Lite.sf3 ../philo_tts/music/data/philo.sf3

The tables stay as they are; recordings that nobody plays become empty. The copyright notice of the bank
lies beside the cut file and must travel with it.
"""

import struct
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from philo_tts.music.rules.tables import CASTS, RHYTHMS
from philo_tts.music.score import Instrument, Role
from philo_tts.music.sound.player import LAYER, touched
from philo_tts.music.sound.soundfont import SoundFont
from philo_tts.music.sound.tables import FORMATS, Row

STRUCK = sorted({key for rhythm in RHYTHMS.values() if not rhythm.instrument for _, key, _ in rhythm.strokes})
KEYS: dict[Role, Sequence[int]] = {
    "pad": range(50, 67),
    "air": range(72, 87),
    "keys": range(49, 90),
    "bass": range(33, 59),
    "lead": range(67, 85),
    "pulse": range(50, 67),
    "horn": range(50, 67),
    "choir": range(50, 67),
    "tremolo": range(50, 64),
    "drums": STRUCK,
}
"""What each role can be asked to play; see the rooms of philo_tts.music.composing."""
LAYERS = range(1, 7)
"""Velocity layers of the player, 18 to 107: the loudest recordings of the piano are never reached."""
HEADERS = ("phdr", "pbag", "pmod", "pgen", "inst", "ibag", "imod", "igen", "shdr")
ABOUT = ("ifil", "isng", "INAM", "ICOP")


def voices() -> Iterator[tuple[Instrument, Sequence[int]]]:
    """Every instrument of the rules with the keys that it may play."""
    for cast in CASTS.values():
        for role, instruments in cast.items():
            yield from ((instrument, KEYS[role]) for instrument in instruments)
    for rhythm in RHYTHMS.values():
        if rhythm.instrument:
            yield rhythm.instrument, range(36, 48)


def sounding(bank: SoundFont) -> set[int]:
    """Numbers of the samples that can be heard."""
    return {
        zone.sample
        for instrument, keys in voices()
        for key in [*keys, instrument.ref]
        for layer in LAYERS
        for zone in bank.zones(instrument.preset, key, touched(instrument, layer * LAYER + LAYER // 2))
    }


def kept(bank: SoundFont, used: set[int]) -> tuple[bytes, bytes]:
    """The pool of recordings and the table that points into it."""
    pool, headers = bytearray(), bytearray()
    for index, row in enumerate(bank.tables["shdr"]):
        headers += struct.pack(FORMATS["shdr"], *_moved(row, len(pool), index in used))
        if index in used:
            pool += bank.chunks["smpl"][row[1] : row[2]]
    return bytes(pool), bytes(headers)


def _moved(row: Row, at: int, stays: bool) -> Row:
    name, start, end, *rest = row
    return (name, at, at + end - start, *rest) if stays else (name, 0, 0, 0, 0, *rest[2:])


def chunk(name: bytes, body: bytes) -> bytes:
    """A RIFF chunk, padded to even length."""
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def cut(bank: SoundFont) -> bytes:
    """The whole file."""
    pool, headers = kept(bank, sounding(bank))
    bodies = {name: bytes(body) for name, body in bank.chunks.items()} | {"shdr": headers}
    about = b"".join(chunk(name.encode(), bodies[name]) for name in ABOUT if name in bodies)
    tables = b"".join(chunk(name.encode(), bodies[name]) for name in HEADERS)
    parts = chunk(b"LIST", b"INFO" + about) + chunk(b"LIST", b"sdta" + chunk(b"smpl", pool))
    return chunk(b"RIFF", b"sfbk" + parts + chunk(b"LIST", b"pdta" + tables))


def main(source: str, target: str) -> None:
    """Cuts one file into another."""
    whole = cut(SoundFont(Path(source).read_bytes()))
    Path(target).write_bytes(whole)
    sys.stdout.write(f"{len(whole) / 1e6:.1f} MB\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
