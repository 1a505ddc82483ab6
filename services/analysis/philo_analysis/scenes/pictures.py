"""What a picture of a scene should show, in the words of its script: concrete nouns first, then the setting."""

from __future__ import annotations

import re
from collections.abc import Sequence

from philo_analysis.scenes.phrases import Phrase, phrases
from philo_analysis.scenes.tags import group, shows, spoken

_MOST_NOUNS = 6
_PRONOUN = re.compile(r"\b(?:he|she|his|her|him)\b|[他她]", re.IGNORECASE)
_SETTING = ("weather", "season", "time", "place")


def visual_prompts(narrations: Sequence[str], tags: Sequence[tuple[str, ...]], language: str) -> tuple[str, ...]:
    """A prompt a scene: `old lighthouse keeper, small garden, rocky island; dawn`.

    A scene that says only `he` or `她` shows whom the scenes before told of.
    """
    prompts: list[str] = []
    someone: Phrase | None = None
    for narration, names in zip(narrations, tags, strict=True):
        found = _distinct(phrases(narration))
        if someone and not any(phrase.is_person for phrase in found) and _PRONOUN.search(narration):
            found.insert(min(1, len(found)), someone)
        someone = next((phrase for phrase in found if phrase.is_person), someone)
        prompts.append(_prompt(found, names, narration, language))
    return tuple(prompts)


def _distinct(found: Sequence[Phrase]) -> list[Phrase]:
    fullest: dict[str, Phrase] = {}
    for phrase in found:
        if len(phrase.text) > len(fullest[phrase.head].text if phrase.head in fullest else ""):
            fullest[phrase.head] = phrase
    return list(fullest.values())


def _prompt(found: list[Phrase], names: tuple[str, ...], narration: str, language: str) -> str:
    comma, pause = ("、", "；") if language == "zh" else (", ", "; ")
    nouns = [phrase.text if language == "zh" else phrase.text.lower() for phrase in found[:_MOST_NOUNS]]
    around = [tag for kind in _SETTING for tag in names if group(tag) == kind]
    setting = [spoken(tag, language) for tag in around if not any(shows(tag, phrase.text) for phrase in found)][:3]
    if not nouns:
        nouns = [_first_clause(narration)]
    return pause.join(filter(None, [comma.join(nouns), comma.join(setting)]))


def _first_clause(narration: str) -> str:
    return re.split(r"[.!?;:。！？；：]", narration, maxsplit=1)[0].strip()[:160] or narration[:160]
