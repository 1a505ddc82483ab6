"""An English sentence, word by word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from philo_tts.speech.english import say
from philo_tts.speech.english_lexicon import WORDS_WHEN_SHOUTED
from philo_tts.speech.english_phones import phones, say_phone
from philo_tts.speech.english_short import goes_on
from philo_tts.speech.tokens import Bare, Token

_PARTED = (".,", ".;", ".)", ".:")
"""Something comes between a short form and the next word: the two do not belong together."""


def say_english(words: Sequence[Bare]) -> Iterator[Token]:
    """A token for each of `words`; those without spoken words are silent."""
    shown = [word.shown for word in words]
    plain = WORDS_WHEN_SHOUTED if len(words) > 2 and " ".join(shown).isupper() else frozenset()
    cores = ["", *(word.core.lower() if word.core in plain else word.core for word in words), ""]
    called = phones(shown)
    for index, word in enumerate(words):
        before, core, after = cores[index : index + 3]
        follower = "" if word.shown.endswith(_PARTED) else after
        spoken = () if not core else say_phone(core) if index in called else say(core, before, follower, stop=word.stop)
        yield Token(word.shown, spoken, _pause(word, after))


def _pause(word: Bare, after: str) -> str:
    """The full stop of a short form is none, what follows it is."""
    if not word.stop or not goes_on(word.core, after):
        return word.pause
    return "," if word.shown.endswith(_PARTED) else ""
