"""From a shown text to what is said, word by word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from philo_tts.speech import chinese, english
from philo_tts.speech.english_lexicon import WORDS_WHEN_SHOUTED
from philo_tts.speech.english_phones import phones, say_phone
from philo_tts.speech.english_short import goes_on
from philo_tts.speech.passages import clean
from philo_tts.speech.scripts import primary, script
from philo_tts.speech.tokens import Token, attach_silent, bare

_CJK = "⺀-⿟぀-ヿ㐀-䶿一-鿿豈-﫿\U00020000-\U000323af"
_PIECE = re.compile(
    rf"[（「『《【“‘(\[{{<]*(?:[{_CJK}]|[^\s{_CJK}，。！？；：、…（）「」『』《》【】“”‘’]+)[^\s\w（「『《【“‘(\[{{#$€£¥@&=×÷~<>+-]*"
    r"|[^\s\w]+"
)


def speak_plan(text: str, language: str) -> tuple[Token, ...]:
    """The tokens of `text` (a sentence in BCP 47 `language`), in order, each with at least one spoken word.

    Shown texts, joined, give `text` without its blanks: English and its like by written word, Chinese and Japanese by
    character. Figures, money, dates, units, short forms and addresses are written out for English and Chinese; other
    voices read them by themselves.
    """
    spoken = primary(language)
    if spoken in {"zh", "yue", "ja"}:
        return attach_silent(_by_character(clean(text), say=_as_written if spoken == "ja" else chinese.say), "")
    pieces = clean(text).split()
    return attach_silent(_english(pieces) if spoken == "en" else map(_plain, pieces), " ")


def _english(pieces: list[str]) -> Iterator[Token]:
    words = [bare(piece) for piece in pieces]
    plain = WORDS_WHEN_SHOUTED if len(pieces) > 2 and " ".join(pieces).isupper() else frozenset()
    cores = ["", *(word.core.lower() if word.core in plain else word.core for word in words), ""]
    called = phones(pieces)
    for index, word in enumerate(words):
        before, core, after = cores[index : index + 3]
        stop = bool(core) and word.shown[word.shown.find(word.core) + len(core) :].startswith(".")
        spoken = () if not core else say_phone(core) if index in called else english.say(core, before, after, stop=stop)
        yield Token(word.shown, spoken, "" if stop and goes_on(core, after) else word.pause)


def _plain(piece: str) -> Token:
    word = bare(piece)
    heard = any(sign.isalnum() for sign in word.core)
    return Token(word.shown, (word.core,) if heard else (), word.pause)


def _by_character(text: str, say: Callable[[str, str, str], tuple[str, ...]]) -> Iterator[Token]:
    words = [bare(piece) for piece in _PIECE.findall(text)]
    rests = [word.core for word in words]
    currency = ""
    for at, word in enumerate(words):
        before, after = "".join(rests[max(at - 1, 0) : at])[-1:], "".join(rests[at + 1 : at + 3])[:2]
        if not word.core:
            yield Token(word.shown, (), word.pause)
            continue
        one = len(word.core) == 1 and script(word.core)
        spoken = (word.core,) if one else say(word.core, before, after)
        currency = chinese.currency_of(word.core) or currency
        if currency and not chinese.is_magnitude(after[:1]):
            spoken = (*spoken, *currency) if chinese.is_magnitude(word.core) else spoken
            currency = ""
        yield Token(word.shown, spoken, word.pause)


def _as_written(core: str, _before: str, _after: str) -> tuple[str, ...]:
    return (core,) if any(sign.isalnum() for sign in core) else ()
