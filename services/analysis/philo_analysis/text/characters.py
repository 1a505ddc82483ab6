"""Characters: one form for each, and nothing that cannot be seen or spoken."""

from __future__ import annotations

import html
import re
import unicodedata

_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")
_INVISIBLE = re.compile(r"[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffc\ufffd]")
_SPACES = re.compile(r"[^\S\n]+")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8});")
_CJK = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\uff01-\uff60\u3001-\u303f"
_CJK_CHARACTER = re.compile(f"[{_CJK}]")
_CJK_LETTER = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_QUOTES = frozenset({"”“", "’‘"})


def normalise(raw: str) -> str:
    """NFC text with `\\n` line ends and plain single spaces, free of control and invisible characters."""
    text = _LINE_ENDS.sub("\n", _ENTITY.sub(lambda entity: html.unescape(entity.group()), raw))
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    text = "".join(character for character in text if character in "\n\t" or not _is_control(character))
    return _SPACES.sub(" ", text)


def is_cjk(character: str) -> bool:
    """Whether a character, or its punctuation, is written without spaces around it."""
    return bool(_CJK_CHARACTER.match(character))


def cjk_letters(text: str) -> int:
    """How many characters are Han, kana or hangul."""
    return len(_CJK_LETTER.findall(text))


def join(pieces: list[str] | tuple[str, ...]) -> str:
    """Pieces of one text put together again: a space between Latin ones, none beside Chinese."""
    text = ""
    for piece in filter(None, pieces):
        text += " " + piece if text and not _touches(text[-1], piece[0]) else piece
    return text


def _touches(before: str, after: str) -> bool:
    if is_cjk(before) and is_cjk(after):
        return True
    return any(is_cjk(side) and not _CJK_LETTER.match(side) for side in (before, after)) or (before + after) in _QUOTES


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs", "Co", "Cn"}
