"""A service: starts its relay, consumer, worker and HTTP server, and drains them."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial

import httpx
import structlog
import uvloop
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncEngine

from philo_contracts.topics import dead_topic, topic
from philo_kernel import database, housekeeping, kafka, logs, telemetry
from philo_kernel.builtin import with_builtin
from philo_kernel.consumer import Consumer, Record
from philo_kernel.handler import Handler
from philo_kernel.http.backstage import withdraw
from philo_kernel.http.identity import Identity
from philo_kernel.http.keys import PublishedKeys
from philo_kernel.http.letters import dead_letters
from philo_kernel.http.server import serve
from philo_kernel.metrics import pulse
from philo_kernel.metrics.events import RESTARTS
from philo_kernel.metrics.exposition import exposition
from philo_kernel.metrics.lag import Lag
from philo_kernel.metrics.process import Process
from philo_kernel.metrics.readings import Read, Readings
from philo_kernel.metrics.tables import Tables
from philo_kernel.readiness import Started
from philo_kernel.redrive import Redriver
from philo_kernel.relay import Relay
from philo_kernel.replay.projection import Projection
from philo_kernel.replay.story_route import Archive, story_of_service
from philo_kernel.settings import ServiceSettings
from philo_kernel.subscription import Subscription
from philo_kernel.work import Passing, Task
from philo_kernel.worker import Worker

DRAIN = 20.0
"""Seconds from a stop in which what was polled is handled and running tasks end; then these go back to the queue."""
AGAIN = 0.5
UNWINDING = 3.0
"""Seconds that a part has to end once it is cancelled, before it is cancelled again."""

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


@dataclass
class Service:
    """One process: what it listens to, how it reacts, what it works on, what it serves."""

    name: str
    settings: ServiceSettings
    engine: AsyncEngine
    listens_to: Sequence[str] = ()
    unhurried: bool = False
    """Whether what it hears may gather for a moment: it then costs next to nothing to hear much and want little."""
    handlers: Sequence[Handler] = ()
    tasks: Sequence[Task] = ()
    ports: object = None
    api: FastAPI | None = None
    parallel: int = 4
    """How many tasks it holds at once."""
    starting: Sequence[Callable[[], Awaitable[None]]] = ()
    """What must be there before work begins; asked again until it succeeds."""
    keeps: Sequence[Projection] = ()
    """What it keeps beside facts, so that it can be held against them."""
    started: Started = field(default_factory=Started)
    """Told when the service takes part, for its readiness."""
    closing: Sequence[Callable[[], Awaitable[None]]] = ()
    """What `main.py` has opened, closed at the end."""
    parts: Mapping[str, Callable[[], Awaitable[None]]] = field(default_factory=dict)
    """What else shall run for as long as the service does, by name; it is started again when it fails."""
    figures: dict[str, Read] = field(default_factory=dict)
    """What is read for each scrape, by where it lies."""
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    stopped_at: float | None = None
    retiring: list[Callable[[], None]] = field(default_factory=list)
    """What takes up nothing more from the moment of a stop on, while other parts still end."""

    def run(self) -> None:
        """Serve until SIGTERM or SIGINT, then drain. Exits with status 1 and its reason when it cannot."""
        gc.freeze()  # what was imported lives as long as the process: no collection needs to look at it again
        gc.set_threshold(20_000, 20, 50)
        try:
            uvloop.run(self.serve())
        except Exception as error:
            log.critical("cannot serve", error=f"{type(error).__name__}: {error}", exc_info=error)
            raise SystemExit(1) from error

    async def serve(self) -> None:
        settings = self.settings
        provider = telemetry.begin(self.name, settings.service_instance, settings.otlp_endpoint, settings.trace_ratio)
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, self.leave)
        try:
            await self.until(self.stop)
        finally:
            if provider:
                await asyncio.to_thread(provider.shutdown)
        log.info("stopped")

    def leave(self) -> None:
        self.stopped_at = self.stopped_at or asyncio.get_running_loop().time()
        for retire in self.retiring:
            retire()
        log.info("leaving")
        self.stop.set()

    def patience(self) -> float:
        """Seconds that are left of `DRAIN`: consumer and worker share it, so that a stop has one bound."""
        since = asyncio.get_running_loop().time() - self.stopped_at if self.stopped_at else 0
        return max(0.0, DRAIN - since)

    async def until(self, stop: asyncio.Event) -> None:
        """Everything is started in the order in which it is needed, and ended in reverse."""
        async with AsyncExitStack() as stack:
            stack.push_async_callback(self.engine.dispose)
            for close in self.closing:
                stack.push_async_callback(close)
            if self.api:
                await stack.enter_async_context(self.answering(self.api))
            starting = asyncio.create_task(self.start(stack))
            stopping = asyncio.create_task(stop.wait())
            await asyncio.wait({starting, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if starting.done():
                starting.result()
                self.started.done = True
                log.info("up", listens_to=list(self.listens_to))
                await stopping
            starting.cancel()
            with suppress(asyncio.CancelledError):
                await starting

    @asynccontextmanager
    async def answering(self, api: FastAPI) -> AsyncIterator[int]:
        """Its own paths, and what it could not handle, for operators whose tokens it can verify; yields the port."""
        settings = self.settings
        async with httpx.AsyncClient(timeout=5) as client:
            identity: Identity | None = getattr(api.state, "identity", None)
            if identity is None and settings.jwks_url:
                identity = api.state.identity = Identity(PublishedKeys(client, settings.jwks_url))
            if identity is not None:
                api.include_router(dead_letters(self.name, self.engine))
                api.include_router(story_of_service(self.archive))
            self.figures["process"] = Process(self.engine, self.started).read
            self.figures["tables"] = Tables(self.engine, [task.work.__name__ for task in self.tasks]).read
            api.include_router(exposition(self.name, api.version, Readings(self.figures), settings.metrics_token))
            if "api" not in settings.service_parts:
                withdraw(api)
            host, trusted = settings.http_host, settings.trusted_proxies
            api.state.behind_us = bool(trusted)
            async with serve(api, host, settings.http_port, trusted_proxies=trusted, stop=self.stop) as port:
                yield port

    async def start(self, stack: AsyncExitStack) -> None:
        settings, prefix = self.settings, self.settings.topic_prefix
        await database.reachable(self.engine)
        for ready in self.starting:
            await waited_for(ready)
        own = [topic(prefix, self.name), dead_topic(prefix, self.name)]
        await kafka.ensure_topics(
            settings.kafka_bootstrap_servers,
            [*own, *(topic(prefix, other) for other in self.listens_to)],
            settings.partitions,
            settings.topic_replicas,
            settings.topic_days,
        )
        await self.start_parts(stack)
        if self.listens_to and "consumer" in settings.service_parts:
            await self.start_consumer(stack)

    async def start_parts(self, stack: AsyncExitStack) -> None:
        dsn = self.settings.database_url.get_secret_value()
        handlers = self.all_handlers()
        producing = partial(kafka.producing, self.settings.kafka_bootstrap_servers)
        relay = Relay(dsn, topic(self.settings.topic_prefix, self.name), producing)
        redriver = Redriver(self.name, handlers, self.engine)
        mine = self.settings.service_parts
        parts: dict[str, Callable[[], Awaitable[None]]] = {"pulse": pulse.beat}
        if "relay" in mine:
            parts |= {"relay": relay.run, "housekeeping": lambda: housekeeping.keep(self.engine)}
        if "consumer" in mine:
            parts["redriver"] = lambda: redriver.run(dsn)
        for name, run in {**parts, **self.parts}.items():
            part = asyncio.create_task(restarting(name, run), name=name)
            stack.push_async_callback(ended, part)
        if self.tasks and "worker" in mine:
            worker = Worker(self.name, self.tasks, self.engine, self.ports, self.parallel)
            self.retiring.append(worker.retire)
            part = asyncio.create_task(restarting("worker", lambda: worker.run(dsn)), name="worker")
            stack.push_async_callback(drained, worker, part, self.patience)

    async def start_consumer(self, stack: AsyncExitStack) -> None:
        prefix = self.settings.topic_prefix
        producer = await stack.enter_async_context(kafka.producing(self.settings.kafka_bootstrap_servers))

        async def tell_dead(record: Record) -> None:
            await kafka.tell_dead(producer, dead_topic(prefix, self.name), record)

        consumer = Consumer(self.name, self.all_handlers(), self.engine, tell_dead)
        subscription = Subscription(
            self.settings.kafka_bootstrap_servers,
            [topic(prefix, other) for other in self.listens_to],
            topic(prefix, self.name),
            self.settings.service_instance,
            consumer.receive,
            unhurried=self.unhurried,
        )
        self.figures["lag"] = Lag(subscription).read
        part = asyncio.create_task(restarting("consumer", subscription.run, until=lambda: subscription.stopping))
        stack.push_async_callback(settled, subscription, part, self.patience)
        await subscription.joined.wait()

    @property
    def archive(self) -> Archive:
        return Archive(self.name, self.engine, self.keeps)

    def all_handlers(self) -> list[Handler]:
        return with_builtin(self.handlers, self.listens_to, works=bool(self.tasks))


async def waited_for(ready: Callable[[], Awaitable[None]]) -> None:
    """Whatever is away at start is waited for."""
    while True:
        try:
            return await ready()
        except Passing as error:
            log.warning("waiting", error=str(error))
            await asyncio.sleep(AGAIN)


async def restarting(
    name: str, run: Callable[[], Awaitable[None]], *, until: Callable[[], bool] = lambda: False
) -> None:
    """A part that fails tells why and starts again; only its cancellation ends it, or what `until` says."""
    while not until():
        try:
            await run()
        except Exception as error:  # noqa: BLE001 - whatever it was, the part is needed
            RESTARTS.of(name).inc()
            log.warning("a part starts again", part=name, error=repr(error))
        if not until():
            await asyncio.sleep(AGAIN)


async def ended(part: asyncio.Task[None]) -> None:
    """Asked twice if need be: PgQueuer answers the first cancellation by waiting for its tasks, the next reaches them."""
    while not part.done():
        part.cancel()
        await asyncio.wait({part}, timeout=UNWINDING)


async def settled(subscription: Subscription, part: asyncio.Task[None], patience: Callable[[], float]) -> None:
    """What was polled is handled to its end; nothing is lost, and nothing comes again."""
    subscription.stop()
    with suppress(TimeoutError):
        await asyncio.wait_for(asyncio.shield(part), patience())
    await ended(part)


async def drained(worker: Worker, part: asyncio.Task[None], patience: Callable[[], float]) -> None:
    await worker.drain(patience())
    await ended(part)


def prepare(name: str, settings: ServiceSettings) -> AsyncEngine:
    """What every `main.py` begins with: logs, and the service's own database."""
    logs.configure(
        name, settings.service_instance, level=settings.log_level, style=settings.log_format, file=settings.log_file
    )
    url, pool = settings.database_url.get_secret_value(), settings.database_pool
    return database.engine_for(url, pool=pool, application=f"philo-{name}")
