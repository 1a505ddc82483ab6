"""Is it alive, is it ready, what is it: the three questions an orchestrator asks."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from time import perf_counter
from typing import Literal

import structlog
from fastapi import APIRouter, Response
from pydantic import BaseModel

Check = Callable[[], Awaitable[None]]
"""Asks one dependency for a sign of life; raises when there is none."""

OPERATION = frozenset({"/health", "/health/ready", "/info", "/metrics"})
"""What every process answers, whatever parts of its service it has."""
PATIENCE = 2.0
"""Seconds a dependency has to answer."""

log = structlog.stdlib.get_logger("philo.health")


class Alive(BaseModel):
    status: Literal["alive"] = "alive"


class Finding(BaseModel):
    status: Literal["ok", "failed"]
    latency_ms: float
    detail: str | None = None


class Readiness(BaseModel):
    status: Literal["ready", "not_ready"]
    checks: dict[str, Finding]


class Info(BaseModel):
    name: str
    version: str
    debug: bool


def operation(name: str, version: str, checks: Mapping[str, Check], *, debug: bool = False) -> APIRouter:
    """`/health` touches nothing; `/health/ready` asks every dependency, all at once, and is 503 when one fails."""
    router = APIRouter(tags=["operation"])

    @router.get("/health")
    async def health() -> Alive:
        return Alive()

    @router.get("/health/ready", responses={503: {"model": Readiness}}, response_model_exclude_none=True)
    async def ready(response: Response) -> Readiness:
        found = await asyncio.gather(*(examine(part, check) for part, check in checks.items()))
        well = all(finding.status == "ok" for finding in found)
        response.status_code = 200 if well else 503
        return Readiness(status="ready" if well else "not_ready", checks=dict(zip(checks, found, strict=True)))

    @router.get("/info")
    async def info() -> Info:
        return Info(name=name, version=version, debug=debug)

    return router


async def examine(part: str, check: Check) -> Finding:
    """Any error of a check is its finding; the answer names its kind, the log its words."""
    since = perf_counter()
    try:
        async with asyncio.timeout(PATIENCE):
            await check()
    except Exception as error:  # noqa: BLE001
        reason = f"no answer in {PATIENCE:g} s" if isinstance(error, TimeoutError) else type(error).__name__
        log.warning("dependency is not ready", dependency=part, reason=reason, error=str(error))
        return Finding(status="failed", latency_ms=elapsed_ms(since), detail=reason)
    return Finding(status="ok", latency_ms=elapsed_ms(since))


def elapsed_ms(since: float) -> float:
    return round((perf_counter() - since) * 1000, 2)
