"""Sentences of a paragraph, English, Chinese and what is written like them."""

from __future__ import annotations

import re

from philo_analysis.lexicons import named

ENDINGS = "。！？；｡"
_CLOSERS = "\"'”’»)]」』）】》〉"
_BOUNDARY = re.compile(rf"(?:[.!?…।؟۔]+|[{ENDINGS}…]+)[{re.escape(_CLOSERS)}]*")
_LAST = re.compile(rf"[.!?…।؟۔{ENDINGS}][{re.escape(_CLOSERS)}]*$")

_NEAR = 80
"""Characters before and after a mark that tell whether it ends a sentence."""

_NEVER_LAST = named("grammar.en", "never last")
_SELDOM_LAST = named("grammar.en", "seldom last")
_NUMBERED = named("grammar.en", "numbered")
_OPENERS = named("grammar.en", "openers")
_SAID = "|".join(sorted(named("grammar.en", "said")))
_TELLS_WHO = re.compile(rf"^(?:(?!Nobody|No one|Everyone)[A-Z][\w'’]*|[Tt]he [\w ]{{2,20}}?|I)\s(?:{_SAID})\b")
_TELLS_WHO_ZH = re.compile(r"^[^，。！？；：、“「\s]{0,7}?(?:[说道问喊叫答叹嚷][，。：着]|[笑想][着：])")


def split(paragraph: str) -> tuple[str, ...]:
    """The sentences of one paragraph, in order, each with its end mark and the quotes that close with it.

    Joined without spaces they are the paragraph without spaces. Abbreviations, initials, decimals and a speech
    followed by who said it do not end a sentence.
    """
    sentences: list[str] = []
    start = 0
    for found in _BOUNDARY.finditer(paragraph):
        if _is_end(paragraph, start, found):
            sentences.append(paragraph[start : found.end()].strip())
            start = found.end()
    sentences.append(paragraph[start:].strip())
    return tuple(filter(None, sentences))


def ends_sentence(text: str) -> bool:
    """Whether a line ends with a sentence's end mark, closing quotes allowed."""
    return bool(_LAST.search(text))


def _is_end(paragraph: str, start: int, found: re.Match[str]) -> bool:
    """Judged by what stands near the mark, so that a long paragraph takes no more than its length."""
    before = paragraph[max(start, found.start() - _NEAR) : found.start()]
    mark, after = found.group(), paragraph[found.end() : found.end() + _NEAR]
    if not after.strip() or not before.strip():
        return bool(before.strip())
    if any(character in ENDINGS for character in mark):
        return not (mark[-1] in _CLOSERS and _TELLS_WHO_ZH.match(after))
    if not after[0].isspace():
        return _ends_before_chinese(before, mark, after)
    return _ends_before_space(before, mark, after.lstrip())


def _ends_before_chinese(before: str, mark: str, after: str) -> bool:
    """`……` or a Latin mark with Chinese right after it; a stammer (`我……我`) goes on."""
    if not "\u2e80" <= after[0] <= "\u9fff" or after[0] in "，、：":
        return False
    if mark[-1] in _CLOSERS:
        return not _TELLS_WHO_ZH.match(after)
    return "…" in mark and before[-1] != after[0]


def _ends_before_space(before: str, mark: str, after: str) -> bool:
    opening = after.lstrip("\"'“‘«([¿¡—–-")
    if not opening or opening[0].islower():
        return False
    if mark[-1] in _CLOSERS and _TELLS_WHO.match(opening):
        return False
    return not mark.startswith(".") or mark.startswith("..") or _full_stop_ends(before, opening)


def _full_stop_ends(before: str, after: str) -> bool:
    last = before.rsplit(maxsplit=1)[-1].lstrip("\"'“‘«([")
    low = last.lower()
    if last.isdigit() and before.strip() == last:
        return False
    if low in _NEVER_LAST or (low in _NUMBERED and after[0].isdigit()):
        return False
    is_initial = len(last) == 1 and last.isupper()
    if is_initial or low in _SELDOM_LAST or re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", last):
        return _first_word(after) in _OPENERS
    return True


def _first_word(text: str) -> str:
    found = re.match(r"[\w'’]+", text)
    return found.group().lower() if found else ""
