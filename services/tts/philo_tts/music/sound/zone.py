"""A zone: one sample and how it sounds for one key and velocity, in plain units."""

from dataclasses import dataclass

from philo_tts.music.sound import generators as gen
from philo_tts.music.sound.modulators import Modulators, bend

OPEN_FILTER = 16_000.0


@dataclass(frozen=True, slots=True)
class Wobble:
    """A low-frequency oscillator: vibrato in cents or tremolo in centibels."""

    depth: float
    hertz: float
    delay: float


@dataclass(frozen=True, slots=True)
class Envelope:
    """Loudness over time: seconds, and the floor in dB below full."""

    delay: float
    attack: float
    hold: float
    decay: float
    floor: float
    release: float


@dataclass(frozen=True, slots=True)
class Zone:
    """What the player needs to sound one sample."""

    sample: int
    cents: float
    """Tuning against the sample's own pitch, its root key not yet subtracted."""
    root: int
    """Root key that overrides the sample's, or -1."""
    scale: float
    """Cents a key."""
    loop: tuple[int, int] | None
    """Shift of the sample's loop points, or None if it does not loop."""
    gain: float
    pan: float
    """0 left .. 1 right."""
    cutoff: float | None
    """Low pass in hertz, None if open."""
    resonance: float
    """Q of the low pass."""
    envelope: Envelope
    vibrato: Wobble | None
    tremolo: Wobble | None


def _cutoff(g: dict[int, int], mods: Modulators, key: int, velocity: int) -> float | None:
    """The filter with its envelope near the top: notes here are short against its decay."""
    raised = g.get(gen.CUTOFF_ENVELOPE, 0) + bend(gen.CUTOFF_ENVELOPE, mods, key, velocity)
    cut = gen.hertz(g[gen.CUTOFF] + bend(gen.CUTOFF, mods, key, velocity) + 0.95 * raised)
    return max(60.0, cut) if cut < OPEN_FILTER else None


def _envelope(g: dict[int, int], key: int) -> Envelope:
    return Envelope(
        delay=gen.seconds(g[gen.DELAY]),
        attack=max(gen.seconds(g[gen.ATTACK]), 0.001),
        hold=gen.seconds(g[gen.HOLD] + g.get(gen.KEY_TO_HOLD, 0) * (60 - key)),
        decay=max(0.002, gen.seconds(g[gen.DECAY] + g.get(gen.KEY_TO_DECAY, 0) * (60 - key))),
        floor=min(g.get(gen.SUSTAIN, 0) / 10, 96.0),
        release=min(gen.seconds(g[gen.RELEASE]), 6.0),
    )


def _wobble(g: dict[int, int], depth: int, rate: int, delay: int) -> Wobble | None:
    if not g.get(depth):
        return None
    return Wobble(g[depth], gen.hertz(g.get(rate, 0)), gen.seconds(g[delay]))


def _loop(g: dict[int, int]) -> tuple[int, int] | None:
    if not g.get(gen.LOOPS, 0) & 1:
        return None
    start = g.get(gen.LOOP_START, 0) + 32768 * g.get(gen.LOOP_START_COARSE, 0)
    return start, g.get(gen.LOOP_END, 0) + 32768 * g.get(gen.LOOP_END_COARSE, 0)


def resolved(g: dict[int, int], mods: Modulators, key: int, velocity: int) -> Zone:
    """The zone that generators and modulators describe for a key and a velocity."""
    # banks set attenuation by an old synthesiser's scale, where a centibel counts 0.04 dB
    quieter = 0.04 * g.get(gen.ATTENUATION, 0) + bend(gen.ATTENUATION, mods, key, velocity) / 10
    return Zone(
        sample=g[gen.SAMPLE],
        cents=100.0 * g.get(gen.TUNE, 0) + g.get(gen.FINE_TUNE, 0),
        root=g[gen.ROOT],
        scale=float(g[gen.SCALE]),
        loop=_loop(g),
        gain=10 ** (-quieter / 20),
        pan=min(1.0, max(0.0, g.get(gen.PAN, 0) / 1000 + 0.5)),
        cutoff=_cutoff(g, mods, key, velocity),
        resonance=max(0.5, 0.707 * 10 ** (g.get(gen.RESONANCE, 0) / 200)),
        envelope=_envelope(g, key),
        vibrato=_wobble(g, gen.VIBRATO_DEPTH, gen.VIBRATO_RATE, gen.VIBRATO_DELAY),
        tremolo=_wobble(g, gen.TREMOLO_DEPTH, gen.TREMOLO_RATE, gen.TREMOLO_DELAY),
    )
