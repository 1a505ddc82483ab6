"""Proper names of people in a text: `Pip`, `Captain Okoro`'s `Okoro`, `团团`, `老陈`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from philo_analysis.lexicons import is_listed, named, words
from philo_analysis.scenes.phrases import animals, phrases
from philo_analysis.words import forms

_NAME = re.compile(
    r"(?<![\w’'\-])[A-Z][a-zà-ž]+(?:['’\-][A-Z]?[a-zà-ž]{2,})*(?: (?:(?:of|de|van|von) )?[A-Z][a-zà-ž'’\-]+)*"
)
_PLACE_BEFORE = re.compile(r"\b(?:in|at|from|to|near|across|through|of|into|over|toward|towards|the) $", re.IGNORECASE)
_OPENS = re.compile(r"(?:^|[.!?:;\n]['\"”’)]*\s|[\"“‘(]\s?|[—–]\s?)$")
_IS_ONE = re.compile(r" (?:was|is),? (?:once |only |just )?(?:a|an|the) ")
_SAID_BEFORE = re.compile(rf"(?:{'|'.join(sorted(named('grammar.en', 'said')))})\s$")
_NAMED_BEFORE = re.compile(r"\b(?:named|called|mr\.|mrs\.|ms\.|dr\.)\s$", re.IGNORECASE)
_CALLED = re.compile(r"(?:名叫|叫做|叫作|名字叫|取名|名为|叫)([\u4e00-\u9fff]{2,3})(?=[，。、；！？”’的\s]|$)")
_OPENING_HAN = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2}")
_SPEAKING = r"(?=说|表示|介绍|告诉|问道|答道|坦言|认为|笑着|回忆)"
_NEAR = 24
_ALL_CAPITAL = frozenset({"de", "lb"})


def names(texts: tuple[str, ...], language: str = "en") -> frozenset[str]:
    """People's names in the passages of a film.

    Capitals tell them in English and Chinese texts, inside sentences in others too; in German every noun has one.
    """
    text = "\n".join(texts)
    primary = language.partition("-")[0]
    if is_listed(language):
        return frozenset([*_latin(text), *_chinese(text)])
    return frozenset(() if primary in _ALL_CAPITAL else _latin(text, opening_too=False))


def _latin(text: str, *, opening_too: bool = True) -> Iterator[str]:
    """Capitals inside a sentence, after no word of place; at a sentence's beginning only where they come again."""
    inside, opening = Counter[str](), Counter[str]()
    for found in _NAME.finditer(text):
        name = re.sub(r"['’]s$", "", found.group())
        before = text[max(0, found.start() - _NEAR) : found.start()]
        if _SAID_BEFORE.search(before) or _NAMED_BEFORE.search(before):
            inside[name] += 2
        elif _OPENS.search(before):
            opening[_without_opener(name)] += 2 if _is_somebody(text[found.end() : found.end() + _NEAR * 2]) else 1
        else:
            inside[name] += -2 if _PLACE_BEFORE.search(before) else 1
    for name in dict.fromkeys([*inside, *opening]):
        often = inside[name] > 0 or (opening_too and opening[name] > 1 and inside[name] >= 0)
        if name and often and not _is_word(name):
            yield name


def _is_somebody(after: str) -> bool:
    """`Pip was a small brown mouse`: whoever is somebody has a name."""
    is_one = _IS_ONE.match(after)
    return bool(is_one) and any(phrase.is_person or phrase.head in animals() for phrase in phrases(after))


def _without_opener(name: str) -> str:
    """A name at the beginning of a sentence, without the word that only stands there: `When Mara`."""
    first, _, rest = name.partition(" ")
    return rest if rest and _is_word(first) else name


def _is_word(name: str) -> bool:
    """Whether a name is a word of its own, or the name of a day, a people, a place or a god."""
    low = name.lower()
    known = words("stop.en") | words("nouns.en") | words("people.en") | animals() | words("adjectives.en")
    return low in words("places") or low in named("grammar.en", "no names") or any(form in known for form in forms(low))


def _chinese(text: str) -> Iterator[str]:
    known = words("nouns.zh") | words("people.zh") | animals() | words("compounds.zh")
    for pattern in (_CALLED, *_surnamed()):
        yield from (found.group(1) for found in pattern.finditer(text) if found.group(1) not in known)
    acting = Counter(found.group(1) for found in _acting().finditer(text))
    opening = Counter(_OPENING_HAN.findall(text))
    for name in dict.fromkeys([*acting, *(pair for pair, count in opening.items() if count > 1)]):
        if name not in known and name[0] in words("surnames.zh") and name[1] not in _NO_GIVEN:
            yield name


@cache
def _surnamed() -> tuple[re.Pattern[str], ...]:
    """Surnames with a given name before a word of speaking: at a clause's beginning, or after what somebody is."""
    one = "|".join(sorted(words("surnames.zh"), key=lambda name: (-len(name), name)))
    whole = rf"(?:{one})[\u4e00-\u9fff]{{1,2}}?"
    return (
        re.compile(rf"(?<![\u4e00-\u9fff])({whole}){_SPEAKING}"),
        re.compile(rf"(?<=[民生师长员者工人家])([老小阿](?:{one})|{whole}){_SPEAKING}"),
    )


@cache
def _acting() -> re.Pattern[str]:
    """A surname that is seldom a word, with one character, that opens a clause and does something: `陈默在……`."""
    one = "|".join(sorted(name for name in words("surnames.zh") if name not in _AMBIGUOUS))
    return re.compile(rf"(?<![\u4e00-\u9fff])((?:{one})[^{_NO_GIVEN}\W\da-zA-Z]){_ACTS}")


_AMBIGUOUS = frozenset("高白马黄石金江雷龙万常何于余田汪毛方叶夏史武钱牛洪段顾康林")
_NO_GIVEN = "国朝代子后围末多可经度序开里中上下的了是在有和与不也就都把给家口"
_ACTS = r"(?=[在把对给却拿走跑站坐望看问说想知没从跟])"
