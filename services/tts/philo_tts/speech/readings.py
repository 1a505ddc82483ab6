"""How a language is cut into shown words, and who says them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from philo_tts.speech.chinese_sentence import say_characters
from philo_tts.speech.english_sentence import say_english
from philo_tts.speech.scripts import primary, script
from philo_tts.speech.tokens import Bare, Token
from philo_tts.speech.tongue import TONGUES, tongue
from philo_tts.speech.western import say_western

_CJK = "⺀-⿟぀-ヿ㐀-䶿一-鿿豈-﫿\U00020000-\U000323af"
_PIECE = re.compile(
    rf"[（「『《【“‘(\[{{<]*(?:[{_CJK}]|[^\s{_CJK}，。！？；：、…（）「」『』《》【】“”‘’]+)[^\s\w（「『《【“‘(\[{{#$€£¥@&=×÷~<>+-]*"
    r"|[^\s\w]+"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """`cut` parts a text into shown pieces, `gap` joins them, `say` makes a token of each."""

    cut: Callable[[str], list[str]]
    gap: str
    say: Callable[[Sequence[Bare]], Iterable[Token]]


def reading(language: str) -> Reading:
    spoken = primary(language)
    if spoken in {"zh", "yue"}:
        return Reading(_PIECE.findall, "", say_characters)
    if spoken == "ja":
        return Reading(_PIECE.findall, "", _as_written)
    if spoken == "en":
        return Reading(str.split, " ", say_english)
    if spoken in TONGUES:
        return Reading(str.split, " ", partial(say_western, speech=tongue(spoken)))
    return Reading(str.split, " ", _as_written)


def _as_written(words: Sequence[Bare]) -> list[Token]:
    """The voice reads figures by itself."""
    return [Token(word.shown, (word.core,) if _is_heard(word.core) else (), word.pause) for word in words]


def _is_heard(core: str) -> bool:
    return any(sign.isalnum() or script(sign) for sign in core)
