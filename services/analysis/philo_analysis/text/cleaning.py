"""Cleaning: a raw script becomes a title and paragraphs that can be read aloud."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from philo_analysis.text.characters import cjk_letters, join, normalise
from philo_analysis.text.marks import Kind, Line, read_lines
from philo_analysis.text.screenplay import read_cues
from philo_analysis.text.sentences import ENDINGS, ends_sentence


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of text. `heading` when it opens a new part."""

    text: str
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Script:
    """A clean script. The title, if one was found, stands in no paragraph."""

    title: str | None
    paragraphs: tuple[Paragraph, ...]

    @property
    def text(self) -> str:
        return "\n\n".join(paragraph.text for paragraph in self.paragraphs)


_TITLE_LABEL = re.compile(r"^(?:title|标题|题目|片名)\s*[:：]\s*(?=\S)", re.IGNORECASE)
_BOOK_MARKS = re.compile(r"^《([^《》]+)》$")
_NO_TITLE_END = re.compile(r"[.。!！?？,，;；:：、…—\-\"”’」』)）]$")


def clean(raw: str) -> Script:
    """Clean a script: NFC, no control characters, no Markdown or HTML marks, one line a paragraph.

    Every word of `raw` is kept, in order, in the title or in a paragraph; link targets and list numbers are no words.
    """
    lines = read_cues(read_lines(normalise(raw)))
    title, rest = _take_title(lines)
    return Script(title, tuple(_paragraphs(rest)))


def _take_title(lines: list[Line]) -> tuple[str | None, list[Line]]:
    start = next((index for index, line in enumerate(lines) if line.kind is not Kind.BLANK), len(lines))
    rest = lines[start + 1 :]
    if start == len(lines) or not any(line.kind is not Kind.BLANK for line in rest):
        return None, lines
    first = lines[start]
    if first.strong or _TITLE_LABEL.match(first.text) or _BOOK_MARKS.match(first.text) or _looks_titled(first, rest):
        return _bare_title(first.text), rest
    return None, lines


def _bare_title(text: str) -> str:
    text = _TITLE_LABEL.sub("", text)
    return _BOOK_MARKS.sub(r"\1", text).strip()


def _looks_titled(first: Line, rest: list[Line]) -> bool:
    if first.kind is not Kind.PLAIN or _NO_TITLE_END.search(first.text) or not _is_short(first.text):
        return False
    following = rest[0]
    if following.kind is Kind.BLANK:
        return True
    long_enough = len(following.text) > 1.5 * len(first.text)
    return long_enough and ends_sentence(following.text) and not following.text[0].islower()


def _is_short(text: str) -> bool:
    return cjk_letters(text) <= 20 and len(text) <= 70 and len(text.split()) <= 10


def _paragraphs(lines: list[Line]) -> Iterator[Paragraph]:
    one_a_line = _is_one_paragraph_a_line(lines)
    waiting: list[str] = []
    for line in [*lines, Line(Kind.BLANK, "")]:
        if waiting and (line.kind is not Kind.PLAIN or one_a_line):
            yield Paragraph(join(waiting))
            waiting = []
        if line.kind is Kind.PLAIN:
            waiting.append(line.text)
        elif line.text:
            yield Paragraph(_closed(line.text), heading=line.kind is Kind.HEADING)


def _is_one_paragraph_a_line(lines: list[Line]) -> bool:
    """Without blank lines, and with most lines ending a sentence, a line is a paragraph; else it is a wrapped one."""
    plain = [line.text for line in lines if line.kind is Kind.PLAIN]
    inner = [line for line, after in pairwise(lines) if after.kind is not Kind.BLANK]
    wrapped = [line.text for line in inner if line.kind is Kind.PLAIN]
    return len(plain) > 1 and bool(wrapped) and sum(map(ends_sentence, wrapped)) >= 0.8 * len(wrapped)


def _closed(text: str) -> str:
    """A heading or list item with a full stop, so that the voice pauses after it."""
    if ends_sentence(text) or text[-1] in ",，:：;；":
        return text
    return text + (ENDINGS[0] if cjk_letters(text) * 2 > len(text) else ".")
