"""What a picture of a scene should show, in the words of its script: who is there, things, then the setting."""

from __future__ import annotations

import re
from collections.abc import Sequence

from philo_analysis.lexicons import is_listed
from philo_analysis.scenes.cast import Cast
from philo_analysis.scenes.figures import Figure
from philo_analysis.scenes.passages import Passage
from philo_analysis.scenes.phrases import Phrase, animals, phrases
from philo_analysis.scenes.tags import group, shows, spoken

_MOST_FIGURES, _MOST_THINGS, _MOST_AROUND = 3, 6, 4
_LONGEST_CLAUSE = 200
_SETTING = ("place", "time", "weather", "season")
_DENIED = re.compile(r"\b(no|without(?: an?| any)?) [a-z]+", re.IGNORECASE)


def visual_prompts(
    passages: Sequence[Passage], tags: Sequence[tuple[str, ...]], cast: Cast, language: str
) -> tuple[str, ...]:
    """A prompt a scene: `old lighthouse keeper, lantern, stairs; night, storm`.

    Whom a scene calls `he`, `the keeper` or `她` is shown as the scenes before described them.
    """
    return tuple(
        _prompt(told, there, names, language) for told, there, names in zip(passages, cast.present, tags, strict=True)
    )


def _prompt(told: Passage, there: Sequence[Figure], names: tuple[str, ...], language: str) -> str:
    comma, pause = ("、", "；") if language.startswith("zh") else (", ", "; ")
    who = list(dict.fromkeys(figure.shown for figure in there))[:_MOST_FIGURES]
    if not is_listed(language):
        return told.narration[:_LONGEST_CLAUSE].strip()
    things = [_written(phrase) for phrase in _things(told) if not any(phrase.head in one for one in who)]
    around = [tag for kind in _SETTING for tag in names if group(tag) == kind and not _is_shown(tag, [*who, *things])]
    setting = [spoken(tag, language) for tag in around][:_MOST_AROUND]
    seen = [*who, *things[:_MOST_THINGS]] or [_first_clause(told.narration)]
    return pause.join(filter(None, [comma.join(seen), comma.join(setting)]))


def _things(told: Passage) -> list[Phrase]:
    """Things of a scene in their fullest words, without those that it denies; where it names few, those of the heading
    that it stands under."""
    there = _DENIED.sub(r"\1", told.narration)
    found = _distinct(phrases(there))
    if len(found) >= _MOST_THINGS // 2 or not told.part:
        return found
    return _distinct([*phrases(there), *phrases(told.part.lower())])


def _distinct(found: Sequence[Phrase]) -> list[Phrase]:
    fullest: dict[str, Phrase] = {}
    for phrase in found:
        is_thing = not phrase.is_person or phrase.head in animals()
        if is_thing and len(phrase.text) > len(fullest[phrase.head].text if phrase.head in fullest else ""):
            fullest[phrase.head] = phrase
    return list(fullest.values())


def _written(phrase: Phrase) -> str:
    return phrase.text.lower() if phrase.text.isascii() else phrase.text


def _is_shown(tag: str, words: Sequence[str]) -> bool:
    return any(shows(tag, word) for word in words)


def _first_clause(narration: str) -> str:
    return re.split(r"[.!?;:。！？；：]", narration, maxsplit=1)[0].strip()[:160] or narration[:160]
