"""SoundFont generators by number, and their values where a bank is silent (SoundFont 2.04, section 8.1)."""

START_FINE, END_FINE = 0, 1
LOOP_START, LOOP_END = 2, 3
VIBRATO_DEPTH = 6
CUTOFF, RESONANCE = 8, 9
CUTOFF_ENVELOPE = 11
TREMOLO_DEPTH = 13
PAN = 17
TREMOLO_DELAY, TREMOLO_RATE = 21, 22
VIBRATO_DELAY, VIBRATO_RATE = 23, 24
DELAY, ATTACK, HOLD, DECAY, SUSTAIN, RELEASE = 33, 34, 35, 36, 37, 38
KEY_TO_HOLD, KEY_TO_DECAY = 39, 40
INSTRUMENT = 41
KEYS, VELOCITIES = 43, 44
LOOP_START_COARSE = 45
ATTENUATION = 48
LOOP_END_COARSE = 50
TUNE, FINE_TUNE = 51, 52
SAMPLE = 53
LOOPS = 54
SCALE = 56
ROOT = 58

DEFAULTS: dict[int, int] = {
    CUTOFF: 13500,
    TREMOLO_DELAY: -12000,
    VIBRATO_DELAY: -12000,
    DELAY: -12000,
    ATTACK: -12000,
    HOLD: -12000,
    DECAY: -12000,
    RELEASE: -12000,
    SCALE: 100,
    ROOT: -1,
}
NOT_ADDED = frozenset({INSTRUMENT, KEYS, VELOCITIES, 46, 47, SAMPLE, LOOPS, 57, ROOT})
"""Generators that a preset may not add to an instrument's."""


def seconds(timecents: float) -> float:
    """Time of a timecent value."""
    return float(2.0 ** (timecents / 1200))


def hertz(cents: float) -> float:
    """Frequency of an absolute cent value; 8.176 Hz is MIDI key 0."""
    return float(8.176 * 2.0 ** (cents / 1200))


def span(generators: dict[int, int], which: int) -> range:
    """Keys or velocities of a zone; everything where the bank is silent."""
    both = generators.get(which, 0x7F00) & 0xFFFF
    return range(both & 0xFF, (both >> 8) + 1)
