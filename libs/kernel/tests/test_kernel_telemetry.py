"""One trace a job: what lies with a fact goes on where it is handled, and in the work that it causes."""

import asyncio

import pytest
from kernel_toys import Ring, ToyRang, ToyWound, lying, until, wound
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from philo_kernel import telemetry
from philo_kernel.consumer import Consumer
from philo_kernel.handler import on
from philo_kernel.service import ended
from philo_kernel.unit import unit_of_work
from philo_kernel.work import task
from philo_kernel.worker import Worker

TRACE, PARENT = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"


@pytest.fixture
def spans(monkeypatch):
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(telemetry, "tracer", provider.get_tracer("toy"))
    return exporter


@pytest.mark.stack
async def test_the_trace_of_a_fact_goes_on_in_its_handler_its_task_and_its_result(engine, dsn, look, spans):
    @on(ToyWound)
    async def wind(fact, unit):
        unit.start(Ring(job=fact.job))

    @task(Ring)
    async def ring(work, ports):
        return ToyRang(job=work.job)

    cause = wound("a").model_copy(update={"traceparent": f"00-{TRACE}-{PARENT}-01"})

    async def unheard(record) -> None:
        raise AssertionError("parked")

    await Consumer("toy", [wind], engine, unheard).receive(lying(cause))
    worker = Worker("toy", [ring], engine, None, 4)
    running = asyncio.create_task(worker.run(dsn))
    await until(lambda: look.types("ring/a/0"))
    await worker.drain(10)
    await ended(running)
    handled, done = spans.get_finished_spans()
    assert [span.name for span in (handled, done)] == ["toy.wind", "toy.Ring"]
    assert {f"{span.context.trace_id:032x}" for span in (handled, done)} == {TRACE}
    assert (f"{handled.parent.span_id:016x}", done.parent.span_id) == (PARENT, handled.context.span_id)
    async with unit_of_work(engine, "toy") as unit:
        (result,) = await unit.load("ring/a/0")
    assert result.traceparent == f"00-{TRACE}-{done.context.span_id:016x}-01"


def test_without_a_tracer_the_context_still_travels():
    with telemetry.span("toy", f"00-{TRACE}-{PARENT}-01"):
        assert telemetry.current() == f"00-{TRACE}-{PARENT}-01"


def test_nobody_traces_nothing_is_carried():
    assert not trace.get_current_span().get_span_context().is_valid
    assert (telemetry.carried(), telemetry.current()) == ({}, None)
