"""The loop that brings records from Kafka: static membership, a run for each partition, offsets now and then."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from heapq import merge
from typing import Any

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.coordinator.assignors.range import RangePartitionAssignor
from aiokafka.errors import KafkaError

from philo_kernel.consumer import Record
from philo_kernel.metrics import events as figures

AGAIN = 1.0
"""Seconds before a run that could not be settled is tried again."""
POLL_MS = 200
"""How long a poll waits for something to come, and so how late a stop is noticed."""
AT_ONCE = 300
COMMIT_EVERY = 0.5
"""Seconds. Offsets are hints: a commit a poll would keep every fact waiting for a round trip to the broker's disk, and
all that a crash brings again the inbox knows."""

Receive = Callable[[Sequence[Record]], Awaitable[None]]
Polled = Mapping[TopicPartition, Sequence[ConsumerRecord]]

SETTINGS: dict[str, Any] = {
    "enable_auto_commit": False,
    "auto_offset_reset": "earliest",
    # A restarted static member is let in at once; the long session only spares false alarms.
    "session_timeout_ms": 30_000,
    "heartbeat_interval_ms": 2_000,
    # One process sees all of a job: equal partitions of every topic go to the same member.
    "partition_assignment_strategy": (RangePartitionAssignor,),
}
UNHURRIED: dict[str, Any] = {"fetch_min_bytes": 256 * 1024, "fetch_max_wait_ms": 500}
"""For who cares for little of what is said: the broker lets it gather for half a second."""

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


def runs(polled: Polled) -> list[list[ConsumerRecord]]:
    """One run a partition number, over all topics: what belongs to one job is handled by one unit, never by two at once.

    Order within a topic stays, whatever the clocks of its writers say; between topics the older record goes first, so
    that less comes before what it builds on.
    """
    grouped: dict[int, list[Sequence[ConsumerRecord]]] = {}
    for place, records in polled.items():
        grouped.setdefault(place.partition, []).append(records)
    return [list(merge(*topics, key=lambda record: record.timestamp)) for topics in grouped.values()]


class Subscription:
    """Every run goes to `receive`; partitions run side by side."""

    def __init__(
        self,
        bootstrap: str,
        topics: Sequence[str],
        group: str,
        instance: str,
        receive: Receive,
        *,
        unhurried: bool = False,
    ) -> None:
        self.receive, self.topics = receive, topics
        self.settings = SETTINGS | {"bootstrap_servers": bootstrap, "group_id": group, "group_instance_id": instance}
        self.settings |= UNHURRIED if unhurried else {}
        self.joined, self.stopping = asyncio.Event(), False
        self.consumer: AIOKafkaConsumer | None = None
        self.handled: dict[TopicPartition, int] = {}
        """How far each partition is handled: the offset of the first record that is not."""
        self.in_hand: dict[int, int] = {}
        """When the oldest record of each run that is being handled was published, in milliseconds since 1970."""

    async def run(self) -> None:
        """Poll until `stop`. A failure ends the run; the next one goes on where the inbox says."""
        consumer = AIOKafkaConsumer(*self.topics, **self.settings)
        try:
            await consumer.start()
            self.consumer = consumer
            self.joined.set()
            await self.consume(consumer)
        finally:
            self.consumer = None
            await consumer.stop()

    async def consume(self, consumer: AIOKafkaConsumer) -> None:
        owed, committed = False, time.monotonic()
        while not self.stopping:
            polled = await consumer.getmany(timeout_ms=POLL_MS, max_records=AT_ONCE)
            self.handled |= {place: records[0].offset for place, records in polled.items()}
            await asyncio.gather(*(self.measured(run) for run in runs(polled)))
            self.handled |= {place: records[-1].offset + 1 for place, records in polled.items()}
            owed = owed or bool(polled)
            if owed and time.monotonic() - committed >= COMMIT_EVERY:
                await self.commit(consumer)
                owed, committed = False, time.monotonic()
        if owed:
            await self.commit(consumer)

    async def measured(self, run: Sequence[ConsumerRecord]) -> None:
        part, oldest, began = run[0].partition, run[0].timestamp, time.perf_counter()
        self.in_hand[part] = oldest
        try:
            await self.settled(run)
        finally:
            del self.in_hand[part]
        figures.RUNS.observe(time.perf_counter() - began)
        figures.AGES.observe(max(0.0, time.time() - oldest / 1000))

    async def settled(self, run: Sequence[Record]) -> None:
        """Returns once all of the run is durably handled or durably parked; only then may its offsets go."""
        while True:
            try:
                return await self.receive(run)
            except Exception as error:  # noqa: BLE001 - nothing may be skipped, whatever it was
                log.warning("a run is tried again", error=repr(error), records=len(run))
                await asyncio.sleep(AGAIN)

    async def commit(self, consumer: AIOKafkaConsumer) -> None:
        """Offsets are hints: a commit that fails, as in a rebalance, only costs records that come again."""
        try:
            await consumer.commit()
        except KafkaError as error:
            log.warning("offsets were not committed", error=repr(error))

    def stop(self) -> None:
        """Ask the run to end; what is in hand is settled first."""
        self.stopping = True
