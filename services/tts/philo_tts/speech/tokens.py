"""A word as it is shown, and the words that are said for it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

PAUSES = {"，": ",", "、": ",", "；": ";", "：": ":", "。": ".", "！": "!", "？": "?", "…": "…", "—": "—", "–": "—",
          "،": ",",
          "؛": ";", "؟": "?", "।": "."}  # fmt: skip
MARKS = ",:;—.…!?"
"""From the weakest to the strongest."""
_DASHES = frozenset({"-", "--", "—", "–", "——"})
SIGNS = frozenset({*"&+=×÷@#%<>~±≈≤≥≠→√π∞§©№−^*‰", "w/", "c/o"})
"""Words of their own when they stand alone."""

_MONEY = "$€£¥₹₩₽₺₿₫¢"
_TAIL = re.compile(rf"[^\w%‰°℃℉{_MONEY}+#½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒²³⁰¹⁴-⁹Ω]*$")
_HEAD = re.compile(rf"^(?:(?!['’]\d\d(?!\d)|(?<!\.)\.(?:\d|NET))[^\w#{_MONEY}@&+=~<>×÷%°±≈≤≥§№√½⅓⅔¼¾⅛⅜⅝⅞−-])*")


@dataclass(frozen=True, slots=True)
class Token:
    """`shown` with its punctuation, the words `spoken` for it, and the mark of the pause after it (`` or one of ,:;—.…!?).

    A token that is not heard (an emoji, a lone bracket) has no spoken words; `speak_plan` gives none of these.
    """

    shown: str
    spoken: tuple[str, ...]
    pause: str = ""


@dataclass(frozen=True, slots=True)
class Bare:
    """A piece of text without the punctuation around it."""

    shown: str
    core: str
    pause: str

    @property
    def stop(self) -> bool:
        """Whether a full stop follows the core."""
        return bool(self.core) and self.shown[self.shown.find(self.core) + len(self.core) :].startswith(".")


def bare(piece: str) -> Bare:
    if piece in SIGNS:
        return Bare(piece, piece, "")
    core = _TAIL.sub("", _HEAD.sub("", piece))
    marks = piece[piece.index(core) + len(core) :] if core else piece
    if marks in _DASHES:
        return Bare(piece, core, "—")
    heard = [PAUSES.get(mark, mark) for mark in marks.replace("...", "…").replace("--", "—")]
    strongest = max((mark for mark in heard if mark in MARKS), key=MARKS.index, default="")
    return Bare(piece, core, strongest)


def attach_silent(tokens: Iterable[Token], gap: str) -> tuple[Token, ...]:
    """Tokens without sound join the one before them, at the beginning the one after; alone they vanish."""
    heard: list[Token] = []
    waiting = ""
    for token in tokens:
        if token.spoken:
            heard.append(replace(token, shown=waiting + token.shown))
            waiting = ""
        elif heard:
            heard[-1] = replace(
                heard[-1], shown=heard[-1].shown + gap + token.shown, pause=heard[-1].pause or token.pause
            )
        else:
            waiting += token.shown + gap
    return tuple(heard)
