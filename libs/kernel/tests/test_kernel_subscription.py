"""Nothing is acknowledged before it is settled, and a restarted member is back at once."""

import asyncio
from contextlib import asynccontextmanager

import pytest
from kernel_toys import Lying

from philo_kernel import kafka, subscription
from philo_kernel.service import ended
from philo_kernel.subscription import Subscription, runs


class Heard:
    """Receives runs; fails or waits as it is told."""

    def __init__(self) -> None:
        self.values: list[bytes] = []
        self.arrived, self.go, self.faults = asyncio.Event(), asyncio.Event(), 0
        self.go.set()

    async def receive(self, run) -> None:
        self.arrived.set()
        await self.go.wait()
        if self.faults:
            self.faults -= 1
            raise RuntimeError("unsettled")
        self.values.extend(record.value for record in run)

    async def all_of(self, count: int) -> list[bytes]:
        async with asyncio.timeout(30):
            while len(self.values) < count:  # noqa: ASYNC110 - it comes from Kafka
                await asyncio.sleep(0.01)
        return self.values


@pytest.fixture
async def topic(servers, topic_prefix) -> str:
    name = f"{topic_prefix}toy"
    await kafka.ensure_topics(servers.kafka, [name], 1, 1)
    return name


async def send(servers, topic, *values: bytes) -> None:
    async with kafka.producing(servers.kafka) as producer:
        for value in values:
            await producer.send_and_wait(topic, value, key=b"a")


@asynccontextmanager
async def listening(servers, topic, heard: Heard):
    made = Subscription(servers.kafka, [topic], f"{topic}-group", f"{topic}-0", heard.receive)
    part = asyncio.create_task(made.run())
    try:
        yield made, part
    finally:
        made.stop()
        await asyncio.wait({part}, timeout=10)
        await ended(part)


@pytest.mark.stack
async def test_what_was_settled_does_not_come_again_to_a_restarted_member(servers, topic):
    first, second = Heard(), Heard()
    await send(servers, topic, b"1")
    async with listening(servers, topic, first):
        assert await first.all_of(1) == [b"1"]
    await send(servers, topic, b"2")
    async with listening(servers, topic, second):
        assert await second.all_of(1) == [b"2"]


@pytest.mark.stack
async def test_what_was_not_settled_when_the_process_died_comes_again(servers, topic):
    first, second = Heard(), Heard()
    first.go.clear()
    await send(servers, topic, b"1")
    async with listening(servers, topic, first) as (_, part):
        await first.arrived.wait()
        await ended(part)
    async with listening(servers, topic, second):
        assert await second.all_of(1) == [b"1"]


@pytest.mark.stack
async def test_a_run_that_cannot_be_settled_is_tried_again_and_never_passed_over(servers, topic, monkeypatch):
    monkeypatch.setattr(subscription, "AGAIN", 0.01)
    heard = Heard()
    heard.faults = 3
    await send(servers, topic, b"1")
    async with listening(servers, topic, heard):
        await heard.arrived.wait()
        await send(servers, topic, b"2")
        assert await heard.all_of(2) == [b"1", b"2"]
    assert heard.faults == 0


@pytest.mark.stack
async def test_a_stop_lets_the_run_in_hand_end(servers, topic):
    heard = Heard()
    heard.go.clear()
    await send(servers, topic, b"1")
    async with listening(servers, topic, heard) as (made, part):
        await heard.arrived.wait()
        made.stop()
        heard.go.set()
        await asyncio.wait({part}, timeout=10)
        assert (part.done(), heard.values) == (True, [b"1"])


def at(topic: str, offset: int, timestamp: int) -> Lying:
    record = Lying(None, [], offset, topic=topic)
    record.timestamp = timestamp
    return record


def test_topics_are_merged_by_time_but_a_clock_never_breaks_the_order_of_one():
    polled = {
        subscription.TopicPartition("a", 0): [at("a", 0, 50), at("a", 1, 10), at("a", 2, 60)],
        subscription.TopicPartition("b", 0): [at("b", 0, 40), at("b", 1, 55)],
        subscription.TopicPartition("b", 1): [at("b", 9, 1)],
    }
    first, second = runs(polled)
    assert [(record.topic, record.offset) for record in first] == [("b", 0), ("a", 0), ("a", 1), ("b", 1), ("a", 2)]
    assert [record.offset for record in second] == [9]
