"""Replicas of notify as they run anywhere: processes of their own that hear the facts of a story over Kafka."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import subprocess
import sys
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg
import httpx
import psutil  # type: ignore[import-untyped]
from aiokafka import AIOKafkaProducer
from jwt.algorithms import OKPAlgorithm
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from philo.stack import Endpoints
from philo.stack.ports import choose
from philo.stack.provision import driver_url
from philo.testing_service import KEY_ID, SIGNING, settings_in
from philo_contracts.envelope import Envelope
from philo_contracts.topics import topic
from philo_kernel import kafka
from philo_kernel.http.server import serve
from philo_kernel.relay import headers
from philo_kernel.store import body_of

PREFIX = f"load-{secrets.token_hex(4)}"
"""Of the topics of this run."""


@dataclass
class Replica:
    """One process, that is begun again at the same address and under the same name."""

    environment: dict[str, str]
    log: Path
    port: int = field(default_factory=lambda: choose(None, set()))
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            settings = os.environ | self.environment | {"HTTP_PORT": str(self.port)}
            self.process = subprocess.Popen(
                [sys.executable, "-m", "philo_notify.main"], env=settings, stderr=log, stdout=log
            )

    def kill(self) -> None:
        """Without a word, as a machine dies."""
        assert self.process
        self.process.kill()
        self.process.wait()

    async def ready(self) -> None:
        async with httpx.AsyncClient(trust_env=False) as client:
            while True:
                assert self.process
                assert self.process.poll() is None, self.log.read_text()[-1000:]
                with suppress(httpx.TransportError):  # it does not listen yet
                    answer = await client.get(f"http://127.0.0.1:{self.port}/health/ready")
                    if answer.status_code == 200:
                        return
                await asyncio.sleep(0.1)

    @property
    def statistics(self) -> psutil.Process:
        assert self.process
        return psutil.Process(self.process.pid)


@asynccontextmanager
async def published_keys() -> AsyncIterator[str]:
    """The URL at which replicas find the keys of this run's tokens."""
    jwk = json.loads(OKPAlgorithm.to_jwk(SIGNING.public_key())) | {"kid": KEY_ID}

    async def keys(_: Request) -> JSONResponse:
        return JSONResponse({"keys": [jwk]})

    async with serve(Starlette(routes=[Route("/keys", keys)]), "127.0.0.1", 0) as port:
        yield f"http://127.0.0.1:{port}/keys"


@contextmanager
def started(replicas: list[Replica]) -> Iterator[None]:
    try:
        for replica in replicas:
            replica.start()
        yield
    finally:
        for replica in replicas:
            replica.kill()


@asynccontextmanager
async def running(servers: Endpoints, database: str, count: int, logs: Path) -> AsyncIterator[list[Replica]]:
    """So many replicas of one service, all of which take part."""
    told = {name.upper(): str(value) for name, value in settings_in(servers, database).items()}
    async with published_keys() as url:
        own = {"JWKS_URL": url, "TOPIC_PREFIX": PREFIX}
        replicas = [
            Replica(told | own | {"SERVICE_INSTANCE": f"notify-{at}"}, logs / f"notify-{at}.log") for at in range(count)
        ]
        with started(replicas):
            for replica in replicas:
                await replica.ready()
            yield replicas


class Gateway:
    """Says the facts of jobs, as gateway's relay does."""

    def __init__(self, producer: AIOKafkaProducer, database: str) -> None:
        self.producer, self.database = producer, database

    async def says(self, facts: Iterable[Envelope]) -> None:
        """Returns when the broker has them."""
        sent = [
            await self.producer.send(
                topic(PREFIX, "gateway"),
                body_of(fact),
                key=fact.correlationid.encode(),
                headers=headers(fact.id, fact.type, fact.traceparent),
            )
            for fact in facts
        ]
        await asyncio.gather(*sent)

    async def heard(self, count: int) -> None:
        """Wait until so many messages lie in the feeds of all users."""
        connection = await asyncpg.connect(driver_url(self.database))
        try:
            while await connection.fetchval("select coalesce(sum(last), 0) from reader") < count:  # noqa: ASYNC110 - in another process
                await asyncio.sleep(0.2)
        finally:
            await connection.close()


@asynccontextmanager
async def gateway(servers: Endpoints, database: str) -> AsyncIterator[Gateway]:
    async with kafka.producing(servers.kafka) as producer:
        yield Gateway(producer, database)
