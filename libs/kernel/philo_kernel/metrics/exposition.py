"""`GET /metrics`, in the format that the scraper asks for: Prometheus' own text, or OpenMetrics."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from fastapi import APIRouter, Request, Response
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from pydantic import SecretStr

from philo_kernel.metrics.access import admit
from philo_kernel.metrics.instruments import REGISTRY
from philo_kernel.metrics.readings import Readings


class Labelled:
    """All figures of this process, each with its `component`: however it is scraped, it says what it is."""

    def __init__(self, component: str, read: Sequence[Metric]) -> None:
        self.component, self.read = component, read

    def collect(self) -> Iterator[Metric]:
        for metric in chain(REGISTRY.collect(), self.read):
            told = Metric(metric.name, metric.documentation, metric.type, metric.unit)
            told.samples = [one._replace(labels={**one.labels, "component": self.component}) for one in metric.samples]
            yield told


def exposition(component: str, version: str, readings: Readings, token: SecretStr | None) -> APIRouter:
    """No part of the API: gateway passes nobody's on, and each process tells its own."""
    router = APIRouter(include_in_schema=False)
    build = GaugeMetricFamily("philo_build_info", "Always 1; which version this is.", labels=["version"])
    build.add_metric([version], 1)

    @router.get("/metrics")
    async def metrics(request: Request) -> Response:
        admit(request, token.get_secret_value() if token else None)
        encode, kind = choose_encoder(request.headers.get("accept", ""))
        read: Iterable[Metric] = await readings.metrics()
        # Thousands of lines take tens of milliseconds: requests must not wait for them.
        body = await asyncio.to_thread(encode, Labelled(component, [build, *read]))
        return Response(body, media_type=None, headers={"Content-Type": kind})

    return router
