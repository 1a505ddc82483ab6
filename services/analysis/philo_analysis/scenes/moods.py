"""Moods of scenes: each as its words feel, and all together an arc that turns where the story does."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from philo_analysis.scenes.feelings import Votes, votes
from philo_analysis.scenes.passages import Passage
from philo_analysis.scenes.tags import TEACHING
from philo_contracts.shapes import Mood

_HEARD = 0.65
_MOST_VOTES = 3.0
_BACKGROUND = 0.35
_CHANGE, _STEP, _LITTLE, _NEW_PART = 0.55, 0.3, 0.25, 0.6
_NEAR = {
    frozenset(pair)
    for pair in (
        (Mood.CALM, Mood.HAPPY), (Mood.CALM, Mood.ROMANTIC), (Mood.CALM, Mood.SAD), (Mood.HAPPY, Mood.ROMANTIC),
        (Mood.SAD, Mood.ROMANTIC), (Mood.SCARY, Mood.MYSTERIOUS), (Mood.SCARY, Mood.DRAMATIC),
        (Mood.DRAMATIC, Mood.EPIC), (Mood.EPIC, Mood.SERIOUS), (Mood.CALM, Mood.MYSTERIOUS),
    )
}  # fmt: skip
_VOTES: dict[str, dict[Mood, float]] = {
    "storm": {Mood.DRAMATIC: 0.6},
    "horror": {Mood.SCARY: 1.0},
    "graveyard": {Mood.SCARY: 0.6},
    "detective": {Mood.MYSTERIOUS: 0.9},
    "cave": {Mood.MYSTERIOUS: 0.5},
    "love": {Mood.ROMANTIC: 0.5},
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


def moods(passages: Sequence[Passage], tags: Sequence[tuple[str, ...]]) -> tuple[Mood, ...]:
    """The mood of every scene: the likeliest path, where a change costs more the farther the moods are apart.

    `tags` are those of the same scenes.
    """
    felt = [_felt(told, names) for told, names in zip(passages, tags, strict=True)]
    around = {mood: sum(one[mood] for one in felt) / max(1, len(felt)) for mood in Mood}
    heard = [{mood: one[mood] + _BACKGROUND * around[mood] for mood in Mood} for one in felt]
    turns = [_NEW_PART if after.heading else 1.0 for _, after in pairwise(passages)]
    return _path(heard, turns)


def _felt(told: Passage, tags: tuple[str, ...]) -> Votes:
    """Votes of one scene; a long one has more words, but feels no more."""
    own = votes(told.narration)
    if TEACHING & set(tags):
        own = {mood: value if mood is Mood.SERIOUS else value * 0.5 for mood, value in own.items()}
    for tag in tags:
        for mood, vote in _VOTES.get(tag, {}).items():
            own[mood] += vote
    felt = {mood: min(value, _MOST_VOTES) for mood, value in own.items()}
    return felt | {Mood.NEUTRAL: _HEARD}


def _path(heard: list[Votes], turns: list[float]) -> tuple[Mood, ...]:
    """Viterbi: the sequence of moods with the most votes after what its changes cost."""
    best = dict(heard[0])
    back: list[dict[Mood, Mood]] = []
    for here, turn in zip(heard[1:], turns, strict=True):
        came = {mood: _likeliest(best, mood, turn) for mood in Mood}
        best = {mood: best[came[mood]] - turn * _cost(came[mood], mood) + here[mood] for mood in Mood}
        back.append(came)
    path = [max(Mood, key=lambda mood: best[mood])]
    for came in reversed(back):
        path.append(came[path[-1]])
    return tuple(reversed(path))


def _likeliest(best: Votes, mood: Mood, turn: float) -> Mood:
    """From which mood the story came to `mood`."""
    return max(Mood, key=lambda before: best[before] - turn * _cost(before, mood))


def _cost(before: Mood, after: Mood) -> float:
    if before is after:
        return 0.0
    if Mood.NEUTRAL in {before, after}:
        return _LITTLE
    return _STEP if frozenset((before, after)) in _NEAR else _CHANGE
