"""A real Jaeger holds the trace of a film: asked through its own query API. Run by `make test-trace`."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from philo.stack import Endpoints, StackError, jaeger
from philo.stack.services import SERVICES
from philo.testing import shared_stack
from tests.filming import QUIET, filmed, newcomer

pytestmark = [
    pytest.mark.stack,
    pytest.mark.skipif("PHILO_TRACE" not in os.environ, reason="a real Jaeger is asked by `make test-trace`"),
]

EVERYBODY = {f"philo-{spec.name}" for spec in SERVICES}
SCENES = 5
SCRIPT = "A fox crosses the snow. The moon is up. An owl looks down. Her den is near. She sleeps until the morning."


@dataclass(frozen=True)
class Kept:
    """A span as Jaeger keeps it."""

    service: str
    name: str
    id: str
    parents: tuple[str, ...]
    links: tuple[str, ...]

    @classmethod
    def of(cls, span: dict[str, Any], services: dict[str, str]) -> Kept:
        def of_kind(kind: str) -> tuple[str, ...]:
            return tuple(one["spanID"] for one in span["references"] if one["refType"] == kind)

        service = services[span["processID"]]
        return cls(service, span["operationName"], span["spanID"], of_kind("CHILD_OF"), of_kind("FOLLOWS_FROM"))


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoints]:
    """Everything, and a Jaeger that was built here, or that Docker runs."""
    try:
        jaeger.provide(print)
    except StackError as why:
        pytest.skip(f"NOT TRIED: {why}")
    with shared_stack(tmp_path_factory.mktemp("philo-trace"), services=True, extras=("jaeger",)) as at:
        yield at


async def kept(page: str, trace: str) -> list[Kept]:
    """All that Jaeger has of a trace; nothing while it knows none."""
    async with httpx.AsyncClient(base_url=page) as client:
        answer = await client.get(f"/api/traces/{trace}")
    found = answer.json()["data"] if answer.status_code == 200 else []
    assert len(found or ()) <= 1
    return [
        Kept.of(span, {name: process["serviceName"] for name, process in one["processes"].items()})
        for one in found or ()
        for span in one["spans"]
    ]


def orphans(spans: list[Kept]) -> set[str]:
    known = {span.id for span in spans}
    return {parent for span in spans for parent in span.parents if parent not in known}


async def settled(page: str, trace: str) -> list[Kept]:
    """The trace once nothing is missing; what there is, if that takes too long."""
    for _ in range(100):
        spans = await kept(page, trace)
        ended = any(span.name == "render.Join" for span in spans)
        if ended and {span.service for span in spans} == EVERYBODY and not orphans(spans):
            break
        await asyncio.sleep(0.2)
    return spans


async def test_a_film_of_five_scenes_is_one_trace_of_all_six_services_without_an_orphan(
    watched: Endpoints, tmp_path: Path
) -> None:
    async with newcomer(watched.gateway) as api:
        film = await filmed(api, SCRIPT, QUIET | {"scenes": SCENES}, tmp_path)
    assert len(film.job["scenes"]) == SCENES
    assert watched.jaeger
    spans = await settled(watched.jaeger, film.job["trace_id"])
    assert {span.service for span in spans} == EVERYBODY
    assert [span.name for span in spans if not span.parents] == ["POST /api/v1/jobs"]
    assert orphans(spans) == set()
    names = [span.name for span in spans]
    assert names.count("render.Draw") == names.count("tts.Narrate") == names.count("render.Paint") == SCENES
    assert names.count("draw and encode a chunk") >= SCENES
    (join,) = (span for span in spans if span.name == "render.Join")
    assert len(join.links) == SCENES + 1
