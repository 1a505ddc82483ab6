"""Screenplay cues: a heading opens a scene, and who speaks is told before the words.

Follows the look of a Fountain script (fountain.io/syntax) and of Chinese ones (`第一场 内景 夜`).
"""

from __future__ import annotations

import re

from philo_analysis.text.marks import Kind, Line

_HEADING = re.compile(r"^\.?(?:INT\.?/EXT|EXT\.?/INT|INT|EXT|EST|I/E)[. ].*[^.!?]$")
_CHINESE_HEADING = re.compile(
    r"^(?:第[一二三四五六七八九十百\d]+[场幕集]|场景[一二三四五六七八九十\d]+|[内外]景)[^。！？]{0,30}$"
)
_TRANSITION = re.compile(r"^(?:>\s*)?(?:[A-Z ]+ TO:|FADE (?:IN|OUT)[.:]?)$")
_CHARACTER = re.compile(r"^[A-Z][A-Z .'\-]{0,30}(?: ?\([A-Za-z .'\-]+\))?$")
_ASIDE = re.compile(r"^\([^()]+\)$")


def read_cues(lines: list[Line]) -> list[Line]:
    """Lines of a screenplay with scene headings marked and each speech in one line; others as they are."""
    marked = [_mark(line) for line in lines]
    if not any(_HEADING.match(line.text) for line in marked if line.kind is Kind.HEADING):
        return marked
    return _join_speeches(marked)


def _mark(line: Line) -> Line:
    if line.kind is Kind.PLAIN and (_HEADING.match(line.text) or _CHINESE_HEADING.match(line.text)):
        return Line(Kind.HEADING, line.text.removeprefix("."))
    if line.kind is Kind.PLAIN and _TRANSITION.match(line.text):
        return Line(Kind.ITEM, line.text.removeprefix(">").strip())
    return line


def _join_speeches(lines: list[Line]) -> list[Line]:
    joined: list[Line] = []
    index = 0
    while index < len(lines):
        if _opens_speech(lines, index):
            end = _speech_end(lines, index)
            joined.append(Line(Kind.ITEM, _speech([line.text for line in lines[index:end]])))
            index = end
        else:
            joined.append(lines[index])
            index += 1
    return joined


def _opens_speech(lines: list[Line], index: int) -> bool:
    after_blank = index == 0 or lines[index - 1].kind is not Kind.PLAIN
    followed = index + 1 < len(lines) and lines[index + 1].kind is Kind.PLAIN
    return after_blank and followed and lines[index].kind is Kind.PLAIN and bool(_CHARACTER.match(lines[index].text))


def _speech_end(lines: list[Line], index: int) -> int:
    while index < len(lines) and lines[index].kind is Kind.PLAIN:
        index += 1
    return index


def _speech(texts: list[str]) -> str:
    speaker, *words = texts
    while words and _ASIDE.match(words[0]):
        speaker = f"{speaker} {words.pop(0)}"
    return f"{speaker}: {' '.join(words)}" if words else speaker
