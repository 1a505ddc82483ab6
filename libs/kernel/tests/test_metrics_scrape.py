"""A service as a process of its own, scraped as Prometheus does it."""

import httpx
import pytest
from kernel_toys import until, wound
from prometheus_client.openmetrics.parser import text_string_to_metric_families as openmetrics_of
from prometheus_client.parser import text_string_to_metric_families as families_of
from test_kernel_service import a_process, free_port, line_with

from philo_kernel import store

pytestmark = pytest.mark.stack
OPENMETRICS = "application/openmetrics-text; version=1.0.0"


class Scrape:
    """What one process tells, by name and labels."""

    def __init__(self, text: str) -> None:
        self.samples = [one for family in families_of(text) for one in family.samples]

    def value(self, name: str, **labels: str) -> float | None:
        found = [one.value for one in self.samples if one.name == name and labels.items() <= one.labels.items()]
        return sum(found) if found else None


async def scraped(port: int, **headers: str) -> Scrape:
    async with httpx.AsyncClient(timeout=10) as client:
        answer = await client.get(f"http://127.0.0.1:{port}/metrics", headers=headers)
    return Scrape(answer.raise_for_status().text)


async def test_what_a_service_does_is_told_to_who_scrapes_it(servers, dsn, look, topic_prefix):
    port = free_port()
    async with a_process(servers, dsn, topic_prefix, port) as process:
        await line_with(process, "up")
        await store.append(look.connection, [wound("a"), wound("b")])
        await until(lambda: look.types("ring/b/1"), 60)
        await until(lambda: look.types("ring/a/1"), 60)

        async def all_told() -> bool:
            told = await scraped(port)
            return (told.value("task_duration_seconds_count", outcome="ended"), told.value("tasks_running")) == (2, 0)

        await until(all_told, 60)
        told = await scraped(port)
    assert told.value("handler_duration_seconds_count", handler="wind", component="toy") == 2
    assert told.value("task_duration_seconds_sum", task="Ring", outcome="ended") > 2 * 0.5
    assert told.value("task_wait_seconds_count", task="Ring") == 2
    assert told.value("relay_facts_published_total") >= 2
    assert told.value("relay_holds_lock") == told.value("service_ready") == 1
    assert told.value("tasks_waiting", task="Ring", priority="high") == told.value("outbox_facts") == 0
    assert told.value("consumer_lag_records", topic=f"{topic_prefix}.toy") is not None
    assert all(told.value("figures_readable", source=one) == 1 for one in ("process", "tables", "lag"))
    assert told.value("process_resident_memory_bytes") > 1e6


async def test_a_dead_database_is_an_absent_figure_and_no_failure(servers, dsn, topic_prefix):
    port = free_port()
    nowhere = f"postgresql://nobody@127.0.0.1:{free_port()}/nothing"
    async with a_process(servers, nowhere, topic_prefix, port) as process:
        await line_with(process, "waiting for the database")
        told = await scraped(port)
    assert told.value("figures_readable", source="tables") == 0
    assert told.value("outbox_age_seconds") is told.value("task_age_seconds") is told.value("dead_letters") is None
    assert told.value("service_ready") == 0
    assert told.value("process_start_time_seconds") > 0


async def test_figures_are_for_who_brings_the_token_once_there_is_one(servers, dsn, topic_prefix):
    port, token = free_port(), 40 * "t"
    address = f"http://127.0.0.1:{port}/metrics"
    async with (
        a_process(servers, dsn, topic_prefix, port, METRICS_TOKEN=token) as process,
        httpx.AsyncClient(timeout=10) as client,
    ):
        await line_with(process, "up")
        assert (await client.get(address)).status_code == 401
        assert (await client.get(address, headers={"Authorization": f"Bearer {token}x"})).status_code == 401
        told = await client.get(address, headers={"Authorization": f"Bearer {token}", "Accept": OPENMETRICS})
    assert told.headers["content-type"].startswith("application/openmetrics-text")
    assert {"service_ready", "task_age_seconds"} <= {family.name for family in openmetrics_of(told.text)}
