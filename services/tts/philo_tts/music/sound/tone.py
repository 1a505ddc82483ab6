"""One held tone of an instrument, before anybody decided when it ends."""

import numpy as np

from philo_tts.music.score import Instrument
from philo_tts.music.sound.envelope import envelope, oscillation
from philo_tts.music.sound.filters import Pass, Wave, filtered
from philo_tts.music.sound.oscillator import pitched
from philo_tts.music.sound.soundfont import SoundFont
from philo_tts.music.sound.zone import OPEN_FILTER, Zone

OWN_Q = 0.6
EDGE = 96
"""Frames over which every tone fades in, against clicks."""
SHORTEST_RELEASE = 0.12


def _layer(bank: SoundFont, zone: Zone, key: int, frames: int, softened: float) -> Wave:
    """One zone, mono, with its envelope."""
    wave = pitched(bank.samples, zone, key, frames)
    wave *= envelope(zone.envelope, len(wave), softened)
    if zone.tremolo:
        wave *= (10 ** (oscillation(zone.tremolo, len(wave)) / 200)).astype(np.float32)
    return wave * np.float32(zone.gain)


def _by_filter(zones: list[Zone]) -> dict[Pass | None, list[Zone]]:
    """Zones that share a filter are mixed before it."""
    groups: dict[Pass | None, list[Zone]] = {}
    for zone in zones:
        cut = (round(zone.cutoff), round(zone.resonance, 2)) if zone.cutoff else None
        groups.setdefault(cut, []).append(zone)
    return groups


def _mixed(bank: SoundFont, zones: list[Zone], key: int, frames: int, softened: float, *, stereo: bool) -> Wave:
    out = np.zeros((2 if stereo else 1, frames), np.float32)
    for zone in zones:
        wave = _layer(bank, zone, key, frames, softened)
        angle = zone.pan * np.pi / 2
        gains = (np.cos(angle), np.sin(angle)) if stereo else (np.sqrt(0.5),)
        for channel, gain in zip(out, gains, strict=True):
            channel[: len(wave)] += wave * np.float32(gain)
    return out


def release(bank: SoundFont, instrument: Instrument, key: int, velocity: int) -> float:
    """Seconds that a tone takes to die away by 100 dB after its key is let go."""
    zones = bank.zones(instrument.preset, key, velocity)
    return max([SHORTEST_RELEASE, *(zone.envelope.release for zone in zones)])


def tone(bank: SoundFont, instrument: Instrument, key: int, velocity: int, frames: int) -> Wave:
    """A tone (1 or 2 channels, frames), held; silent where the bank has nothing for the key."""
    zones = bank.zones(instrument.preset, key, velocity)
    stereo = any(zone.pan != 0.5 for zone in zones)
    parts = [
        (_mixed(bank, group, key, frames, instrument.slow, stereo=stereo), own)
        for own, group in _by_filter(zones).items()
    ]
    if not parts:
        return np.zeros((1, frames), np.float32)
    common = [(instrument.top, OWN_Q)] if instrument.top < OPEN_FILTER else []
    out = filtered(parts, common, instrument.low)
    out[:, :EDGE] *= np.linspace(0, 1, EDGE, dtype=np.float32)[: out.shape[1]]
    return out
