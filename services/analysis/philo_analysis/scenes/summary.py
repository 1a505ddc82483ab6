"""A summary and themes, drawn from the text itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from philo_analysis.lexicons import words
from philo_analysis.scenes.pacing import seconds
from philo_analysis.scenes.phrases import phrases
from philo_analysis.text.characters import join
from philo_analysis.words import forms, tokens

_MOST_THEMES = 6
_SENTENCES = 3


def summary(sentences: Sequence[str]) -> str:
    """The opening sentence and the two that say most of what the text is about, in their order."""
    weight = Counter(head for sentence in sentences for head in _about(sentence))
    worth = {place: _worth(sentence, weight) for place, sentence in enumerate(sentences[:400])}
    best = sorted(range(1, len(worth)), key=lambda place: -worth[place])[: _SENTENCES - 1]
    return join([sentences[place] for place in sorted({0, *best}) if place < len(sentences)])


def themes(text: str) -> tuple[str, ...]:
    """Things a text returns to, in its own language, most told of first; people are not among them. At most 6."""
    count = Counter(phrase.head for phrase in phrases(text) if not phrase.is_person)
    if len(count) < 3:
        known = words("stop.en")
        count.update(forms(token.low)[-1] for token in tokens(text) if len(token.low) > 4 and token.low not in known)
    return tuple(head for head, _ in count.most_common(_MOST_THEMES))


def _about(sentence: str) -> set[str]:
    return {phrase.head for phrase in phrases(sentence)}


def _worth(sentence: str, weight: Counter[str]) -> float:
    """Weight of what it tells, a second of speech; very short sentences say little on their own."""
    return sum(weight[head] for head in _about(sentence)) / (4.0 + seconds(sentence))
