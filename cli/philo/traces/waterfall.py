"""A trace as lines: when, how long, whose, what. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from philo.traces.spans import Row, Span
from philo.visible import visible

WIDTH = 32
EIGHTHS = " ▏▎▍▌▋▊▉"
COLOURS = {
    "gateway": "cyan",
    "auth": "blue",
    "analysis": "yellow",
    "tts": "magenta",
    "render": "green",
    "notify": "red",
}
DEEPEST = 12
"""Levels that are shown by being set in."""


def lines(rows: Sequence[Row]) -> Iterator[Text]:
    """One a row. The bar says when: the whole width is the whole trace."""
    first = min(row.span.began for row in rows)
    whole = max(row.span.ended for row in rows) - first
    for row in rows:
        yield line(row, first, max(whole, 1))


def line(row: Row, first: int, whole: int) -> Text:
    span, colour = row.span, COLOURS.get(row.span.service, "white")
    text = Text().append(f"{duration(span.began - first):>8} ", "dim")
    text.append(bar(span, first, whole), colour).append(f" {duration(span.took):>8}  ")
    text.append(f"{visible(span.service):<8} ", colour)
    text.append("  " * min(row.depth, DEEPEST)).append(visible(span.name), "bold" if row.depth == 0 else "")
    for note in notes(span):
        text.append(f"  {visible(note)}", "dim")
    if span.failure is not None:
        text.append(f"  ✗ {visible(span.failure.splitlines()[0]) if span.failure else 'failed'}", "red")
    return text


def bar(span: Span, first: int, whole: int) -> str:
    """From its beginning to its end, in eighths of a sign; the shortest is still seen."""
    begin = WIDTH * (span.began - first) / whole
    blank = min(int(begin), WIDTH - 1)
    eighths = max(1, round(8 * WIDTH * span.took / whole))
    full, rest = divmod(eighths, 8)
    return f"{' ' * blank}{'█' * full}{EIGHTHS[rest].strip()}"[:WIDTH].ljust(WIDTH)


def notes(span: Span) -> Iterator[str]:
    if span.tags.get("philo.attempt", 1) > 1:
        yield f"try {span.tags['philo.attempt']}"
    if "philo.redelivered" in span.tags:
        yield "came again"
    if span.tags.get("philo.waited", 0) >= 0.05:
        yield f"waited {duration(round(1e6 * span.tags['philo.waited']))}"
    if "philo.frames" in span.tags:
        yield f"{span.tags['philo.frames']} frames"


def duration(microseconds: int) -> str:
    if microseconds < 1_000:
        return f"{microseconds} µs"
    if microseconds < 1_000_000:
        return f"{microseconds / 1_000:.1f} ms"
    return f"{microseconds / 1_000_000:.2f} s"
