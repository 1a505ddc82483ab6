"""The story as one page to share: it fetches nothing, runs nothing, and every word in it is escaped. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files

from philo.replay.story_html_facts import facts
from philo.replay.story_html_lanes import axis, lane
from philo.replay.story_html_tables import parked, states, waiting, way
from philo.replay.story_lanes import lanes
from philo.replay.story_moment import began
from philo.replay.story_words import many
from philo_contracts.job import Job
from philo_kernel.replay.story import Story
from philo_kernel.replay.story_verdict import Verdict

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
CAUTION = (
    "This page holds what the facts of the job say, words of its owner among them. If they delete their account, its facts "
    "become unreadable where they lie; a copy like this one does not. Share it with whoever needs it, and delete it then."
)


def page(story: Story, job: Job | None, verdicts: Sequence[Verdict] | None = None) -> str:
    """The whole document; `verdicts` where what is kept was held against the facts."""
    title = (job.title if job else None) or "A job"
    css = (files("philo.replay") / "story.css").read_text(encoding="utf-8")
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en">',
            f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)} · the story of a job</title>",
            f"<style>{css}</style>",
            "<main>",
            *head(story, job, title),
            *body(story, verdicts),
            f"<footer>{escape(CAUTION)}<br>Read at {escape(story.now.isoformat(timespec='seconds'))}.</footer>",
            "</main>",
            "</html>\n",
        ]
    )


def head(story: Story, job: Job | None, title: str) -> Iterator[str]:
    traces = list(dict.fromkeys(moment.trace_id for moment in story.moments if moment.trace_id))
    length = (story.moments[-1].at - began(story)).total_seconds()
    about = (
        [f'<span class="pill {job.status.value}">{escape(job.status.value.replace("_", " "))}</span>'] if job else []
    )
    about += [
        many(len(story.moments), "fact"),
        f"{length:.2f} s",
        f"since {began(story).isoformat(timespec='seconds')}",
    ]
    about += [f'job <span class="mono">{escape(story.job)}</span>']
    about += [f'trace <span class="mono">{escape(trace)}</span>' for trace in traces[:1]]
    yield '<header><div class="over">Philo · the story of a job</div>'
    yield f'<h1>{escape(title)}</h1><ul class="facts-about">'
    yield from (f"<li>{one}</li>" for one in about)
    yield "</ul>"
    for one in story.away:
        words = f"The store of {one.service} could not be read, and its part is missing: {one.why}"
        yield f'<p class="note">{escape(words)}</p>'
    if erased := sum(moment.erased for moment in story.moments):
        words = f"{many(erased, 'fact')} erased with their owner: that something was said is all that is left."
        yield f'<p class="note">{escape(words)}</p>'
    yield "</header>"


def body(story: Story, verdicts: Sequence[Verdict] | None) -> Iterator[str]:
    yield '<h2>Who was at work when</h2><section class="card lanes">'
    yield from (lane(one) for one in lanes(story))
    yield axis(story)
    yield "</section>"
    if story.parked:
        yield f"<h2>What could not be handled</h2>{parked(story)}"
    if story.waiting:
        yield f"<h2>What waits</h2>{waiting(story)}"
    if verdicts is not None:
        yield f"<h2>What is kept, and what the facts say</h2>{states(verdicts)}"
    yield f"<h2>Where the time went</h2>{way(story)}"
    yield "<h2>Every fact, none before its cause</h2>"
    yield '<label class="turn"><input type="checkbox" id="all"> tell news of progress too</label>'
    yield '<section class="card">'
    yield from facts(story)
    yield "</section>"
