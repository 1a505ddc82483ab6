"""Harmony over the form: a chord, a key and a band for every bar."""

from dataclasses import dataclass, replace
from itertools import pairwise
from math import pi, sin

from philo_tts.music.composing.band import Band, recast
from philo_tts.music.composing.bars import Bar
from philo_tts.music.composing.brief import Brief
from philo_tts.music.composing.chords import pitches, with_seventh
from philo_tts.music.composing.clock import Clock
from philo_tts.music.composing.form import Stretch, stretches

WANDER_EVERY = 5
"""Sections after which a long piece changes key and instruments."""
NEAR_KEYS = (0, 5, -2, 3, -4)
"""Where it may go, in semitones from home."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """A bar before it is placed in time."""

    chord: str
    tonic: int
    stretch: Stretch
    number: int
    place: int
    figure: str
    band: Band


def _wandering(brief: Brief, form: list[Stretch], band: Band) -> list[tuple[int, Band]]:
    """Shift of key and band of every section; the last is at home again."""
    dice, shift, found = brief.dice("keys"), 0, []
    for number, stretch in enumerate(form):
        if number and number % WANDER_EVERY == 0 and stretch.bars >= 8:
            shift = int(dice.choice([key for key in NEAR_KEYS if key != shift]))
            band = recast(band, brief, dice)
        found.append((0 if number == len(form) - 1 else shift, band))
    return found


def _planned(brief: Brief, form: list[Stretch], home: int, band: Band) -> list[_Plan]:
    dice, figures, loops = brief.dice("harmony"), brief.figures, brief.mood.loops
    loops = [loops[i] for i in dice.permutation(len(loops))]
    plans: list[_Plan] = []
    for number, (stretch, (shift, players)) in enumerate(zip(form, _wandering(brief, form, band), strict=True)):
        loop = loops[(number // 2 + (stretch.name == "lift")) % len(loops)].split()
        figure = figures[int(dice.integers(len(figures)))]
        plans += [
            _Plan(loop[place % len(loop)], (home + shift) % 12, stretch, number, place, figure, players)
            for place in range(stretch.bars)
        ]
    return plans


def _prepared(plans: list[_Plan]) -> list[_Plan]:
    """A change of key is led into by the dominant of the new key."""
    turned = [
        replace(here, chord="V", tonic=after.tonic) if here.tonic != after.tonic else here
        for here, after in pairwise(plans)
    ]
    return turned + plans[-1:]


def _ending(chords: list[str], home: int, number: int, figure: str, band: Band) -> list[_Plan]:
    return [
        _Plan(chord, home, Stretch("end", len(chords), 0.5 if place == 0 else 0.42), number, place, figure, band)
        for place, chord in enumerate(chords)
    ]


def _velocity(own: float, plan: _Plan) -> float:
    """The mood's own, the section's energy, and an arch over its bars."""
    arch = 5 * sin(pi * (plan.place + 0.5) / plan.stretch.bars)
    return own + 26 * (plan.stretch.energy - 0.5) + arch


def _bar(plan: _Plan, number: int, beats: int, brief: Brief) -> Bar:
    chord = with_seventh(plan.chord) if brief.genre.seventh else plan.chord
    return Bar(
        at=float(number * brief.mood.beats),
        beats=beats,
        chord=chord,
        pitches=tuple((pitch + plan.tonic) % 12 for pitch in pitches(chord)),
        tonic=plan.tonic,
        section=plan.stretch.name,
        section_number=plan.number,
        energy=plan.stretch.energy,
        place=plan.place,
        of=plan.stretch.bars,
        figure=plan.figure,
        band=plan.band,
        velocity=_velocity(brief.mood.velocity, plan),
    )


def harmonised(brief: Brief, clock: Clock, home: int, band: Band) -> list[Bar]:
    """All bars up to the last chord; the cadence takes up to two of them."""
    room = max(0, min(2, clock.bars - 2))
    cadence = brief.mood.cadence.split()[:-1][-room:] if room else []
    form = stretches(clock.bars - len(cadence), brief.dice("form"))
    plans = _prepared(_planned(brief, form, home, band))
    plans += _ending(cadence, home, len(form), brief.figures[0], plans[-1].band)
    beats = [clock.beats_a_bar] * (clock.bars - 1) + [clock.beats_a_bar + clock.spare]
    return [_bar(plan, number, beats[number], brief) for number, plan in enumerate(plans)]
