"""Who a text tells of: people and beings it names, by name or by what they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from philo_analysis.lexicons import named, words
from philo_analysis.scenes.phrases import phrases

MOST = 6
_TITLED = r"(?<=Mr\. )|(?<=Mrs\. )|(?<=Ms\. )|(?<=Dr\. )"
_INSIDE = r"(?<=[\w,;] )"
_NAME = re.compile(rf"(?:{_TITLED}|{_INSIDE})[A-Z][a-zà-ž'’\-]+(?: (?:(?:of|de|van|von) )?[A-Z][a-zà-ž'’\-]+)*")
_PLACE_BEFORE = re.compile(r"\b(?:in|at|from|to|near|across|through|of|into|over|toward|towards|the) $", re.IGNORECASE)
_NOT_NAMES = named("grammar.en", "no names")


def characters(text: str) -> tuple[str, ...]:
    """Names, then roles, most often told of first: `Clover`, `old lighthouse keeper`, `老茶农`. At most 6."""
    by_name = [name for name, _ in Counter(_names(text)).most_common()]
    heads: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for phrase in phrases(text):
        if phrase.is_person:
            heads[phrase.head] += 1
            if len(phrase.text) > len(shown.get(phrase.head, "")):
                shown[phrase.head] = phrase.text if not phrase.text.isascii() else phrase.text.lower()
    roles = [shown[head] for head, _ in heads.most_common()]
    return tuple(_without_parts([*by_name, *roles])[:MOST])


def _without_parts(names: list[str]) -> list[str]:
    """Names without those that another one says more fully: `keeper` beside `old lighthouse keeper`."""
    return [
        name
        for place, name in enumerate(names)
        if not any(other != name and other.endswith(name) for other in names) and name not in names[:place]
    ]


def _names(text: str) -> Iterator[str]:
    for found in _NAME.finditer(text):
        name = re.sub(r"['’]s$", "", found.group())
        known = name.lower() in _NOT_NAMES or name.lower() in words("stop.en")
        if not known and not _PLACE_BEFORE.search(text[: found.start()]):
            yield name
