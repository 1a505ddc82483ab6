"""The tables of a SoundFont: presets, instruments and their zones."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from philo_tts.music.sound import generators as gen
from philo_tts.music.sound.modulators import Modulators

FORMATS = {
    "phdr": "<20sHHHIII",
    "pbag": "<HH",
    "pgen": "<Hh",
    "pmod": "<HHhHH",
    "inst": "<20sH",
    "ibag": "<HH",
    "igen": "<Hh",
    "imod": "<HHhHH",
    "shdr": "<20sIIIIIBbHH",
}
Row = tuple[Any, ...]
"""A record of the file; its fields are as FORMATS says."""


@dataclass(frozen=True, slots=True)
class RawZone:
    """Generators and modulators as they stand in the file, shared ones filled in."""

    generators: dict[int, int]
    modulators: Modulators

    def sounds(self, key: int, velocity: int) -> bool:
        """Whether the zone is meant for this key and velocity."""
        return key in gen.span(self.generators, gen.KEYS) and velocity in gen.span(self.generators, gen.VELOCITIES)


@dataclass(frozen=True)
class Level:
    """One of the two levels of a SoundFont: presets over instruments, or instruments over samples."""

    first_bags: list[int]
    bags: list[Row]
    generators: list[Row]
    modulators: list[Row]
    names: int
    """Generator that names what a zone plays: an instrument or a sample."""
    _zones: dict[int, list[RawZone]] = field(default_factory=dict)

    def zones(self, index: int) -> list[RawZone]:
        """Zones of one preset or instrument."""
        if index not in self._zones:
            self._zones[index] = list(self._read(index))
        return self._zones[index]

    def _read(self, index: int) -> Iterator[RawZone]:
        shared = RawZone({}, {})
        first = self.first_bags[index]
        for bag in range(first, self.first_bags[index + 1]):
            zone = self._zone(bag, shared)
            if self.names in zone.generators:
                yield zone
            elif bag == first:
                shared = zone

    def _zone(self, bag: int, shared: RawZone) -> RawZone:
        (gens, mods), (gens_end, mods_end) = self.bags[bag], self.bags[bag + 1]
        own: dict[int, int] = dict(self.generators[gens:gens_end])
        bends = {(row[0], row[1]): row[2] for row in self.modulators[mods:mods_end] if row[3] == 0}
        return RawZone({**shared.generators, **own}, {**shared.modulators, **bends})


def rows(name: str, body: memoryview) -> list[Row]:
    """The records of one table."""
    return list(struct.iter_unpack(FORMATS[name], body))


def preset_level(tables: dict[str, list[Row]]) -> Level:
    """Presets over instruments."""
    first = [row[3] for row in tables["phdr"]]
    return Level(first, tables["pbag"], tables["pgen"], tables["pmod"], gen.INSTRUMENT)


def instrument_level(tables: dict[str, list[Row]]) -> Level:
    """Instruments over samples."""
    first = [row[1] for row in tables["inst"]]
    return Level(first, tables["ibag"], tables["igen"], tables["imod"], gen.SAMPLE)
