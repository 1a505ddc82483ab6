"""Screenplays and dialogues: a heading opens a scene, and who speaks is known but not said.

Follows the look of a Fountain script (fountain.io/syntax) and of Chinese ones (`第一场 内景 夜`, `掌柜：……`).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from philo_analysis.text.marks import Kind, Line

_HEADING = re.compile(r"^\.?(?:INT\.?/EXT|EXT\.?/INT|INT|EXT|EST|I/E)[. ].*[^.!?]$")
_CHINESE_HEADING = re.compile(
    r"^(?:第[一二三四五六七八九十百\d]+[场幕集]|场景[一二三四五六七八九十\d]+|[内外]景)[^。！？]{0,30}$"
)
_TRANSITION = re.compile(r"^(?:>\s*)?(?:[A-Z ]+ TO:|FADE (?:IN|OUT)[.:]?|THE END\.?)$")
_CUE = re.compile(r"^([A-Z][A-Z .'\-]{0,30}?)(?: ?\([A-Za-z .'\-]+\))*$")
_ASIDE = re.compile(r"^[(（][^()（）]{1,80}[)）]\s*")
_NAMED = re.compile(
    r"^([A-Z][\w.'’\-]{0,20}(?: [A-Z][\w.'’\-]{0,20}){0,2}|[\u3400-\u9fff·]{1,6})"
    r"(?:\s?[(（][^()（）:：]{1,20}[)）])?\s?[:：]\s*(?=\S)"
)
_NOBODY = re.compile(
    r"(?i)title|note|tip|hint|step|warning|summary|source|example|answer|question|date|time|place|标题|题目|片名|注意|提示|"
    r"例如|比如|来源|时间|地点|人物|总结|答案|问题|步骤|备注"
)
_FEWEST_TURNS = 4
_CAPITALS = re.compile(r"\b[A-Z][A-Z'’\-]+(?: [A-Z][A-Z'’\-]+)*\b")


def read_cues(lines: list[Line]) -> list[Line]:
    """Lines of a screenplay with scene headings marked, each speech in one line without its speaker's name."""
    marked = [_mark(line) for line in lines]
    if any(_is_heading(line.text) for line in marked if line.kind is Kind.HEADING):
        return _quietly(_name_speakers(_join_speeches(marked)))
    return _name_speakers(marked) if _is_dialogue(marked) else lines


def _mark(line: Line) -> Line:
    if line.kind is Kind.PLAIN and _is_heading(line.text):
        return Line(Kind.HEADING, line.text.removeprefix("."))
    if line.kind is Kind.PLAIN and _TRANSITION.match(line.text):
        return Line(Kind.BLANK, "")
    return line


def _is_heading(text: str) -> bool:
    return bool(_HEADING.match(text) or _CHINESE_HEADING.match(text))


def _is_dialogue(lines: list[Line]) -> bool:
    """Two people or more who speak in turns, in half of all lines."""
    told = [line.text for line in lines if line.kind is Kind.PLAIN]
    turns = Counter(name for text in told if (name := _speaker(text)))
    recurring = [name for name, count in turns.items() if count > 1]
    return len(recurring) > 1 and turns.total() >= max(_FEWEST_TURNS, len(told) / 2)


def _speaker(text: str) -> str:
    found = _NAMED.match(text)
    return found.group(1) if found and not _NOBODY.fullmatch(found.group(1)) else ""


def _name_speakers(lines: list[Line]) -> list[Line]:
    return [_named(line) if line.kind is Kind.PLAIN else line for line in lines]


def _named(line: Line) -> Line:
    name = _speaker(line.text)
    return _speech(name, [_NAMED.sub("", line.text)]) if name else line


def _quietly(lines: list[Line]) -> list[Line]:
    """Names that a screenplay puts in capitals, as they are written elsewhere."""
    names = {word for line in lines for word in line.speaker.upper().split()}
    return [replace(line, text=_CAPITALS.sub(lambda run: _quiet(run.group(), names), line.text)) for line in lines]


def _quiet(run: str, names: set[str]) -> str:
    return run.title() if names & set(run.split()) else run


def _join_speeches(lines: list[Line]) -> list[Line]:
    joined: list[Line] = []
    index = 0
    while index < len(lines):
        if _opens_speech(lines, index):
            end = _speech_end(lines, index)
            found = _CUE.match(lines[index].text)
            joined.append(_speech(found.group(1) if found else "", [line.text for line in lines[index + 1 : end]]))
            index = end
        else:
            joined.append(lines[index])
            index += 1
    return joined


def _opens_speech(lines: list[Line], index: int) -> bool:
    after_blank = index == 0 or lines[index - 1].kind is not Kind.PLAIN
    followed = index + 1 < len(lines) and lines[index + 1].kind is Kind.PLAIN
    return after_blank and followed and lines[index].kind is Kind.PLAIN and bool(_CUE.match(lines[index].text))


def _speech_end(lines: list[Line], index: int) -> int:
    while index < len(lines) and lines[index].kind is Kind.PLAIN:
        index += 1
    return index


def _speech(speaker: str, texts: list[str]) -> Line:
    """What is said, without directions for the actor; a capital name as it is written elsewhere."""
    words = " ".join(filter(None, (_ASIDE.sub("", text) for text in texts)))
    name = speaker.title() if speaker.isupper() else speaker
    return Line(Kind.SPEECH if words else Kind.BLANK, words, speaker=name)
