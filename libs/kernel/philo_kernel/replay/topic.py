"""Reads topics from their beginning to where they end now, as facts. Nobody's offsets are touched, and nothing is sent."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient

from philo_contracts.envelope import Envelope

POLL_MS = 500
AT_ONCE = 2_000


class NoTopic(Exception):
    """The broker has no such topic."""


@dataclass(frozen=True)
class Brought:
    """One record: where it lay, what it is, or why nobody can read it. `at` is when its service published it."""

    topic: str
    partition: int
    offset: int
    at: datetime
    body: bytes
    envelope: Envelope | None
    error: str = ""


async def records(bootstrap: str, topics: Sequence[str]) -> AsyncIterator[list[Brought]]:
    """All that lies there, some at a time, each partition in its order. Raises `NoTopic`."""
    places = await partitions(bootstrap, topics)
    consumer = AIOKafkaConsumer(bootstrap_servers=bootstrap, enable_auto_commit=False, auto_offset_reset="earliest")
    await consumer.start()
    try:
        consumer.assign(places)
        begins, ends = await consumer.beginning_offsets(places), await consumer.end_offsets(places)
        left = {place for place in places if begins[place] < ends[place]}
        consumer.pause(*(place for place in places if place not in left))
        for place in left:
            consumer.seek(place, begins[place])
        while left:
            polled = await consumer.getmany(timeout_ms=POLL_MS, max_records=AT_ONCE)
            yield [read(one) for found in polled.values() for one in found if one.offset < ends[place_of(one)]]
            for place in list(left):
                if await consumer.position(place) >= ends[place]:
                    left.discard(place)
                    consumer.pause(place)
    finally:
        await consumer.stop()


async def partitions(bootstrap: str, topics: Sequence[str]) -> list[TopicPartition]:
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    try:
        known = await admin.list_topics()
        if unknown := [topic for topic in topics if topic not in known]:
            raise NoTopic(f"There is no topic {unknown[0]!r}. There are {', '.join(sorted(known)) or 'none'}.")
        told = await admin.describe_topics(list(topics))
    finally:
        await admin.close()
    return [TopicPartition(one["topic"], part["partition"]) for one in told for part in one["partitions"]]


def place_of(record: ConsumerRecord) -> TopicPartition:
    return TopicPartition(record.topic, record.partition)


def read(record: ConsumerRecord) -> Brought:
    body = record.value or b""
    at = datetime.fromtimestamp(record.timestamp / 1000, UTC)
    try:
        envelope, error = Envelope.model_validate_json(body), ""
    except ValueError as reason:
        envelope, error = None, str(reason).splitlines()[0]
    return Brought(record.topic, record.partition, record.offset, at, body, envelope, error)
