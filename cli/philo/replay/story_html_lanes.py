"""Lanes of time on the page: what ran side by side lies one below the other. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from philo.replay.story_lanes import Lane, Stretch
from philo.replay.story_moment import began
from philo.replay.story_terminal import seconds
from philo.replay.story_words import many, words
from philo_kernel.replay.story import Story

ROW = 11
"""Pixels from one row of a lane to the next."""
MOST = 14
"""Rows of a lane; what would need more shares the last one."""
TICKS = 6
STEPS = (1, 2, 5)


def lane(one: Lane) -> str:
    rows = packed(one.stretches)
    height = ROW * (max(rows, default=0) + 1)
    marks = "".join(mark for stretch, row in zip(one.stretches, rows, strict=True) for mark in drawn(stretch, row))
    figures = many(one.facts, "fact") + (f", {seconds(one.worked)} of work" if one.worked else "")
    return (
        f'<div class="lane {escape(one.service)}"><div><span class="who">{escape(one.service)}</span>'
        f'<span class="quiet">{figures}</span></div><div class="track" style="height:{height}px">{marks}</div></div>'
    )


def packed(stretches: Sequence[Stretch]) -> list[int]:
    """The row of each: the first one that is free when its work begins."""
    ends: list[float] = []
    rows: dict[int, int] = {}
    for index, stretch in sorted(enumerate(stretches), key=lambda one: one[1].begun):
        row = next((row for row, end in enumerate(ends) if end <= stretch.begun), len(ends))
        row = min(row, MOST - 1)
        ends[row : row + 1] = [stretch.said]
        rows[index] = row
    return [rows[index] for index in range(len(stretches))]


def drawn(stretch: Stretch, row: int) -> Iterator[str]:
    moment, top = stretch.moment, row * ROW
    told = escape(f"#{moment.number} {words(moment)}: waited {figure(moment.waited)}, worked {figure(moment.worked)}")
    href = f'href="#f{moment.number}" title="{told}"'
    if stretch.begun > stretch.asked:
        yield f'<a class="wait" tabindex="-1" aria-hidden="true" {href} style="{at(stretch.asked, stretch.begun, top)}"></a>'
    if stretch.worked:
        yield f'<a aria-label="{told}" {href} style="{at(stretch.begun, stretch.said, top)}"></a>'
    else:
        yield f'<a class="fact" aria-label="{told}" {href} style="left:{stretch.said:.3%};top:{top}px"></a>'


def at(start: float, end: float, top: int) -> str:
    """A bar at the very end still has its three pixels inside."""
    return f"left:min({start:.3%},100% - 3px);width:{max(0.0, end - start):.3%};top:{top}px"


def figure(value: float | None) -> str:
    return "unknown" if value is None else seconds(value)


def axis(story: Story) -> str:
    length = (story.moments[-1].at - began(story)).total_seconds()
    step = stepped(length)
    times = [step * index for index in range(int(length / step) + 1)] if length else [0.0]
    times = [time for time in times if not length or time / length < 0.88] + ([length] if length else [])
    spans = "".join(f'<span style="left:{time / length if length else 0:.3%}">{told(time)}</span>' for time in times)
    return f'<div class="axis" aria-hidden="true">{spans}</div>'


def stepped(length: float) -> float:
    """A round number of seconds, so that about so many ticks fit."""
    if length <= 0:
        return 1.0
    size = 10.0**-6
    while True:
        for step in STEPS:
            if length / (size * step) <= TICKS:
                return size * step
        size *= 10


def told(time: float) -> str:
    return "0" if not time else f"{time * 1000:.0f} ms" if time < 1 else f"{time:.2f}".rstrip("0").rstrip(".") + " s"
