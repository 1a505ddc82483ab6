"""Headings that carry no mark: `Chapter 3: The Storm`, `第三章 出海`, `Prologue`, and numbered titles over paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from philo_analysis.text.characters import cjk_letters
from philo_analysis.text.marks import Kind, Line
from philo_analysis.text.sentences import ends_sentence

_NUMBER = (
    r"(?:\d{1,3}|[IVXLC]{1,7}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    r"sixteen|seventeen|eighteen|nineteen|twenty)"
)
_PART = (
    r"(?:chapter|part|book|act|section|episode|canto|chapitre|partie|cap[íi]tulo|parte|kapitel|teil|capitolo|hoofdstuk|"
    r"rozdział|глава|часть|kapitola|bölüm)"
)
CHAPTER = re.compile(rf"^({_PART}\s+{_NUMBER})(?:\s*[:.–—-]+\s*|\s+(?=(?-i:[^\W\d_a-zа-я]))|$)(.*)$", re.IGNORECASE)
"""(Number, name) of a Latin or Cyrillic one; the name may be empty."""
_HAN_NUMBER = r"第[〇零一二三四五六七八九十百千两\d]{1,5}[章回节節卷部篇话話折]"
CHAPTER_HAN = re.compile(rf"^({_HAN_NUMBER})(?:[\s:：、·—-]+|$)(.*)$")
_TIGHT_HAN = re.compile(rf"^({_HAN_NUMBER})([^\s]{{1,8}})$")
_ALONE = re.compile(
    r"^(?:prologue|epilogue|preface|foreword|interlude|afterword|序章|序幕|序言|楔子|引子|尾声|后记|终章|番外)[.:：]?$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^(?:[IVX]{1,5}[.)]|[一二三四五六七八九十]{1,3}、)\s*(?=\S)")
_CLOSED = re.compile(r"[。！；，,;]$|[^.]\.$")
_FEWEST = 2


def mark_chapters(lines: list[Line]) -> list[Line]:
    """The same lines, with headings marked as such. A bare number takes the short line below it for its name."""
    marked = [_marked(line) for line in lines]
    numbered = _numbered(marked)
    marked = [_heading(line) if place in numbered else line for place, line in enumerate(marked)]
    return [_name_below(marked, place) or line for place, line in enumerate(marked)]


def parted(text: str) -> tuple[str, str] | None:
    """Number and name of a chapter's heading; None for any other line."""
    found = CHAPTER.match(text) or CHAPTER_HAN.match(text) or _TIGHT_HAN.match(text)
    return (found.group(1).strip(), found.group(2).strip()) if found else None


def _marked(line: Line) -> Line:
    if line.kind is not Kind.PLAIN or not is_short(line.text) or _CLOSED.search(line.text):
        return line
    return Line(Kind.HEADING, line.text) if parted(line.text) or _ALONE.match(line.text) else line


def is_short(text: str) -> bool:
    return cjk_letters(text) <= 20 and len(text) <= 70 and len(text.split()) <= 10


def _numbered(lines: Sequence[Line]) -> frozenset[int]:
    """Places of numbered titles: short, unended, each over a paragraph. A list among them, and none is one."""
    found = [place for place, line in enumerate(lines) if line.number or _NUMBERED.match(line.text)]
    open_ = all(_stands_over(lines, place) for place in found)
    return frozenset(found if open_ and len(found) >= _FEWEST else ())


def _stands_over(lines: Sequence[Line], place: int) -> bool:
    line, below = lines[place], _below(lines, place)
    if line.kind not in {Kind.ITEM, Kind.PLAIN} or not is_short(line.text) or ends_sentence(line.text):
        return False
    return below is not None and lines[below].kind is Kind.PLAIN and len(lines[below].text) > len(line.text)


def _heading(line: Line) -> Line:
    return Line(Kind.HEADING, f"{line.number}. {line.text}" if line.number else line.text)


def _name_below(lines: Sequence[Line], place: int) -> Line | None:
    """The line as a heading, where it names the bare number above it."""
    above = next((at for at in range(place - 1, -1, -1) if lines[at].kind is not Kind.BLANK), None)
    line, below = lines[place], _below(lines, place)
    if above is None or below is None or line.kind is not Kind.PLAIN or lines[below].kind is not Kind.PLAIN:
        return None
    number = parted(lines[above].text) if lines[above].kind is Kind.HEADING else None
    bare = number is not None and not number[1]
    named = bare and is_short(line.text) and not ends_sentence(line.text) and len(lines[below].text) > len(line.text)
    return Line(Kind.HEADING, line.text) if named else None


def _below(lines: Sequence[Line], place: int) -> int | None:
    return next((at for at in range(place + 1, len(lines)) if lines[at].kind is not Kind.BLANK), None)
