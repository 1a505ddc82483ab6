"""A SoundFont 3 bank: which zones sound for a key of a preset, and the samples they play."""

from functools import cache
from importlib.resources import files

from philo_tts.music.sound import generators as gen
from philo_tts.music.sound.modulators import DEFAULTS as DEFAULT_MODULATORS
from philo_tts.music.sound.modulators import Modulators
from philo_tts.music.sound.riff import chunks
from philo_tts.music.sound.samples import Samples
from philo_tts.music.sound.tables import FORMATS, RawZone, instrument_level, preset_level, rows
from philo_tts.music.sound.zone import Zone, resolved

SLOWEST_ATTACK = 2.0
"""Layers that rise more slowly than this, in seconds, are not heard in notes as short as ours."""


class SoundFont:
    """Presets of a bank whose samples are Ogg Vorbis files."""

    def __init__(self, data: bytes) -> None:
        self.chunks = dict(chunks(memoryview(data)))
        self.tables = {name: rows(name, self.chunks[name]) for name in FORMATS}
        self.samples = Samples(self.chunks["smpl"], self.tables["shdr"])
        self._presets = {(row[2], row[1]): index for index, row in enumerate(self.tables["phdr"][:-1])}
        self._upper, self._lower = preset_level(self.tables), instrument_level(self.tables)

    def zones(self, preset: tuple[int, int], key: int, velocity: int) -> list[Zone]:
        """Everything that sounds when a key of a preset is struck. Raises KeyError for an unknown preset."""
        found = []
        for upper in self._upper.zones(self._presets[preset]):
            if upper.sounds(key, velocity):
                lowers = self._lower.zones(upper.generators[gen.INSTRUMENT])
                found += [_stacked(upper, lower) for lower in lowers if lower.sounds(key, velocity)]
        return [
            resolved(generators, modulators, key, velocity)
            for generators, modulators in found
            if gen.seconds(generators[gen.ATTACK]) < SLOWEST_ATTACK
        ]


def _stacked(upper: RawZone, lower: RawZone) -> tuple[dict[int, int], Modulators]:
    """Generators and modulators of both levels together: a preset adds to its instrument."""
    generators = {**gen.DEFAULTS, **lower.generators}
    for number, value in upper.generators.items():
        if number not in gen.NOT_ADDED:
            generators[number] = generators.get(number, 0) + value
    modulators = {**DEFAULT_MODULATORS, **lower.modulators}
    for target, amount in upper.modulators.items():
        modulators[target] = modulators.get(target, 0) + amount
    return generators, modulators


@cache
def bank() -> SoundFont:
    """The bank that comes with the package, read once."""
    return SoundFont(files("philo_tts.music").joinpath("data", "philo.sf3").read_bytes())
