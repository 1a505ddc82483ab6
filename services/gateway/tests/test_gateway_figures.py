"""What gateway counts once it is committed."""

import time
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from uuid_utils.compat import uuid7

from philo_contracts.job import Job, Stage, Status
from philo_contracts.shapes import ProviderCall
from philo_gateway.jobs import figures as jobs
from philo_gateway.money import figures as money
from philo_kernel.metrics.instruments import REGISTRY

ASKED = datetime(2026, 1, 1, tzinfo=UTC)
PROVIDER = {"work": "picture", "provider": "figures-test"}


def value(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0.0


def call() -> ProviderCall:
    return ProviderCall(
        id="c", attempt=1, service="picture", provider="figures-test", model="m", outcome="answered", seconds=1
    )


async def test_what_is_booked_is_counted_in_dollars():
    before = value("provider_cost_dollars_total", **PROVIDER)
    for cents in ("0.04", "0.01"):
        await money.noting(call(), Decimal(cents))()
    assert value("provider_cost_dollars_total", **PROVIDER) == pytest.approx(before + 0.05)


async def test_a_call_without_a_price_is_told_as_such():
    before = value("provider_calls_unpriced_total", **PROVIDER)
    await money.noting(call(), None)()
    assert value("provider_calls_unpriced_total", **PROVIDER) == before + 1


async def test_a_completed_job_is_measured_from_its_request():
    took, count = (value(f"job_processing_time_seconds_{part}", kind="video") for part in ("sum", "count"))
    end = ASKED + timedelta(seconds=42)
    stage = Stage(name="draw", started_at=ASKED, finished_at=end)
    job = Job(status=Status.COMPLETED, created_at=ASKED, completed_at=end, stages=(stage,))
    await jobs.noting(job, ["processing", "completed"])()
    assert value("job_processing_time_seconds_sum", kind="video") == pytest.approx(took + 42)
    assert value("job_processing_time_seconds_count", kind="video") == count + 1


async def test_a_job_that_failed_is_a_transition_and_no_time():
    failed = value("job_transitions_total", kind="video", status="failed")
    count = value("job_processing_time_seconds_count", kind="video")
    await jobs.noting(Job(status=Status.FAILED, created_at=ASKED), ["failed"])()
    assert value("job_transitions_total", kind="video", status="failed") == failed + 1
    assert value("job_processing_time_seconds_count", kind="video") == count


def test_ids_of_later_jobs_come_after_the_first_of_a_moment():
    now = time.time()
    assert jobs.first_id(now - 1) < str(uuid7()) < jobs.first_id(now + 60)
