"""What people get: films, promises, pictures of them on the way, and what it costs."""

from __future__ import annotations

from deploy.observability.asking import quantile, quantiles, rate
from deploy.observability.objectives import OBJECTIVES
from deploy.observability.panels import Line, Panel, Row

TITLES = {
    "api-answers": "Requests answered",
    "api-prompt": "Answers within 1 s",
    "jobs-done": "Jobs completed",
    "films-prompt": "Films within 10 min",
    "news-prompt": "News within 2.5 s",
}
HITS = rate('cache_requests_total{outcome="hit"}', "cache")


def objective(slug: str, title: str, target: float, words: str) -> Panel:
    """How much of the budget of the last three days is left."""
    ask = f'1 - slo:error_ratio:rate3d{{slo="{slug}"}}'
    bounds = ((None, "red"), (target, "green"))
    return Panel(title, [Line(ask)], "percentunit", f"{words}. The last three days.", 4, "stat", bounds=bounds)


PEOPLE = Row(
    "What people get",
    [
        *(objective(one.slug, TITLES[one.slug], one.target, one.promise) for one in OBJECTIVES),
        Panel("On their way", [Line("sum(max by (kind) (job_queue_depth))")], "short", "Jobs not ended.", 4, "stat"),
    ],
    height=4,
)

JOBS = Row(
    "Jobs",
    [
        Panel(
            "Jobs that end",
            [
                Line(
                    rate('job_transitions_total{status=~"completed|failed|cancelled|moderation_failed"}', "status"),
                    "{{status}}",
                )
            ],
            "ops",
            stacked=True,
        ),
        Panel(
            "Completion rate, last hour",
            [Line("max by (kind) (job_completion_rate)", "{{kind}}")],
            "percentunit",
            "Of jobs asked for within the hour that have ended, completed or failed.",
            most=1,
        ),
        Panel("Jobs on their way", [Line("max by (kind) (job_queue_depth)", "{{kind}}")], stacked=True),
        Panel("From request to film", quantiles('job_processing_time_seconds{kind="video"}'), "s"),
        Panel(
            "Stages, median",
            [Line(quantile(0.5, "job_stage_duration_seconds", "stage"), "{{stage}}")],
            "s",
            "Where the time of a film goes. Voices, pictures and drawing overlap.",
        ),
        Panel(
            "Promises: error as a share of what was told",
            [Line(quantile(0.5, "queue_estimate_error_ratio", "came"), "{{came}}, half of them")],
            "percentunit",
        ),
    ],
)

MAKING = Row(
    "Making films",
    [
        Panel(
            "Frames a second of one core",
            [
                Line(
                    f"{rate('render_frames_total', 'resolution')} / {rate('render_busy_seconds_total', 'resolution')}",
                    "{{resolution}}",
                )
            ],
            "short",
        ),
        Panel(
            "Seconds of film a second, all workers",
            [Line(rate("render_film_seconds_total", "resolution"), "{{resolution}}")],
            "short",
            "Above 1, film is made faster than it plays.",
            stacked=True,
        ),
        Panel(
            "Found, not made",
            [
                Line(
                    f"{HITS} / {rate('cache_requests_total', 'cache')}",
                    "{{cache}}",
                )
            ],
            "percentunit",
            "Of voices (speech), music, pictures, stretches of film (chunk) and mixes (sound).",
            most=1,
        ),
    ],
)

PROVIDERS = Row(
    "Providers and money",
    [
        Panel(
            "Health",
            [Line("min by (work, provider) (provider_health_status)", "{{work}} {{provider}}")],
            words="1 healthy, ½ has failed lately, 0 left alone.",
            width=6,
            most=1,
        ),
        Panel(
            "Requests",
            [Line(rate("provider_request_duration_seconds_count", "provider, outcome"), "{{provider}}: {{outcome}}")],
            "ops",
            width=6,
            stacked=True,
        ),
        Panel(
            "A request's time, p95",
            [Line(quantile(0.95, "provider_request_duration_seconds", "work, provider"), "{{work}} {{provider}}")],
            "s",
            width=6,
        ),
        Panel(
            "Dollars an hour",
            [Line("sum by (provider) (rate(provider_cost_dollars_total[1h])) * 3600", "{{provider}}")],
            "currencyUSD",
            width=6,
            stacked=True,
        ),
    ],
)

LIVE = Row(
    "Live",
    [
        Panel(
            "Open streams", [Line("sum by (transport) (live_streams_open)", "{{transport}}")], stacked=True, width=12
        ),
        Panel(
            "Cut, because nobody read",
            [Line(rate("live_streams_cut_total", "transport"), "{{transport}}")],
            "ops",
            width=12,
        ),
    ],
)
