"""Moods of scenes: words and tags vote, neighbours are heard, so that a film has an arc and does not flicker."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from philo_analysis.lexicons import rows
from philo_analysis.scenes.tags import TEACHING
from philo_analysis.words import Lexicon
from philo_contracts.shapes import Mood

_NEIGHBOUR = 0.22
_HEARD = 0.9
_MOST_VOTES = 4.0
_DENIED = re.compile(
    r"(?:\b(?:not|no|never|without|nor|hardly)\s+(?:\w+\s+)?|n't\s+(?:\w+\s+)?|[不没无未别]有?)$", re.IGNORECASE
)
_VOTES: dict[str, dict[Mood, float]] = {
    "storm": {Mood.DRAMATIC: 0.8},
    "horror": {Mood.SCARY: 1.0},
    "graveyard": {Mood.SCARY: 0.6},
    "detective": {Mood.MYSTERIOUS: 0.9},
    "cave": {Mood.MYSTERIOUS: 0.5},
    "love": {Mood.ROMANTIC: 0.6},
    "war": {Mood.DRAMATIC: 0.7, Mood.SERIOUS: 0.4},
    "history": {Mood.EPIC: 0.5},
    "space": {Mood.EPIC: 0.6},
    "castle": {Mood.EPIC: 0.3},
    "festival": {Mood.HAPPY: 0.6},
    "lanterns": {Mood.HAPPY: 0.3},
    "rainbow": {Mood.HAPPY: 0.6},
    "spring": {Mood.HAPPY: 0.5},
    "flowers": {Mood.HAPPY: 0.3},
    "sunset": {Mood.CALM: 0.4},
    "rain": {Mood.CALM: 0.2, Mood.SAD: 0.2},
    "tea hills": {Mood.CALM: 0.3},
    "law": {Mood.SERIOUS: 0.7},
    "medicine": {Mood.SERIOUS: 0.5},
    "news": {Mood.SERIOUS: 0.7},
    "business": {Mood.SERIOUS: 0.2},
    "philosophy": {Mood.MYSTERIOUS: 0.5},
}

Votes = dict[Mood, float]


def moods(narrations: Sequence[str], tags: Sequence[tuple[str, ...]]) -> tuple[Mood, ...]:
    """The mood of every scene. `tags` are those of the same scenes."""
    own = [_votes(narration, names) for narration, names in zip(narrations, tags, strict=True)]
    return tuple(_decide(_smoothed(own, index)) for index in range(len(own)))


def _votes(narration: str, tags: tuple[str, ...]) -> Votes:
    votes = dict.fromkeys(Mood, 0.0)
    for hit in _lexicon().find(narration):
        if not _DENIED.search(narration[max(0, hit.start - 20) : hit.start]):
            for mood in hit.value:
                votes[mood] += 1.0
    if TEACHING & set(tags):
        votes = {mood: value if mood is Mood.SERIOUS else value * 0.5 for mood, value in votes.items()}
    for tag in tags:
        for mood, vote in _VOTES.get(tag, {}).items():
            votes[mood] += vote
    return {mood: min(value, _MOST_VOTES) for mood, value in votes.items()}


def _smoothed(own: list[Votes], index: int) -> Votes:
    beside = [own[place] for place in (index - 1, index + 1) if 0 <= place < len(own)]
    return {mood: own[index][mood] + _NEIGHBOUR * sum(votes[mood] for votes in beside) for mood in Mood}


def _decide(votes: Votes) -> Mood:
    best = max(Mood, key=lambda mood: votes[mood])
    return best if votes[best] >= _HEARD else Mood.NEUTRAL


@cache
def _lexicon() -> Lexicon[tuple[Mood, ...]]:
    entries: dict[str, tuple[Mood, ...]] = {}
    for (mood,), english, chinese in rows("moods"):
        for word in (*english, *chinese):
            entries[word] = (*entries.get(word, ()), Mood(mood))
    return Lexicon(entries)
