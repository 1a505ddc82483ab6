"""The cast of a film, scene by scene: mentions of one figure are put together, pronouns given back to whom they mean.

Simple rules in the manner of Lappin and Leass (Computational Linguistics 20(4), 1994): agreement first, then how lately
somebody was told of, names and openers of sentences before others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from philo_analysis.lexicons import is_listed
from philo_analysis.scenes.figures import Figure, Gender, is_plural
from philo_analysis.scenes.naming import names
from philo_analysis.scenes.passages import Passage
from philo_analysis.scenes.phrases import Phrase, animals, phrases

_PRONOUN = re.compile(r"\b(?:he|him|his|himself|she|her|hers|herself|they)\b|[他她]们?", re.IGNORECASE)
_CLAUSE_ENDS = re.compile(r"[,.;:!?\"”“，。；：！？、]| (?:and|but|that|when|as|because|who) ")
_AFTER_OBJECT = re.compile(
    r"$|[,.;:!?，。；：！？]| (?:a|an|the|his|her|to|and|in|on|at|with|for|from|into|nothing)\b|(?!的)[\u3400-\u9fff]"
)
_NOTHING = re.compile(r"(?!)")
_IS = re.compile(
    r"^,?\s(?:was|is|were|had been|who was),?\s(?:only |just |once |still )?(?:a|an|the)\s$|^, (?:a|an|the)\s$",
    re.IGNORECASE,
)
_NAMED = re.compile(r"^,?\s?(?:named|called)\s$|^，?(?:名叫|叫做|叫作|名字叫|取名|名为|叫)$|^$|^\s$")
_OPENED = re.compile(r"[.!?。！？\n]['\"”’」]*\s*(?:(?:The|A|An|His|Her)\s)?$")
_ARTICLE = 5
_REACH = 900
"""Characters after which a pronoun no longer reaches back."""


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    text: str
    phrase: Phrase | None = None
    gender: Gender = ""


@dataclass(frozen=True, slots=True)
class Cast:
    """All figures, most told of first, and who is in each scene, in the order of their entrance."""

    figures: tuple[Figure, ...]
    present: tuple[tuple[Figure, ...], ...]


def cast(passages: Sequence[Passage], language: str = "en") -> Cast:
    """Whom a film shows, in all and in every scene. Pronouns are known of English and Chinese."""
    told_names = names(tuple(told.narration for told in passages), language)
    known = told_names | {name for told in passages for name in told.speakers}
    casting = _Casting(known, pronouns=is_listed(language))
    present = tuple(tuple(casting.play(told)) for told in passages)
    listed = sorted((one for one in casting.figures if one.told), key=lambda one: -one.told)
    return Cast(tuple(listed), present)


class _Casting:
    """The story so far: `figures` in the order of their entrance, and how many characters were told."""

    def __init__(self, known: frozenset[str], *, pronouns: bool) -> None:
        self.figures: list[Figure] = []
        self._known = known
        self._name = _any_of(known)
        self._pronoun = _PRONOUN if pronouns else _NOTHING
        self._told = 0

    def play(self, told: Passage) -> list[Figure]:
        """Who is in one scene. Whom its part's heading names is there too."""
        there: list[Figure] = []
        before: tuple[_Mention, Figure] | None = None
        for mention in self._mentions(told.narration):
            figure = self._figure(mention, told.narration, before)
            if figure is None:
                continue
            before = (mention, figure)
            self._speak_of(figure, mention, told.narration)
            there.append(figure)
        there += [self._by_name(name) for name in told.speakers]
        for figure in there:
            figure.told += 1
        self._told += len(told.narration)
        return list({id(figure): figure for figure in there}.values())

    def _mentions(self, text: str) -> Iterator[_Mention]:
        """Names, descriptions and pronouns in order; a description inside a name is the name's."""
        named = (
            [_Mention(one.start(), one.end(), one.group()) for one in self._name.finditer(text)] if self._name else []
        )
        inside = {place for one in named for place in range(one.start, one.end)}
        described = [
            _Mention(phrase.start, phrase.end, phrase.text, phrase)
            for phrase in phrases(text)
            if (phrase.is_person or phrase.head in animals()) and not inside & {phrase.start, phrase.end - 1}
        ]
        meant = [
            _Mention(one.start(), one.end(), one.group(), None, _gender(one.group()))
            for one in self._pronoun.finditer(text)
        ]
        return iter(sorted([*named, *described, *meant], key=lambda mention: mention.start))

    def _figure(self, mention: _Mention, text: str, before: tuple[_Mention, Figure] | None) -> Figure | None:
        if mention.gender:
            return self._meant(mention, before[1] if before and _is_object(text, before[0], mention) else None)
        same = before[1] if before and _is_same(text[before[0].end : mention.start], before[0], mention) else None
        if mention.phrase is None:
            return self._by_name(mention.text, same)
        figure = same or self._by_description(mention.phrase)
        figure.describe(mention.phrase.text, mention.phrase.head)
        return figure

    def _by_name(self, name: str, same: Figure | None = None) -> Figure:
        figure = next((one for one in self.figures if one.name and _alike(one.name, name)), None) or same or Figure()
        figure.name = max(figure.name, name, key=len)
        return self._kept(figure)

    def _by_description(self, phrase: Phrase) -> Figure:
        many = is_plural(phrase.text)
        fitting = (
            one for one in reversed(self.figures) if one.fits(phrase.head, phrase.text) and not (many and one.name)
        )
        figure = next(fitting, None) or Figure(is_animal=phrase.head in animals())
        if many:
            figure.gender = "many"
        return self._kept(figure)

    def _kept(self, figure: Figure) -> Figure:
        if not any(one is figure for one in self.figures):
            self.figures.append(figure)
        return figure

    def _meant(self, pronoun: _Mention, doer: Figure | None) -> Figure | None:
        """The likeliest figure that a pronoun may mean, never who does it to them; it is of their gender from then on."""
        here = self._told + pronoun.start
        agreeing = {pronoun.gender} if pronoun.gender == "many" else {"", pronoun.gender}
        near = [one for one in self.figures if here - one.last < _REACH and one is not doer]
        fitting = [one for one in near if one.gender in agreeing]
        best = max(fitting, key=lambda one: _salience(one, pronoun.gender, here), default=None)
        if best and pronoun.gender != "many":
            best.gender = pronoun.gender
        return best

    def _speak_of(self, figure: Figure, mention: _Mention, text: str) -> None:
        opens = mention.start < _ARTICLE or bool(_OPENED.search(text[max(0, mention.start - 24) : mention.start]))
        figure.opens_sentence = opens or (figure.opens_sentence and bool(mention.gender))
        figure.last = self._told + mention.start


