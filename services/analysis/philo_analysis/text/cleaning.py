"""Cleaning: a raw script becomes a title and paragraphs that can be read aloud."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from philo_analysis.text.chapters import is_short, mark_chapters
from philo_analysis.text.characters import cjk_letters, join, normalise
from philo_analysis.text.marks import Kind, Line, read_lines
from philo_analysis.text.screenplay import read_cues
from philo_analysis.text.sentences import ENDINGS, ends_sentence, split
from philo_analysis.text.subtitles import without_times
from philo_analysis.text.unspoken import CODE_LEFT_OUT, without_code, without_credits
from philo_analysis.text.verse import is_verse, with_pauses


@dataclass(frozen=True)
class Paragraph:
    """One line of text. `heading` stands over it and is not spoken; `speaker` says it; `verse` has it line by line."""

    text: str
    heading: str = ""
    speaker: str = ""
    is_item: bool = False
    verse: tuple[str, ...] = ()

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """What it says, sentence by sentence, or line by line where it is verse."""
        return self.verse or split(self.text)


@dataclass(frozen=True)
class Script:
    """A clean script. The title, if one was found, stands in no paragraph. `notices` are codes of what was left out."""

    title: str | None
    paragraphs: tuple[Paragraph, ...]
    notices: tuple[str, ...] = ()

    @cached_property
    def text(self) -> str:
        return "\n\n".join(paragraph.text for paragraph in self.paragraphs)


_TITLE_LABEL = re.compile(r"^(?:title|标题|题目|片名)\s*[:：]\s*(?=\S)", re.IGNORECASE)
_BOOK_MARKS = re.compile(r"^《([^《》]+)》$")
_NO_TITLE_END = re.compile(r"[.。!！?？,，;；:：、…—\-\"”’」』)）]$")


def clean(raw: str) -> Script:
    """Clean a script: NFC, no control characters, no marks of Markdown, HTML or subtitles, one line a paragraph.

    Every word that is meant to be heard is kept, in order: in the title, a heading or a paragraph. Blocks of code,
    times of subtitles, names of speakers, directions for actors and paths of web addresses are not.
    """
    text, had_code = without_code(normalise(raw))
    if not any(map(str.isalnum, text)):
        text, had_code = normalise(raw), False
    lines = mark_chapters(read_cues(read_lines(without_credits(without_times(text)))))
    title, rest = _take_title(lines)
    return Script(title, tuple(_headed(_paragraphs(rest))), (CODE_LEFT_OUT,) if had_code else ())


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
    if first.kind is not Kind.PLAIN or _NO_TITLE_END.search(first.text) or not is_short(first.text):
        return False
    following = rest[0]
    if following.kind is Kind.BLANK:
        return True
    long_enough = len(following.text) > 1.5 * len(first.text)
    return long_enough and ends_sentence(following.text) and not following.text[0].islower()


def _paragraphs(lines: list[Line]) -> Iterator[Paragraph | Line]:
    """Paragraphs, and between them the lines of headings."""
    one_a_line = _is_one_paragraph_a_line(lines)
    waiting: list[str] = []
    for line in [*lines, Line(Kind.BLANK, "")]:
        if waiting and (line.kind is not Kind.PLAIN or one_a_line):
            yield _block(waiting)
            waiting = []
        if line.kind is Kind.PLAIN:
            waiting.append(line.text)
        elif line.kind is Kind.HEADING:
            yield line
        elif line.text:
            yield Paragraph(_closed(line.text), speaker=line.speaker, is_item=line.kind is Kind.ITEM)


def _block(lines: list[str]) -> Paragraph:
    if not is_verse(lines):
        return Paragraph(join(lines))
    verse = with_pauses(lines)
    return Paragraph(join(verse), verse=verse)


def _headed(found: Iterator[Paragraph | Line]) -> Iterator[Paragraph]:
    """Headings given to the paragraph that they stand over; what nothing follows is spoken."""
    over: list[str] = []
    for one in found:
        if isinstance(one, Line):
            over.append(one.text)
        elif over:
            yield Paragraph(one.text, ": ".join(over), one.speaker, one.is_item, one.verse)
            over = []
        else:
            yield one
    yield from (Paragraph(_closed(text)) for text in over)


def _is_one_paragraph_a_line(lines: list[Line]) -> bool:
    """Without blank lines, and with most lines ending a sentence, a line is a paragraph; else it is a wrapped one."""
    plain = [line.text for line in lines if line.kind is Kind.PLAIN]
    inner = [line for line, after in pairwise(lines) if after.kind is not Kind.BLANK]
    wrapped = [line.text for line in inner if line.kind is Kind.PLAIN]
    return len(plain) > 1 and bool(wrapped) and sum(map(ends_sentence, wrapped)) >= 0.8 * len(wrapped)


def _closed(text: str) -> str:
    """A list item or speech with a full stop, so that the voice pauses after it."""
    if ends_sentence(text) or text[-1] in ",，:：;；":
        return text
    return text + (ENDINGS[0] if cjk_letters(text) * 2 > len(text) else ".")
