"""A scene's frames, divided into the chunks that are drawn, kept and found again one by one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from philo_render.film.chunk import Card, Chunk, Shot
from philo_render.film.rhythm import RHYTHM

LENGTH = 120
"""Frames of a chunk, about. Shorter ones lose less in a crash; half of it makes files 15 % larger, this 2 %."""


def divided(whole: Chunk) -> tuple[Chunk, ...]:
    """The transition into a scene, and its body in near-equal pieces that never part at a worse place than a cut.

    Each piece holds only what its own frames show, so that a changed word leaves the other pieces as they were.
    """
    return tuple(part(whole, first, end) for first, end in pairwise(_borders(whole)))


def _borders(whole: Chunk) -> Iterator[int]:
    opening = whole.transition.frames if whole.transition else 0
    cuts = [cut for cut in whole.cuts[1:] if opening < cut < whole.frames]
    yield 0
    if 0 < opening < whole.frames:
        yield opening
    for start, end in pairwise([min(opening, whole.frames), *cuts, whole.frames]):
        pieces = max(1, round((end - start) / LENGTH))
        yield from (start + (end - start) * nth // pieces for nth in range(1, pieces) if end > start)
        if end > start:
            yield end


def part(whole: Chunk, first: int, end: int) -> Chunk:
    """The frames from `first` up to `end` as a chunk of their own."""
    return Chunk(
        format=whole.format,
        frames=end - first,
        shots=_shots(whole, first, end),
        transition=whole.transition if first == 0 else None,
        cues=tuple(cue.moved(-first) for cue in whole.cues if cue.first_frame < end and cue.end_frame > first),
        highlight=whole.highlight,
        title=_card(whole.title, first, end, whole.format.frames(RHYTHM.goes)),
        ending=_card(whole.ending, first, end, 0),
        cards=tuple(card for one in whole.cards if (card := _card(one, first, end, whole.format.frames(RHYTHM.goes)))),
    )


def _shots(whole: Chunk, first: int, end: int) -> tuple[Shot, ...]:
    """Those that are seen in it; one is seen until the next has come in whole."""
    stops = [*(shot.first_frame + shot.blend for shot in whole.shots[1:]), whole.frames]
    return tuple(
        _standing(shot, first).moved(-first)
        for shot, start, stop in zip(whole.shots, whole.cuts, stops, strict=True)
        if start < end and stop > first
    )


def _standing(shot: Shot, first: int) -> Shot:
    """A stage that stands by then is like any other."""
    return shot if first < shot.first_frame + shot.built else shot.model_copy(update={"built": 0})


def _card(card: Card | None, first: int, end: int, after: int) -> Card | None:
    if card is None or card.first_frame >= end or card.end_frame + after <= first:
        return None
    return card.moved(-first)
