"""Subtitle files given as text: what is said is kept; numbers, times and styles are not.

SubRip (`.srt`) and WebVTT (w3.org/TR/webvtt1): a cue is a line with `-->`, and the lines after it until a blank one.
"""

from __future__ import annotations

import re

from philo_analysis.text.characters import join

_TIME = r"(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_TIMING = re.compile(rf"^\s*({_TIME})\s*-->\s*({_TIME})(?:\s.*)?$")
_HEAD = re.compile(r"^\s*WEBVTT\b")
_STYLE = re.compile(r"</?[a-zA-Z][^<>\n]{0,80}>|<\d[\d:.]{0,12}>|\{\\[^{}\n]{0,40}\}")
_SOUND = re.compile(r"^\s*(?:[\[(（【♪][^\])）】♪]{0,80}[\])）】♪]\s*)+$|^\s*[♪♫]+\s*$")
_DASH = re.compile(r"^\s*[-–—]\s*")
_REST = 2.0
"""Seconds without words after which a new paragraph begins."""


def without_times(text: str) -> str:
    """The words of a subtitle file, a blank line where nobody speaks for two seconds; any other text as it is."""
    lines = text.split("\n")
    timed = [bool(_TIMING.match(line)) for line in lines]
    if sum(timed) < 2 and not (any(timed) and _HEAD.match(text.lstrip())):
        return text
    return "\n\n".join(join(said) for said in _paragraphs(lines, timed) if said)


def _paragraphs(lines: list[str], timed: list[bool]) -> list[list[str]]:
    paragraphs: list[list[str]] = [[]]
    ended, inside = 0.0, False
    for place, line in enumerate(lines):
        if timed[place]:
            start, end = _span(line)
            if paragraphs[-1] and start - ended >= _REST:
                paragraphs.append([])
            ended, inside = end, True
        elif not line.strip() or _counts(lines, timed, place):
            inside = False
        elif inside and (said := _said(line)):
            paragraphs[-1].append(said)
    return paragraphs


def _counts(lines: list[str], timed: list[bool], place: int) -> bool:
    """Whether a line is a cue's number: figures right before its times."""
    return lines[place].strip().isdigit() and place + 1 < len(lines) and timed[place + 1]


def _said(line: str) -> str:
    line = _STYLE.sub("", line)
    return "" if _SOUND.match(line) else _DASH.sub("", line).strip()


def _span(line: str) -> tuple[float, float]:
    found = _TIMING.match(line)
    return (_seconds(found.group(1)), _seconds(found.group(2))) if found else (0.0, 0.0)


def _seconds(time: str) -> float:
    total = 0.0
    for part in time.replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return total
