"""From a wish to a score: form, harmony, then every role in turn."""

from dataclasses import replace

from philo_contracts.shapes import Mood
from philo_tts.music.composing.band import drawn
from philo_tts.music.composing.bars import Bar
from philo_tts.music.composing.bass import write_bass
from philo_tts.music.composing.brief import Brief, briefed
from philo_tts.music.composing.chords import pitches
from philo_tts.music.composing.clock import Clock, fitted
from philo_tts.music.composing.colours import write_colours
from philo_tts.music.composing.ending import write_ending
from philo_tts.music.composing.figures import write_figures
from philo_tts.music.composing.harmony import harmonised
from philo_tts.music.composing.lead import write_lead
from philo_tts.music.composing.pad import laid_out, write_air, write_pad
from philo_tts.music.composing.pen import Pen
from philo_tts.music.composing.percussion import write_percussion
from philo_tts.music.rules.shapes import MoodRules
from philo_tts.music.score import Chord, Note, Score, Section
from philo_tts.music.wish import checked

PARTS = ("held", "bass", "keys", "colours", "drums", "lead", "ending")


def _last(bars: list[Bar], clock: Clock, home: int, mood: MoodRules) -> Bar:
    """The bar of the last chord."""
    name = mood.cadence.split()[-1]
    tones = tuple((pitch + home) % 12 for pitch in pitches(name))
    return replace(
        bars[-1],
        at=float(clock.beats),
        chord=name,
        pitches=tones,
        tonic=home,
        section="final",
        place=0,
        of=1,
        energy=0.5,
        velocity=mood.velocity + mood.final,
    )


def _played(brief: Brief, clock: Clock, bars: list[Bar], last: Bar) -> tuple[Note, ...]:
    """The notes of all roles, in order of time."""
    pens = {part: Pen(clock, brief.dice(f"hand {part}")) for part in PARTS}
    chords = laid_out(bars)
    write_pad(bars, chords, pens["held"])
    write_air(bars, pens["held"])
    write_bass(bars, brief, pens["bass"])
    write_figures(bars, brief, pens["keys"])
    write_colours(bars, chords, brief.colours, pens["colours"])
    write_percussion(bars, brief, pens["drums"])
    write_lead(bars, brief, pens["lead"])
    write_ending(last, chords[-1], (brief.wish.seconds - clock.final) / clock.beat_seconds, brief, pens["ending"])
    notes = [note for pen in pens.values() for note in pen.notes]
    return tuple(sorted(notes, key=lambda note: (note.at, note.role, note.key)))


def compose(mood: Mood, seconds: float, *, genre: str = "ambient", seed: int) -> Score:
    """Composes a piece that ends exactly at `seconds` (3 to 1800).

    The same arguments give the same score; of an unknown genre, the nearest is played. Raises UnplayableWish with the
    reason if the wish cannot be played.
    """
    brief = briefed(checked(mood, seconds, genre, seed))
    clock = fitted(brief)
    home = int(brief.dice("home").choice(brief.mood.tonics))
    bars = harmonised(brief, clock, home, drawn(brief, brief.dice("band")))
    last = _last(bars, clock, home, brief.mood)
    return Score(
        mood=brief.wish.mood,
        genre=brief.wish.genre,
        seconds=brief.wish.seconds,
        seed=brief.wish.seed,
        tempo=60 / clock.beat_seconds,
        tonic=home,
        final=clock.final,
        room=brief.mood.room,
        notes=_played(brief, clock, bars, last),
        chords=tuple(Chord(clock.at(bar.at), bar.chord, bar.pitches) for bar in [*bars, last]),
        sections=tuple(Section(clock.at(bar.at), bar.section, bar.energy) for bar in [*bars, last] if bar.place == 0),
    )
