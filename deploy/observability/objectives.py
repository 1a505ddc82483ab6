"""What people may count on (docs/slo.md), and the alerts on how fast an error budget is used up.

Several windows, each with a rate of its own (Beyer et al., The Site Reliability Workbook, 2018, chapter 5): a page when a
fiftieth of the month's budget is gone within an hour, or a twentieth within six; a ticket for a tenth within three days.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from deploy.observability.rules import Rule, alert, record

DAYS = 30
WINDOWS = ("5m", "30m", "1h", "6h", "3d")
BURNS = (("page", 14.4, "1h", "5m"), ("page", 6.0, "6h", "30m"), ("ticket", 1.0, "3d", "6h"))
"""Severity, how many times faster than the budget allows, over this long, and still so over that short."""


@dataclass(frozen=True)
class Objective:
    """`bad` and `all` are counters; `good` in place of `bad` where it is easier to count what went well."""

    slug: str
    alert: str
    target: float
    promise: str
    all: str
    bad: str = ""
    good: str = ""
    least: int = 20
    """Events in the long window below which nobody is woken: one failure of two says nothing."""

    def errors(self, window: str) -> str:
        """The share that did not go as it was promised."""
        everything = f"sum(rate({self.all}[{window}]))"
        if self.bad:
            return f"(sum(rate({self.bad}[{window}])) or vector(0)) / ({everything} > 0)"
        return f"1 - (sum(rate({self.good}[{window}])) or vector(0)) / ({everything} > 0)"


ANSWERED = 'component="gateway", route!~"/health.*|/metrics|unrouted"'
PROMPTLY = 'component="gateway", route=~"/api/.*", route!~".*/assets|.*/videos"'

OBJECTIVES = (
    Objective(
        "api-answers",
        "PhiloApiErrors",
        0.999,
        "999 of 1,000 requests are answered, not broken",
        all=f"api_request_duration_seconds_count{{{ANSWERED}}}",
        bad=f'api_request_duration_seconds_count{{{ANSWERED}, status=~"5.."}}',
    ),
    Objective(
        "api-prompt",
        "PhiloApiSlow",
        0.99,
        "99 of 100 answers begin within a second; uploads take what they take",
        all=f"api_request_duration_seconds_count{{{PROMPTLY}}}",
        good=f'api_request_duration_seconds_bucket{{{PROMPTLY}, le="1.0"}}',
    ),
    Objective(
        "jobs-done",
        "PhiloJobsFail",
        0.99,
        "99 of 100 jobs that end are completed; what is refused or called off does not count",
        all='job_transitions_total{status=~"completed|failed"}',
        bad='job_transitions_total{status="failed"}',
        least=10,
    ),
    Objective(
        "films-prompt",
        "PhiloFilmsSlow",
        0.95,
        "19 of 20 films are there ten minutes after they were asked for",
        all='job_processing_time_seconds_count{kind="video"}',
        good='job_processing_time_seconds_bucket{kind="video", le="600.0"}',
        least=10,
    ),
    Objective(
        "news-prompt",
        "PhiloNewsLate",
        0.99,
        "99 of 100 batches of news are with notify, and so with whoever listens, within 2.5 seconds",
        all='consumer_fact_age_seconds_count{component="notify"}',
        good='consumer_fact_age_seconds_bucket{component="notify", le="2.5"}',
    ),
)


def recorded() -> Iterator[Rule]:
    """The share of errors of every objective over every window."""
    for one in OBJECTIVES:
        for window in WINDOWS:
            yield record(f"slo:error_ratio:rate{window}", one.errors(window), slo=one.slug)


def burning() -> Iterator[Rule]:
    for one in OBJECTIVES:
        for severity, speed, long, short in BURNS:
            yield burn(one, severity, speed, long, short)


def burn(one: Objective, severity: str, speed: float, long: str, short: str) -> Rule:
    bound = round(speed * (1 - one.target), 6)
    burnt = [f'slo:error_ratio:rate{window}{{slo="{one.slug}"}} > {bound:g}' for window in (long, short)]
    enough = f"sum(increase({one.all}[{long}])) > {one.least}"
    return alert(
        one.alert,
        f"{burnt[0]} and {burnt[1]} and on() ({enough})",
        severity=severity,
        after="2m" if severity == "page" else "15m",
        summary=f"{one.promise}: not so. {{{{ $value | humanizePercentage }}}} over {long}.",
        window=long,
        slo=one.slug,
    )
