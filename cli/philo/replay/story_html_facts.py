"""Every fact on the page, each with all that is known of it. Pure."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from philo.replay.story_moment import began
from philo.replay.story_terminal import marks, seconds
from philo.replay.story_words import minor, words
from philo_kernel.replay.story import Moment, Story, end_of, way_to

SLOW = 1.0
"""Seconds of waiting that are worth a second look."""


def facts(story: Story) -> Iterator[str]:
    way = set(way_to(story, end_of(story)))
    led = effects(story)
    for moment in story.moments:
        kinds = [moment.service, *(["on-way"] if moment.number in way else []), *(["minor"] if minor(moment) else [])]
        kinds += ["erased"] if moment.erased else []
        parts = summary(moment, story) + inside(moment, story, led.get(moment.number, ()))
        yield f'<details class="{escape(" ".join(kinds))}">{parts}</details>'


def summary(moment: Moment, story: Story) -> str:
    passed = (moment.at - began(story)).total_seconds()
    noted = "".join(f'<span class="mark">{escape(mark)}</span>' for mark, _ in marks(moment))
    return (
        f'<summary><span class="number">{moment.number}</span><span class="time">{passed:.2f} s</span>'
        f'<span class="who">{escape(moment.service)}</span><span class="says">{escape(words(moment))}{noted}</span>'
        f'<span class="took">{took(moment)}</span></summary>'
    )


def took(moment: Moment) -> str:
    parts = []
    if moment.waited is not None:
        slow = ' class="slow"' if moment.waited >= SLOW else ""
        parts.append(f"<span{slow}>waited {seconds(moment.waited)}</span>")
    if moment.worked is not None:
        parts.append(f"worked {seconds(moment.worked)}")
    return " · ".join(parts)


def effects(story: Story) -> Mapping[int, Sequence[int]]:
    """What each fact led to at once, by number."""
    found: dict[int, list[int]] = defaultdict(list)
    for moment in story.moments:
        if moment.because:
            found[moment.because].append(moment.number)
    return found


def inside(moment: Moment, story: Story, led: Sequence[int]) -> str:
    """The anchor lies in here, so that whoever follows a link to it finds it open."""
    lines = "".join(f"<dt>{escape(name)}</dt><dd>{value}</dd>" for name, value in about(moment, story, led))
    data = json.dumps(moment.data, indent=1, ensure_ascii=False) if moment.data is not None else ""
    bulk = f'<pre tabindex="0">{escape(data)}</pre>' if data else ""
    return f'<div class="inside" id="f{moment.number}"><dl>{lines}</dl>{bulk}</div>'


def about(moment: Moment, story: Story, led: Sequence[int]) -> Iterator[tuple[str, str]]:
    yield "fact", f'{escape(moment.type)} <span class="mono quiet">{moment.id}</span>'
    yield "stream", f'<span class="mono">{escape(moment.stream)}</span>, version {moment.version}'
    yield "said", f'<span class="mono">{moment.said_at.isoformat()}</span>'
    if moment.because:
        cause = story.moments[moment.because - 1]
        yield "because of", f'<a href="#f{cause.number}">#{cause.number} {escape(words(cause))}</a>'
    elif moment.cause:
        yield "because of", f'<span class="mono">{moment.cause}</span>, which is not in this story'
    if led:
        yield "led to", " ".join(f'<a href="#f{number}">#{number}</a>' for number in led)
    if moment.begun_at:
        yield "begun", f'<span class="mono">{moment.begun_at.isoformat()}</span>'
    if moment.attempts:
        yield "tries", str(moment.attempts)
    if moment.trace_id:
        yield "trace", f'<span class="mono">{escape(moment.trace_id)}</span>'
