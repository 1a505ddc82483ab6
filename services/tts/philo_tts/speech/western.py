"""A sentence of a language of `tongues/`, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from philo_tts.speech.cldr import CURRENCIES, UNITS, spelled, unit
from philo_tts.speech.english_addresses import is_address, spell_address
from philo_tts.speech.english_lexicon import REGNAL
from philo_tts.speech.english_phones import phones
from philo_tts.speech.english_roman import value
from philo_tts.speech.english_short import is_spelled
from philo_tts.speech.tokens import Bare, Token
from philo_tts.speech.tongue import Tongue
from philo_tts.speech.western_figures import cardinal, cents, currency, digits, figure, quantity

Words = tuple[str, ...]

_KINGS = REGNAL | frozenset({
    "ludwig", "heinrich", "karl", "friedrich", "wilhelm", "katharina", "elisabeth", "johannes", "henri", "françois",
    "philippe", "charles", "guillaume", "jean", "benoît", "pie", "léon", "élisabeth", "isabel", "carlos", "fernando",
    "enrique", "benedicto", "pío", "juan", "alfonso",
})  # fmt: skip
_RUNS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+|[&+@%=]")


def say_western(words: Sequence[Bare], speech: Tongue) -> Iterator[Token]:
    """A token for each of `words`; those without spoken words are silent."""
    cores = ["", *(word.core for word in words), ""]
    called = phones([word.shown for word in words])
    joined = {**_grouped(words, speech), **_paired(words, speech)}
    for at, word in enumerate(words):
        before, core, after = cores[at : at + 3]
        if at in joined:
            spoken = joined[at]
        else:
            spoken = () if not core else _phone(core, speech) if at in called else _said(word, before, after, speech)
        pause = "" if word.stop and after and _is_part(word, after, speech) else word.pause
        yield Token(word.shown, spoken, pause)


def _grouped(words: Sequence[Bare], speech: Tongue) -> dict[int, Words]:
    """1 200 written in two pieces is said by the first."""
    found: dict[int, Words] = {}
    at = 0
    while at < len(words):
        end = at + 1
        if re.fullmatch(r"[1-9]\d{0,2}", words[at].shown) and " " in speech.groups:
            while end < len(words) and re.fullmatch(r"\d{3}", words[end].core) and words[end - 1].shown.isdecimal():
                end += 1
        if end > at + 1:
            whole = int("".join(word.core for word in words[at:end]))
            found |= {at: cardinal(whole, speech), **dict.fromkeys(range(at + 1, end), ())}
        at = end
    return found


def _paired(words: Sequence[Bare], speech: Tongue) -> dict[int, Words]:
    """z. B. and p. ex., written in two pieces."""
    found: dict[int, Words] = {}
    for at, (one, other) in enumerate(pairwise(words)):
        said = speech.short.get(f"{one.core}.{other.core}".lower(), "").split() if one.stop and other.stop else []
        if said:
            found |= {at: tuple(said[:1]), at + 1: tuple(said[1:])}
    return found


def is_abbreviation(core: str, speech: Tongue) -> bool:
    """Whether a full stop after it says nothing about the end of a sentence."""
    numbered = speech.ordinal.stop and (core.isdecimal() and len(core) < 3)
    return bool(numbered or core.lower() in speech.short or (len(core) == 1 and core.isupper()))


def _is_part(word: Bare, after: str, speech: Tongue) -> bool:
    return is_abbreviation(word.core, speech) or after[:1].islower()


def _said(word: Bare, before: str, after: str, speech: Tongue) -> Words:
    core = word.core
    if core in speech.signs:
        return tuple(speech.signs[core].split())
    if is_address(core):
        return spell_address(core, speech.address, lambda run: digits(run, speech))
    return (
        _short(word, speech)
        or _large_money(core, before, speech)
        or _noun(core, before, speech)
        or _roman(word, before, speech)
        or figure(word, before, after, speech)
        or _pieces(core, speech)
    )


def _short(word: Bare, speech: Tongue) -> Words:
    short = word.core.lower()
    known = short in speech.short and (word.stop or "." in short or short in speech.stopless)
    return tuple(speech.short[short].split()) if known else ()


def _large_money(core: str, before: str, speech: Tongue) -> Words:
    """Millionen after €5: the currency comes here."""
    sign = before[:1]
    if core.lower() not in speech.large or sign not in CURRENCIES:
        return ()
    return (core, *speech.money["of"].split(), *currency(sign, 5, speech))


def _noun(core: str, before: str, speech: Tongue) -> Words:
    """A unit or a currency right after its number."""
    amount = quantity(before, speech)
    large = before.lower() in speech.large or before.lower() in {"mio", "mrd"}
    if core in CURRENCIES and (amount is not None or large):
        of = tuple(speech.money["of"].split()) if large and before[-1:].isalpha() else ()
        name = currency(core, 5 if amount is None else amount, speech)
        coins = cents(before, speech)
        return (*of, *name, *coins)
    if core in UNITS and amount is not None and (len(core) > 1 or before[-1:].isdigit()):
        return tuple(unit(core, amount, speech.language).split())
    return ()


def _roman(word: Bare, before: str, speech: Tongue) -> Words:
    kings = speech.roman
    if kings.sign and (found := kings.sign.fullmatch(word.core)) and (number := value(found[1])):
        return (spelled(number, speech.language, kings.rule),)
    number = value(word.core) if word.core.isupper() else None
    if not number or not before or (word.core == "I" and before.lower() not in _KINGS | kings.nouns):
        return ()
    if before.lower() in _KINGS and before[:1].isupper():
        counts = kings.names == "cardinal" or number > kings.highest
        said = spelled(number, speech.language, speech.cardinal if counts else kings.rule)
        return (kings.article, said.capitalize()) if kings.article else (said,)
    return cardinal(number, speech) if before.lower() in kings.nouns else ()


def _phone(core: str, speech: Tongue) -> Words:
    words: list[str] = [speech.words["plus"]] if core.startswith("+") else []
    for group in re.findall(r"\d+", core):
        words.extend(digits(group, speech))
        words[-1] += ","
    return (*words[:-1], words[-1].removesuffix(","))


def _pieces(core: str, speech: Tongue) -> Words:
    if core.replace("-", "").replace("'", "").replace("’", "").isalpha() and not is_spelled(core):
        return (core.replace("’", "'"),)
    words: list[str] = []
    for run in _RUNS.findall(core):
        if run.isdecimal():
            words.extend(cardinal(int(run), speech) if len(run) < 5 and run[0] != "0" else digits(run, speech))
        elif run in speech.signs:
            words.extend(speech.signs[run].split())
        else:
            words.extend(run if is_spelled(run) else (run,))
    return tuple(words)
