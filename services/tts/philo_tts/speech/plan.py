"""From a shown text to what is said, word by word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from philo_tts.speech.passages import clean
from philo_tts.speech.pronunciations import overridden
from philo_tts.speech.readings import reading
from philo_tts.speech.tokens import Token, attach_silent, bare

_NONE: Mapping[str, str] = MappingProxyType({})


def speak_plan(text: str, language: str, pronunciations: Mapping[str, str] = _NONE) -> tuple[Token, ...]:
    """The tokens of `text` (a sentence in BCP 47 `language`), in order, each with at least one spoken word.

    Shown texts, joined, give `text` without its blanks: English and its like by written word, Chinese and Japanese by
    character. Figures, money, dates, units, short forms and addresses are written out for English, Chinese and the
    languages of `tongues/`; other voices read them by themselves. `pronunciations` go before all of that.
    """
    way = reading(language)
    words = [bare(piece) for piece in way.cut(clean(text))]
    tokens = list(way.say(words))
    said = overridden([word.core for word in words], pronunciations, lambda text: _cores(way.cut(clean(text))))
    tokens = [replace(token, spoken=said.get(at, token.spoken)) for at, token in enumerate(tokens)]
    return attach_silent(tokens, way.gap)


def _cores(pieces: list[str]) -> tuple[str, ...]:
    return tuple(core for piece in pieces if (core := bare(piece).core))
