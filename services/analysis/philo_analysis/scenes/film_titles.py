"""The title of a film whose script has none: whom and what it tells of, as a person would name it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from philo_analysis.lexicons import is_listed
from philo_analysis.scenes.cast import Cast
from philo_analysis.scenes.figures import Figure
from philo_analysis.scenes.headlines import title_case
from philo_analysis.scenes.passages import Passage
from philo_analysis.scenes.phrases import Phrase, animals, phrases
from philo_analysis.scenes.tags import TEACHING
from philo_analysis.scenes.titles import fitness, is_painted, opened, opening
from philo_analysis.text.characters import cjk_letters

_TOPIC = re.compile(r"^[\"“《]?([\u3400-\u9fff]{3,8})[\"”》]?[，,]")
_CLAUSE = re.compile(r"[，。！？；：]|[,.!?;:](?=\s|$)")
_REPORT = frozenset({"news", *TEACHING})
_LONGEST_HEADLINE = 16
_MOST_NAMING = 2
_PRESENTED = re.compile(
    r"(?:\b(?:Meet|Introducing|Say hello to|Welcome to) )([A-Z]\w*(?: [A-Z]\w*){0,3})(?=[,.:!]| [a-z])"
)
_OFTEN = 2


def film_title(passages: Sequence[Passage], tags: Sequence[tuple[str, ...]], cast: Cast, language: str = "en") -> str:
    """A title of the film's own words: a headline for news, a subject for what explains, else who meets whom or what."""
    if not is_listed(language):
        return opening(passages[0].narration, plain=True)
    if _REPORT & {tag for names in tags for tag in names[:3]} and (said := _headline(passages)):
        return said
    if presented := _PRESENTED.search(" ".join(told.narration for told in passages[:3])):
        return presented.group(1)
    return _topic(passages) or _of_leads(cast, _thing(passages)) or opening(passages[0].narration)


def _of_leads(cast: Cast, thing: Phrase | None) -> str:
    """Who meets whom, or what; a thing where nobody leads."""
    leads = [one for one in cast.figures if one.told >= _OFTEN and (one.name or one.role) and one.gender != "many"]
    if len(leads) > 1 and leads[1].told * 3 >= leads[0].told:
        return _both(_called(leads[0]), _plainly(leads[1]))
    if leads:
        return _both(_called(leads[0]), _of(thing)) if thing and _is_alone(leads[0]) else _called(leads[0])
    return _of(thing) if thing else ""


def _headline(passages: Sequence[Passage]) -> str:
    """The first clause that says something and fits one line."""
    for clause in map(str.strip, _CLAUSE.split(passages[0].narration)[:6]):
        said = clause if cjk_letters(clause) else opened(clause)
        long_enough = 6 <= len(said) <= _LONGEST_HEADLINE if cjk_letters(said) else fitness(said) > 1
        if long_enough and (phrases(said) or not cjk_letters(said)):
            return title_case(said)
    return ""


def _topic(passages: Sequence[Passage]) -> str:
    """What a Chinese text sets before a comma and then explains: `晨光台灯，会在……`."""
    for told in passages:
        found = _TOPIC.match(told.narration)
        last = phrases(found.group(1))[-1:] if found else ()
        if (
            found
            and last
            and _is_thing(last[0])
            and found.group(1).endswith(last[0].head)
            and _is_named(found.group(1), last[0])
        ):
            return found.group(1)
    return ""


def _is_named(topic: str, thing: Phrase) -> bool:
    """Whether a topic is a thing under a name of its own: two characters more, and nothing else listed in it."""
    return 0 < len(topic) - len(thing.head) <= _MOST_NAMING and len(phrases(topic)) == 1


def _thing(passages: Sequence[Passage]) -> Phrase | None:
    """What most scenes show and the first ones name, in its fullest words; people and animals are not things."""
    found = [phrase for told in passages for phrase in phrases(told.narration) if _is_thing(phrase)]
    count = Counter(phrase.head for phrase in found)
    first = {phrase.head: -place for place, phrase in reversed(list(enumerate(found)))}
    best = max(found, key=lambda one: (count[one.head], _weight(one), first[one.head]), default=None)
    return best if best and (count[best.head] > 1 or is_painted(best)) else None


def _weight(phrase: Phrase) -> float:
    return is_painted(phrase) + 0.1 * min(len(phrase.head), 9)


def _is_thing(phrase: Phrase) -> bool:
    return not phrase.is_person and phrase.head not in animals() and (phrase.text.isascii() or len(phrase.head) > 1)


def _is_alone(figure: Figure) -> bool:
    """Whether a title should say more than a bare name."""
    return bool(figure.name) and not figure.role


def _called(figure: Figure) -> str:
    if figure.name:
        return figure.name
    return title_case(figure.role if not figure.role.isascii() else f"The {figure.role}")


def _plainly(figure: Figure) -> str:
    """A second figure without what paints it."""
    if figure.name or not figure.role.isascii():
        return _called(figure)
    return title_case(f"The {max(figure.heads, key=len)}")


def _of(thing: Phrase) -> str:
    return title_case(thing.text if not thing.text.isascii() else f"The {thing.text.lower()}")


def _both(one: str, other: str) -> str:
    if cjk_letters(one + other):
        return f"{one}与{other}" if cjk_letters(other) else f"{one} {other}"
    return f"{one} and {'the' + other[3:] if other.startswith('The ') else other}"
