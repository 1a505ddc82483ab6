"""All services are scraped after a film, as Prometheus would, and all that is asked of them is there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

import asyncpg
import httpx
import pytest
from prometheus_client.core import Metric
from prometheus_client.parser import text_string_to_metric_families

from philo.stack import Endpoints
from philo.stack.provision import driver_url
from tests.filming import Film
from tests.observability.asking import RUNBOOK, asked, blocks, questions

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("e2e")]

OF_PROMETHEUS = {"up", "ALERTS"}
ADDED = {"instance", "job", "alertname", "alertstate", "severity"}
"""Labels that Prometheus adds."""
IDS = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-|@|[0-9a-f]{16}")
MOST = 3_000
"""Series that one process may tell after a film; Prometheus keeps each for weeks."""


@cache
def scraped(url: str) -> tuple[Metric, ...]:
    answer = httpx.get(f"{url}/metrics", timeout=30).raise_for_status()
    return tuple(text_string_to_metric_families(answer.text))


@pytest.fixture(scope="session")
def scrapes(studio: Endpoints, demo: Film) -> Mapping[str, tuple[Metric, ...]]:
    """What each service tells after a film."""
    assert demo.id
    return {name: scraped(url) for name, url in studio.services.items()}


@pytest.fixture(scope="session")
def labels(scrapes: Mapping[str, tuple[Metric, ...]]) -> Mapping[str, set[str]]:
    """The labels of every series that anybody tells, by its name. One that has no sample yet is there, with none."""
    found: dict[str, set[str]] = defaultdict(set)
    for metric in (metric for scrape in scrapes.values() for metric in scrape):
        for suffix in SUFFIXES[metric.type]:
            found[metric.name + suffix] |= set()
        for sample in metric.samples:
            found[sample.name] |= sample.labels.keys()
    return found


SUFFIXES = defaultdict(lambda: ("",), counter=("_total",), histogram=("_bucket", "_count", "_sum"))


def test_everything_that_is_asked_for_is_told_by_some_service(labels):
    wanted = {one.name: place for place, text in questions().items() for one in asked(text)}
    missing = {name: place for name, place in wanted.items() if name not in labels and ":" not in name}
    assert {name: place for name, place in missing.items() if name not in OF_PROMETHEUS} == {}


def test_it_has_the_labels_that_are_asked_for(labels):
    for place, text in questions().items():
        for one in asked(text):
            if known := labels.get(one.name):
                assert one.labels <= known | ADDED, place


def test_the_figures_of_the_specification_have_their_names(labels):
    assert {
        "job_completion_rate",
        "job_processing_time_seconds_bucket",
        "job_queue_depth",
        "provider_health_status",
        "api_request_duration_seconds_bucket",
        "cache_requests_total",
        "provider_cost_dollars_total",
    } <= labels.keys()


def test_nothing_in_a_label_is_an_id_and_there_are_not_too_many_of_them(scrapes):
    for name, scrape in scrapes.items():
        samples = [sample for metric in scrape for sample in metric.samples]
        assert len(samples) < MOST, name
        assert {value for sample in samples for value in sample.labels.values() if IDS.search(value)} == set(), name


def test_every_figure_says_what_several_processes_make_together(scrapes):
    for metric in (metric for scrape in scrapes.values() for metric in scrape):
        if not metric.name.startswith(("process_", "python_", "philo_build_info")):
            assert re.search(r"(Sum|Max|Min) over processes", metric.documentation), metric.name


def test_a_film_is_seen_in_the_figures(scrapes, studio, demo):
    def value(component: str, name: str, **labels: str) -> float:
        samples = [sample for metric in scrapes[component] for sample in metric.samples if sample.name == name]
        return sum(sample.value for sample in samples if labels.items() <= sample.labels.items())

    assert value("gateway", "job_transitions_total", kind="video", status="completed") >= 1
    assert value("gateway", "job_processing_time_seconds_count", kind="video") >= 1
    assert 0 < value("gateway", "job_completion_rate", kind="video") <= 1
    assert value("gateway", "api_request_duration_seconds_count", method="POST", route="/api/v1/jobs") >= 1
    assert value("tts", "cache_requests_total", cache="speech") >= len(demo.job["scenes"])
    assert value("render", "render_frames_total") > value("render", "render_film_seconds_total") > 0
    assert value("render", "render_busy_seconds_total") > 0
    assert value("render", "provider_health_status", work="picture", provider="stability") in {0, 0.5, 1}
    assert value("notify", "queue_estimate_error_seconds_count", kind="video") >= 1
    assert value("analysis", "task_duration_seconds_count", task="Read", outcome="ended") >= 1
    for component in studio.services:
        assert value(component, "service_ready") == 1, component
        assert value(component, "relay_holds_lock") == 1, component


def test_gateway_tells_nobody_elses_figures(studio):
    climbing = "%2e%2e/%2e%2e/%2e%2e/metrics"
    for path in ("/metrics/tts", "/api/v1/metrics", f"/api/v1/voices/{climbing}", f"/api/v1/auth/{climbing}"):
        assert httpx.get(f"{studio.gateway}{path}", timeout=10).status_code == 404


async def test_what_the_runbook_asks_a_database_is_understood_there(studio):
    for text in blocks(RUNBOOK, "sql"):
        service = "gateway" if "provider_call" in text else "auth"
        connection = await asyncpg.connect(driver_url(studio.databases[service]))
        try:
            await connection.prepare(text.replace("'019…'", "'019'").strip().removesuffix(";"))
        finally:
            await connection.close()
