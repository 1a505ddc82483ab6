"""English: longest phrases first, then words, with the cautions that common verbs need."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from philo_render.pictures.matching.ballot import CUE, Ballot
from philo_render.pictures.matching.lexicon import Cue, lexicon, words
from philo_render.pictures.matching.negation import without_denied
from philo_render.pictures.matching.senses import sense

_WORD = re.compile(r"[a-z][a-z'-]*")
_LONGEST = 4
_STROKED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe"})
_VAGUE_TAG = 3  # a tag that more icons share says nothing


def lemma(word: str) -> str:
    """A noun's singular, well enough for a picture."""
    irregular = words().plurals.get(word)
    if irregular:
        return irregular
    if word.endswith("'s"):
        return word[:-2]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("oes", "ses", "xes", "ches", "shes")):
        return word[:-2]
    plural = len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return word[:-1] if plural else word


def read_english(text: str, ballot: Ballot, boost: float, aside: bool) -> None:
    """Count the words of a text. Earlier words weigh more."""
    low = _plain(text.lower().replace("’", "'"))
    for idiom in words().idioms:
        low = re.sub(rf"\b{re.escape(idiom)}\b", lambda found: " " * len(found.group()), low)
    found = [(match.group(), match.start()) for match in _WORD.finditer(without_denied(low))]
    tokens = [word for word, _ in found]
    place = 0
    while place < len(tokens):
        weight = boost * (1.15 - 0.4 * found[place][1] / max(1, len(low)))
        place += _count(tokens, place, weight, ballot, aside) or 1


def _plain(text: str) -> str:
    """Letters without their accents: Zürich is not rich."""
    parted = unicodedata.normalize("NFD", text.translate(_STROKED))
    return "".join(letter for letter in parted if not unicodedata.combining(letter))


def _count(tokens: list[str], place: int, weight: float, ballot: Ballot, aside: bool) -> int:
    """Count the longest phrase that starts here; how many words it took."""
    for length in range(min(_LONGEST, len(tokens) - place), 0, -1):
        phrase = tokens[place : place + length]
        means = sense(phrase[0], tokens.__contains__) if length == 1 else None
        if means is not None:
            _mean(means, weight, ballot, aside)
            return 1
        if length == 1 and not aside and _doubtful(tokens, place):
            return 0
        forms = tuple(_forms(phrase))
        cue = _cue(forms, length)
        if cue:
            ballot.cast(cue, CUE * weight, aside)
            return length
        if _label(forms, length, weight, ballot, aside):
            return length
    return 0


def _mean(means: str, weight: float, ballot: Ballot, aside: bool) -> None:
    if means:
        ballot.cast(lexicon().english[means], CUE * weight, aside)


def _forms(phrase: list[str]) -> Iterator[str]:
    yield " ".join(phrase)
    yield " ".join([*phrase[:-1], lemma(phrase[-1])])


def _doubtful(tokens: list[str], place: int) -> bool:
    """Is this word more likely a verb or an adjective here?"""
    word, before = tokens[place], tokens[place - 1] if place else ""
    strict = word in words().strict or lemma(word) in words().strict
    loose = word in words().loose or lemma(word) in words().loose
    named = before in words().before or before.endswith("est")
    return (strict and not named) or (loose and before in words().verbish)


def _cue(forms: tuple[str, ...], length: int) -> Cue | None:
    known = lexicon()
    for form in forms:
        if form in known.english:
            return known.english[form]
    if length == 1:
        return next((cue for stem, cue in known.stems.items() if forms[0].startswith(stem)), None)
    return None


def _label(forms: tuple[str, ...], length: int, weight: float, ballot: Ballot, aside: bool) -> bool:
    named = next((lexicon().labels[form] for form in forms if form in lexicon().labels), [])
    counted = False
    for strength, illustration in named:
        vague = (
            length == 1 and strength < 1.5 and (len(named) > _VAGUE_TAG or forms[0] in words().strict | words().loose)
        )
        if not vague:
            ballot.name(illustration, strength * weight / len(named) ** 0.5, aside)
            counted = True
    return counted