def _salience(figure: Figure, gender: Gender, here: int) -> float:
    agrees = 1.0 if figure.gender == gender else 0.0
    nearness = (figure.last - here) / 150
    return agrees + nearness + 0.5 * bool(figure.name) + 0.6 * figure.opens_sentence - 0.4 * figure.is_animal


def _is_same(between: str, before: _Mention, mention: _Mention) -> bool:
    """`Pip was a small brown mouse`, `a kitten named Luna`, `小刺猬，名叫团团`, `渔民老陈`: two words for one figure."""
    if before.gender:
        return False
    if before.phrase is None and mention.phrase is not None:
        return bool(_IS.match(between))
    return before.phrase is not None and mention.phrase is None and bool(_NAMED.match(between))


def _is_object(text: str, before: _Mention, pronoun: _Mention) -> bool:
    """Whether what was told of last does something to whom a pronoun means: `Anselm gave her`, `陈默望着她`."""
    if _CLAUSE_ENDS.search(text[before.end : pronoun.start]):
        return False
    after = text[pronoun.end : pronoun.end + 12]
    return pronoun.text.lower() in {"him", "her", "他", "她"} and bool(_AFTER_OBJECT.match(after))


def _alike(one: str, other: str) -> bool:
    """`Okoro` and `Captain Okoro` are one."""
    return one == other or one.endswith(" " + other) or other.endswith(" " + one) or one.startswith(other + " ")


def _gender(pronoun: str) -> Gender:
    low = pronoun.lower()
    if low.startswith("th") or low.endswith("们"):
        return "many"
    return "female" if low.startswith(("sh", "her")) or low == "她" else "male"


def _any_of(known: frozenset[str]) -> re.Pattern[str] | None:
    """Finds names: Latin ones by their borders, Chinese ones as they stand."""
    ordered = sorted(known, key=lambda name: (-len(name), name))[:200]
    forms = [rf"\b{re.escape(name)}\b" if name.isascii() else re.escape(name) for name in ordered]
    return re.compile("|".join(forms)) if forms else None
