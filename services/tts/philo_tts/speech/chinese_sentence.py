"""A Chinese sentence, character by character; figures and foreign words stay whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from philo_tts.speech.chinese import say
from philo_tts.speech.chinese_figures import currency_of
from philo_tts.speech.chinese_units import MAGNITUDES
from philo_tts.speech.scripts import script
from philo_tts.speech.tokens import Bare, Token


def say_characters(words: Sequence[Bare]) -> Iterator[Token]:
    """A token for each of `words`. The currency of $5亿 is said after its magnitude."""
    cores = [word.core for word in words]
    currency = ""
    for at, word in enumerate(words):
        before, after = "".join(cores[max(at - 1, 0) : at])[-1:], "".join(cores[at + 1 : at + 3])[:2]
        spoken = _said(word.core, before, after)
        currency = currency_of(word.core) or currency
        if currency and after[:1] not in MAGNITUDES:
            spoken = (*spoken, *currency) if word.core in MAGNITUDES else spoken
            currency = ""
        yield Token(word.shown, spoken, word.pause)


def _said(core: str, before: str, after: str) -> tuple[str, ...]:
    if not core:
        return ()
    return (core,) if len(core) == 1 and script(core) else say(core, before, after)
