"""Clients of the broker with the settings that keep facts safe, and the topics they need."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import TypeVar

import structlog
from aiokafka import AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import KafkaConnectionError, KafkaError, NoError, TopicAlreadyExistsError, for_code

from philo_kernel.consumer import Record

SEND_TIMEOUT = 30_000
DAY_MS = 24 * 3600 * 1000
FLUSH_TIMEOUT = 5.0
"""Seconds in which a producer that is stopped may still send; with the broker away it would wait for ever."""

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)
T = TypeVar("T")


async def answering(what: str, ask: Callable[[], Awaitable[T]]) -> T:
    """Kafka away at start is waited for."""
    while True:
        try:
            return await ask()
        except (KafkaError, OSError) as error:
            if isinstance(error, KafkaError) and not (error.retriable or isinstance(error, KafkaConnectionError)):
                raise
            log.warning("waiting for Kafka", what=what, error=repr(error))
            await asyncio.sleep(0.5)


async def producer(bootstrap: str) -> AIOKafkaProducer:
    """aiokafka's own defaults are acks=1 and no idempotence. No linger: the relay batches by itself."""

    async def start() -> AIOKafkaProducer:
        client = AIOKafkaProducer(
            bootstrap_servers=bootstrap,
            acks="all",
            enable_idempotence=True,
            linger_ms=0,
            request_timeout_ms=SEND_TIMEOUT,
        )
        try:
            await client.start()
        except BaseException:
            await client.stop()
            raise
        return client

    return await answering("producer", start)


@asynccontextmanager
async def producing(bootstrap: str) -> AsyncIterator[AIOKafkaProducer]:
    """A producer for as long as the block lasts."""
    client = await producer(bootstrap)
    try:
        yield client
    finally:
        await stopped(client)


async def stopped(client: AIOKafkaProducer) -> None:
    try:
        await asyncio.wait_for(client.stop(), FLUSH_TIMEOUT)
    except TimeoutError:
        log.warning("a producer was stopped with records unsent")


async def ensure_topics(bootstrap: str, topics: Sequence[str], partitions: int, replicas: int, days: int = 7) -> None:
    """Create what is missing. Equal partition counts everywhere let one process see all of a job.

    What was said is forgotten after `days`, and a day more at most: Kafka forgets segments, and begins one a day.
    """
    kept = {"cleanup.policy": "delete", "retention.ms": str(days * DAY_MS), "segment.ms": str(DAY_MS)}

    async def create() -> None:
        admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
        try:
            await admin.start()
            existing = set(await admin.list_topics())
            missing = [
                NewTopic(name, 1 if name.endswith(".dead") else partitions, replicas, topic_configs=kept)
                for name in sorted(set(topics) - existing)
            ]
            if missing:
                refuse((await admin.create_topics(missing)).topic_errors)
        finally:
            await admin.close()

    await answering("topics", create)


def refuse(answers: Sequence[tuple[str, int, str | None]]) -> None:
    """aiokafka returns what went wrong with each topic, and raises nothing. Services start side by side: one is first."""
    for name, code, words in answers:
        error = for_code(code)
        if error not in {NoError, TopicAlreadyExistsError}:
            raise error(f"the topic {name} cannot be made: {words}")


async def ping(bootstrap: str) -> None:
    """Raises when the broker does not answer."""
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    try:
        await admin.start()
    finally:
        await admin.close()


async def tell_dead(client: AIOKafkaProducer, topic: str, record: Record) -> None:
    """A copy for alerting. It is only a hint, so a failure is told and no more."""
    try:
        sent = client.send_and_wait(topic, record.value or b"", key=record.key, headers=list(record.headers))
        await asyncio.wait_for(sent, SEND_TIMEOUT / 1000)
    except (KafkaError, TimeoutError) as error:
        log.warning("the dead-letter topic was not told", topic=topic, error=repr(error))
