"""The loop that brings records from Kafka: batches, one offset commit each, static membership."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import structlog
from aiokafka import ConsumerRecord
from aiokafka.coordinator.assignors.range import RangePartitionAssignor
from faststream import AckPolicy
from faststream.kafka import KafkaBroker, KafkaMessage

from philo_kernel.consumer import Record

AGAIN = 1.0
"""Seconds before a batch that could not be settled is asked for again: FastStream itself would spin."""

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)
Receive = Callable[[Sequence[Record]], Awaitable[None]]

SETTINGS: dict[str, Any] = {
    "auto_offset_reset": "earliest",
    # A restarted static member is let in at once; the long session only spares false alarms.
    "session_timeout_ms": 30_000,
    "heartbeat_interval_ms": 2_000,
    # One process sees all of a job: equal partitions of every topic go to the same member.
    "partition_assignment_strategy": (RangePartitionAssignor,),
    # When idle FastStream waits this long and then is deaf as long again: keep it short.
    "batch_timeout_ms": 10,
    "max_records": 200,
}


async def undecoded(message: Any) -> bytes:  # noqa: ANN401 - FastStream's decoder port
    """Who does not care about an event must not pay for reading it."""
    body: bytes = message.body
    return body


class Subscription:
    """Every partition's run goes to `receive`; partitions run side by side, offsets are committed once a batch."""

    def __init__(self, bootstrap: str, topics: Sequence[str], group: str, instance: str, receive: Receive) -> None:
        self.receive = receive
        self.broker = KafkaBroker(bootstrap, logger=None)
        subscriber = self.broker.subscriber(
            *topics,
            group_id=group,
            group_instance_id=instance,
            ack_policy=AckPolicy.NACK_ON_ERROR,
            decoder=undecoded,
            batch=True,
            **SETTINGS,
        )
        subscriber(self.batch)

    async def batch(self, message: KafkaMessage) -> None:
        runs: dict[tuple[str, int], list[ConsumerRecord]] = {}
        records: Any = message.raw_message
        for record in records:
            runs.setdefault((record.topic, record.partition), []).append(record)
        ends = await asyncio.gather(*(self.receive(run) for run in runs.values()), return_exceptions=True)
        failed = [end for end in ends if isinstance(end, BaseException)]
        if failed:
            log.error("a batch is asked for again", error=repr(failed[0]))
            await asyncio.sleep(AGAIN)
            raise failed[0]

    async def start(self) -> None:
        await self.broker.start()

    async def stop(self) -> None:
        """Ends running handlers well; nothing is lost or repeated."""
        await self.broker.stop()
