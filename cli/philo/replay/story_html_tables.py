"""What waits, what is parked, what is kept, and where the time went, on the page. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from philo.replay.story_diff import STANDINGS
from philo.replay.story_terminal import seconds, way_length
from philo.replay.story_words import many
from philo_kernel.replay.story import Story, end_of, way_to
from philo_kernel.replay.story_difference import Difference
from philo_kernel.replay.story_verdict import Verdict

WIDEST = 200


def table(rows: Iterable[str]) -> str:
    return f'<section class="card"><table>{"".join(rows)}</table></section>'


def who(service: str) -> str:
    return f'<td class="{escape(service)}"><span class="who">{escape(service)}</span></td>'


def way(story: Story) -> str:
    return table(steps(story))


def steps(story: Story) -> Iterator[str]:
    whole = max(way_length(story), 1e-9)
    for number in way_to(story, end_of(story)):
        moment = story.moments[number - 1]
        waited, worked = moment.waited or 0.0, moment.worked or 0.0
        bars = f'<i style="width:{min(1, waited / whole):.2%}"></i><b style="width:{min(1, worked / whole):.2%}"></b>'
        spent = f"waited {seconds(waited)}, worked {seconds(worked)}" if moment.begun_at else ""
        name = f'<td><a href="#f{number}">#{number} {escape(moment.type)}</a></td>'
        shown = f'<td class="bar {escape(moment.service)}"><div class="spent">{bars if spent else ""}</div></td>'
        yield f'<tr>{who(moment.service)}{name}{shown}<td class="took">{spent}</td></tr>'


def waiting(story: Story) -> str:
    return table(
        f"<tr>{who(order.service)}<td>{escape(order.task)}{escape(f' of scene {order.scene}' if order.scene else '')}</td>"
        f"<td>{order.state}, ordered at {escape(order.ordered_at.isoformat(timespec='seconds'))}</td>"
        f"<td>{many(order.tries, 'try', 'tries') + ' failed' if order.tries else ''}</td></tr>"
        for order in story.waiting
    )


def parked(story: Story) -> str:
    return table(
        f"<tr>{who(letter.service)}<td>{escape(letter.type or '?')}</td><td>{escape(letter.error)}</td>"
        f'<td class="mono">{escape(letter.id)}</td></tr>'
        for letter in story.parked
    )


def states(verdicts: Sequence[Verdict]) -> str:
    return table(row for verdict in verdicts for row in (state(verdict), *map(differing, verdict.differences)))


def state(verdict: Verdict) -> str:
    words = STANDINGS[verdict.standing][0].partition(" ")[2]
    pill = f'<span class="pill {verdict.standing}">{escape(words)}</span>'
    facts = many(verdict.facts, "fact")
    return f"<tr>{who(verdict.service)}<td>{escape(verdict.table)}</td><td>{pill}</td><td>{facts}</td></tr>"


def differing(one: Difference) -> str:
    stored = "nothing" if one.only == "folded" else short(one.stored)
    folded = "nothing" if one.only == "stored" else short(one.folded)
    return (
        f'<tr><td></td><td class="mono">{escape(one.path or "/")}</td><td class="mono">stored: {escape(stored)}</td>'
        f'<td class="mono">the facts say: {escape(folded)}</td></tr>'
    )


def short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= WIDEST else f"{text[: WIDEST - 1]}…"
