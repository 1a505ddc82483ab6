"""Figures cost little, stay few, and say how they are put together."""

import pytest
from prometheus_client import CollectorRegistry, Counter

import philo_kernel.metrics
from philo_kernel.metrics import caches, events, instruments, orders, providers, pulse, requests
from philo_kernel.metrics.instruments import MAX, MIN, REGISTRY, SUM, Family
from philo_kernel.outgoing.faults import Failing, Refused
from philo_kernel.outgoing.health import Health

OURS = (caches, events, orders, providers, pulse, requests)
FOREIGN = ("process_", "python_")


def test_a_figure_with_too_many_labels_puts_the_rest_under_one(monkeypatch):
    monkeypatch.setattr(instruments, "MOST", 3)
    registry = CollectorRegistry()
    family = Family(Counter("things_total", "Things.", ["kind", "size"], registry=registry), ["kind", "size"])
    for number in range(10):
        family.of(f"kind {number}", "small").inc()
    told = {sample.labels["kind"]: sample.value for sample in next(iter(registry.collect())).samples}
    assert told == {"kind 0": 1, "kind 1": 1, "kind 2": 1, "other": 7}


def test_every_figure_says_what_several_processes_make_together():
    for metric in REGISTRY.collect():
        if not metric.name.startswith(FOREIGN):
            assert metric.documentation.endswith((SUM, MAX, MIN)), metric.name


def test_names_follow_the_practice_of_prometheus():
    for metric in REGISTRY.collect():
        if metric.type == "histogram" and not metric.name.startswith(FOREIGN):
            assert metric.name.endswith(("_seconds", "_ratio")), metric.name
        assert not metric.name.endswith(("_ms", "_milliseconds", "_minutes", "_percent", "_mb")), metric.name


def value(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0.0


@pytest.mark.parametrize(
    ("error", "outcome"), [(None, "answered"), (Failing("late"), "failed"), (Refused("rules", "no"), "refused")]
)
def test_a_request_to_a_provider_is_counted_by_how_it_ended(error, outcome):
    about = {"work": "speech", "provider": "test", "outcome": outcome}
    before = value("provider_request_duration_seconds_count", **about)
    try:
        with providers.asked("speech", "test"):
            if error:
                raise error
    except (Failing, Refused):
        assert error
    assert value("provider_request_duration_seconds_count", **about) == before + 1


@pytest.mark.parametrize(
    ("health", "well"), [(Health(), 1), (Health(failures=1), 0.5), (Health(failures=3, tripped=True), 0)]
)
def test_the_health_of_a_provider_is_a_number(health, well):
    providers.found("music", "test", health)
    assert value("provider_health_status", work="music", provider="test") == well


def test_the_rooms_of_figures_say_what_they_are_for():
    assert philo_kernel.metrics.__doc__
    assert all(room.__doc__ for room in OURS)
