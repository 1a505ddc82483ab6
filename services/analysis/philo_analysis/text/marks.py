"""Marks of Markdown and HTML: what they say about a line is kept, the marks are not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from philo_analysis.text.unspoken import without_addresses


class Kind(Enum):
    BLANK = auto()
    PLAIN = auto()
    HEADING = auto()
    ITEM = auto()
    SPEECH = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its marks. `strong` when it was a top heading or wholly bold: likely a title.

    `speaker` is who says it, in a `SPEECH`; `number` is what an `ITEM` was counted by.
    """

    kind: Kind
    text: str
    strong: bool = False
    speaker: str = ""
    number: str = ""


_RULE = re.compile(r"^(?:[-*_=~] ?){3,}$")
_FENCE = re.compile(r"^(?:```|~~~)[\w+-]*$")
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_BULLET = re.compile(r"^[-*+•‣◦▪●·]\s+(?=\S)")
_NUMBERED = re.compile(r"^\(?(\d{1,2})[.)、]\s*(?=\S)")
_QUOTED = re.compile(r"^(?:>\s?)+")
_BOLD_LINE = re.compile(r"^(\*\*|__)(?=\S)([^*_]+)(?<=\S)\1$")
_TAGS = "br|p|b|i|em|strong|u|s|h[1-6]|ul|ol|li|div|span|blockquote|sub|sup|center|hr|font"
_HTML = re.compile(rf"</?(?:{_TAGS})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\)")
_STARS = re.compile(r"(?<![\w*])(\*{1,3}|~~)(?=[^\s*])([^*~]+?)(?<=[^\s*])\1(?![\w*])")
_INNER_STARS = re.compile(r"(\*\*)(?=[^\s*])([^*]+?)(?<=[^\s*])\1")
_UNDERSCORES = re.compile(r"(?<!\w)(_{1,3})(?=[^\s_])([^_]+?)(?<=[^\s_])\1(?!\w)")
_ANY_MARK = re.compile(r"[\[*_~`|]|://|www\.")
_NOTE = re.compile(r"\[\^[\w-]{1,20}\](?!:)")
_TABLE_ROW = re.compile(r"^\|(.*\|.*)\|$")
_TABLE_RULE = re.compile(r"^\|?(?:\s*:?-{3,}:?\s*\|)+(?:\s*:?-{3,}:?\s*)?$")
_CODE = re.compile(r"(`{1,2})([^`]+)\1")


def read_lines(text: str) -> list[Line]:
    """Every line of `text`, with blank ones, freed of Markdown and HTML marks."""
    lines = [line.strip() for line in _HTML.sub(_spoken_tag, text).split("\n")]
    numbers = {int(found.group(1)) for line in lines if (found := _NUMBERED.match(line))}
    return _with_underlined_headings([_read_line(line, numbers) for line in lines], lines)


def _read_line(line: str, numbers: set[int]) -> Line:
    read = _marked(line, numbers)
    return read if read.text else Line(Kind.BLANK, "")


def _marked(line: str, numbers: set[int]) -> Line:
    line = _QUOTED.sub("", line).strip()
    if not line or _RULE.match(line) or _FENCE.match(line) or _TABLE_RULE.match(line):
        return Line(Kind.BLANK, "")
    if found := _HEADING.match(line):
        return Line(Kind.HEADING, _inline(found.group(2)), strong=len(found.group(1)) == 1)
    if found := _BOLD_LINE.match(line):
        return Line(Kind.PLAIN, _inline(found.group(2)), strong=True)
    if found := _BULLET.match(line) or _list_number(line, numbers):
        number = found.group(1) if found.re is _NUMBERED else ""
        return Line(Kind.ITEM, _inline(line[found.end() :]), number=number)
    return Line(Kind.PLAIN, _inline(line))


def _list_number(line: str, numbers: set[int]) -> re.Match[str] | None:
    """A number that opens a line is a list's only when its neighbour is there too; else it is a word."""
    found = _NUMBERED.match(line)
    return found if found and numbers & {int(found.group(1)) - 1, int(found.group(1)) + 1} else None


def _with_underlined_headings(lines: list[Line], raw: list[str]) -> list[Line]:
    for index, under in enumerate(raw[1:], start=1):
        if re.fullmatch(r"={3,}|-{3,}", under) and lines[index - 1].kind is Kind.PLAIN:
            lines[index - 1] = Line(Kind.HEADING, lines[index - 1].text, strong=under[0] == "=")
    return lines


def _inline(text: str) -> str:
    if not _ANY_MARK.search(text):
        return text.strip()
    text = without_addresses(_NOTE.sub("", _LINK.sub(r"\1", text)))
    if found := _TABLE_ROW.match(text):
        text = ", ".join(filter(None, (cell.strip() for cell in found.group(1).split("|")))) + "."
    for pattern in (_CODE, _STARS, _INNER_STARS, _UNDERSCORES, _STARS):
        text = pattern.sub(r"\2", text)
    return text.strip()


def _spoken_tag(tag: re.Match[str]) -> str:
    """Tags that part paragraphs become line ends, the others nothing."""
    return "\n" if re.match(r"</?(?:br|p|h\d|li|div|hr|blockquote)\b", tag.group(), re.IGNORECASE) else ""
