"""A trace on the terminal: causes before effects, when and how long, and what went wrong."""

from __future__ import annotations

from philo.traces.spans import rows, spans_of, worth_seeing
from philo.traces.waterfall import WIDTH, duration, lines


def told(name: str, began: int, took: int, parent: str = "", **tags: object) -> dict:
    """A span as Jaeger tells it; its name is its id."""
    references = [{"refType": "CHILD_OF", "spanID": parent}] if parent else []
    references.append({"refType": "FOLLOWS_FROM", "spanID": "elsewhere"})
    listed = [{"key": key.replace("__", "."), "value": value} for key, value in tags.items()]
    return {
        "spanID": name,
        "operationName": name,
        "startTime": began,
        "duration": took,
        "references": references,
        "processID": "p1",
        "tags": listed,
    }


def trace(*spans: dict) -> dict:
    return {"spans": list(spans), "processes": {"p1": {"serviceName": "philo-render"}}}


FILM = trace(
    told("join", 800, 200, "draw"),
    told("post", 0, 100),
    told(
        "draw", 200, 600, "post", philo__attempt=2, philo__waited=1.5, error=True, otel__status_description="no\nroom"
    ),
    told("quick", 150, 1, "post"),
    told("lost", 400, 100, "nobody"),
)


def test_each_stands_below_its_cause_and_what_has_none_at_the_edge() -> None:
    assert [(row.span.name, row.depth) for row in rows(spans_of(FILM))] == [
        ("post", 0),
        ("quick", 1),
        ("draw", 1),
        ("join", 2),
        ("lost", 0),
    ]


def test_what_is_short_and_went_well_is_left_out() -> None:
    shown = [row.span.name for row in rows(spans_of(FILM)) if worth_seeing(row, 1_000, 0.15)]
    assert shown == ["post", "draw", "join"]


def test_a_line_says_when_how_long_whose_what_and_what_went_wrong() -> None:
    found = [line.plain for line in lines(rows(spans_of(FILM)))]
    assert found[0].split() == ["0", "µs", "█" * 3 + "▎", "100", "µs", "render", "post"]
    assert found[2].split("render")[1].strip().split("  ") == ["draw", "try 2", "waited 1.50 s", "✗ no"]
    assert {len(line.split("render")[0]) for line in found} == {9 + WIDTH + 11}


def test_durations_have_the_unit_that_suits_them() -> None:
    assert [duration(one) for one in (0, 999, 1_500, 2_345_678)] == ["0 µs", "999 µs", "1.5 ms", "2.35 s"]
