"""A summary and themes, drawn from the text itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from philo_analysis.lexicons import words
from philo_analysis.scenes.pacing import seconds
from philo_analysis.scenes.passages import Passage
from philo_analysis.scenes.phrases import animals, phrases
from philo_analysis.text.characters import join
from philo_analysis.words import forms, tokens

MOST_THEMES = 6
_SENTENCES = 3
_MOST_READ = 400
_LONGEST = 220
_CLOSED = {",": ".", ";": ".", "，": "。", "；": "。"}
_ENDING = 1.15
"""What the end of a story is worth beside its middle: a summary should know how it came out."""


def summary(sentences: Sequence[str]) -> str:
    """The opening sentence and the two that say most of what the text is about, in their order.

    Of a very long text the first 400 sentences are weighed, and a sentence is given up to 220 characters.
    """
    read = sentences[:_MOST_READ]
    about = [{phrase.head for phrase in phrases(sentence[:_LONGEST])} for sentence in read]
    weight = Counter(head for heads in about for head in heads)
    worth = [_worth(read[place], about[place], weight) for place in range(len(read))]
    if len(read) > _SENTENCES:
        worth[-1] *= _ENDING
    best = sorted(range(1, len(read)), key=lambda place: -worth[place])[: _SENTENCES - 1]
    return join([_short(read[place]) for place in sorted({0, *best})])


def themes(passages: Sequence[Passage]) -> tuple[str, ...]:
    """Things a text returns to, in its own language, most told of first; people are not among them. At most 6."""
    count: Counter[str] = Counter()
    for told in passages:
        heads = [
            phrase.head for phrase in phrases(told.narration) if not phrase.is_person and phrase.head not in animals()
        ]
        count.update(heads)
        count.update(set(heads))
    if len(count) < _SENTENCES:
        known = words("stop.en")
        said = (token.low for told in passages for token in tokens(told.narration))
        count.update(forms(low)[-1] for low in said if len(low) > 4 and low not in known)
    return tuple(head for head, _ in count.most_common(MOST_THEMES))


def _worth(sentence: str, about: set[str], weight: Counter[str]) -> float:
    """Weight of what it tells, a second of speech; very short sentences say little on their own."""
    return sum(weight[head] for head in about) / (4.0 + seconds(sentence[: _LONGEST * 2]))


def _short(sentence: str) -> str:
    """A sentence of readable length, with its end: a line of verse may have a comma there."""
    if len(sentence) <= _LONGEST:
        return f"{sentence[:-1]}{_CLOSED[sentence[-1]]}" if sentence[-1] in _CLOSED else sentence
    kept = sentence[:_LONGEST]
    return (kept.rsplit(" ", 1)[0] if " " in kept else kept).rstrip(",;:，；：、 ") + "…"
