"""Votes that words give."""

from __future__ import annotations

from dataclasses import dataclass, field

from philo_render.pictures.matching.lexicon import Cue
from philo_render.pictures.pack import Kind, icons
from philo_render.pictures.registry import all_props

CUE = 3.2
_RANKS = (1.0, 0.27, 0.18)
_LIVELY = 1.45  # animals and people are what a sentence is about
_GENRE = 0.55


def kind_of(name: str) -> Kind:
    prop = all_props().get(name)
    return prop.kind if prop else icons()[name].kind


@dataclass
class Ballot:
    """Scores of illustrations and backdrops, and the details that were asked for."""

    scores: dict[str, float] = field(default_factory=dict)
    backdrops: dict[str, float] = field(default_factory=dict)
    details: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)

    def name(self, illustration: str, points: float, aside: bool) -> None:
        self.scores[illustration] = self.scores.get(illustration, 0) + points
        if not aside:
            self.told.add(illustration)

    def cast(self, cue: Cue, points: float, aside: bool) -> None:
        """Count a cue; `aside` when it is a tag or a title: those speak softly."""
        share = cue.weight * points * (_GENRE if aside else 1.0)
        for rank, illustration in zip(_RANKS, cue.illustrations, strict=False):
            lively = _LIVELY if kind_of(illustration) in {Kind.PERSON, Kind.ANIMAL} else 1.0
            self.name(illustration, share * rank * lively, aside)
        if cue.backdrop:
            self.backdrops[cue.backdrop] = self.backdrops.get(cue.backdrop, 0) + share
        if not aside or "night" not in cue.details:
            self.details.update(cue.details)

    def ranked(self) -> list[tuple[str, float]]:
        """Illustrations, best first. What only a tag names is dropped as soon as the text names anything."""
        known = {n: s for n, s in self.scores.items() if n in self.told} if self.told else self.scores
        return sorted(known.items(), key=lambda item: (-item[1], item[0]))
