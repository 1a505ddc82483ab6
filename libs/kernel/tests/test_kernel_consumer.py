"""What the consumer promises for every run of records, whatever is in it."""

import asyncio
from dataclasses import dataclass, field
from secrets import token_hex

import asyncpg
import pytest
from kernel_toys import HEARD, Lying, ToyRang, ToyWound, lying, until, wound

from philo_kernel import consumer as consuming
from philo_kernel import dead_letters
from philo_kernel.consumer import Consumer
from philo_kernel.handler import on
from philo_kernel.redrive import Redriver
from philo_kernel.store import StreamConflict
from philo_kernel.unit import Unit

pytestmark = pytest.mark.stack


@dataclass
class Toy:
    """A handler whose faults can be switched, and its service's consumer."""

    engine: object
    faults: dict[tuple[str, int], list[Exception] | Exception] = field(default_factory=dict)
    told: list[int] = field(default_factory=list)
    runs: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        @on(ToyWound)
        async def hear(fact: ToyWound, unit: Unit) -> None:
            self.runs.add(await unit.connection.fetchval("select pg_current_xact_id()::text::bigint"))
            await unit.connection.execute(HEARD, "hear", fact.job, fact.turn)
            fault = self.faults.get((fact.job, fact.turn))
            fault = (fault.pop(0) if fault else None) if isinstance(fault, list) else fault
            if fault:
                raise fault

        @on(ToyWound, ToyRang)
        async def echo(fact: ToyWound | ToyRang, unit: Unit) -> None:
            await unit.connection.execute(HEARD, "echo", fact.job, fact.turn)

        self.handlers = [hear, echo]
        self.consumer = Consumer("toy", self.handlers, self.engine, self.tell_dead)
        self.redriver = Redriver("toy", self.handlers, self.engine)

    async def tell_dead(self, record: Lying) -> None:
        self.told.append(record.offset)


@pytest.fixture
def toy(engine, monkeypatch) -> Toy:
    monkeypatch.setattr(consuming, "BACKOFF", (0.0, 0.0, 0.01))
    return Toy(engine)


async def letters(look, columns: str = "handler, stream, type, attempts, error") -> list[tuple]:
    return [tuple(row) for row in await look.connection.fetch(f"select {columns} from dead_letter order by id")]


async def test_a_run_is_one_transaction(toy, look):
    await toy.consumer.receive(lying(*(wound("a", turn) for turn in (1, 2, 3))))
    assert len(toy.runs) == 1
    assert await look.heard("hear", "a") == await look.heard("echo", "a") == [1, 2, 3]


async def test_a_record_that_comes_again_is_handled_once(toy, look):
    facts = [wound("a", 1), wound("a", 2)]
    await toy.consumer.receive(lying(*facts))
    await toy.consumer.receive(lying(*facts, wound("a", 3)))
    assert await look.heard("hear", "a") == [1, 2, 3]


async def test_a_record_that_lies_twice_in_one_run_is_handled_once(toy, look):
    fact = wound("a", 1)
    await toy.consumer.receive(lying(fact, fact))
    assert await look.heard("hear", "a") == [1]


async def test_one_that_fails_is_parked_with_its_cause_and_the_others_are_handled(toy, look):
    toy.faults["b", 1] = ValueError("bent")
    await toy.consumer.receive(lying(wound("a"), wound("b"), wound("c")))
    assert [await look.heard("hear", job) for job in "abc"] == [[1], [], [1]]
    assert await letters(look) == [("hear", "toy/b", "ToyWound", 1, "ValueError: bent")]
    assert "raise fault" in await look.value("select details from dead_letter")
    assert toy.told == [1]


async def test_the_other_handlers_of_a_parked_fact_are_not_held_up(toy, look):
    toy.faults["a", 1] = ValueError("bent")
    await toy.consumer.receive(lying(wound("a")))
    assert (await look.heard("hear", "a"), await look.heard("echo", "a")) == ([], [1])


async def test_followers_in_the_stream_are_parked_behind_and_other_streams_go_on(toy, look):
    toy.faults["a", 1] = ValueError("bent")
    await toy.consumer.receive(lying(wound("a", 1), wound("a", 2), wound("b", 1)))
    await toy.consumer.receive(lying(wound("a", 3), wound("b", 2), start=3))
    assert (await look.heard("hear", "a"), await look.heard("hear", "b")) == ([], [1, 2])
    assert [(stream, error.split(":")[0]) for stream, error in await letters(look, "stream, error")] == [
        ("toy/a", "ValueError"),
        ("toy/a", "hear has an earlier fact of the same stream in its dead letters"),
        ("toy/a", "hear has an earlier fact of the same stream in its dead letters"),
    ]


async def test_a_parked_record_that_comes_again_keeps_its_first_cause(toy, look):
    toy.faults["a", 1] = ValueError("bent")
    for _ in range(2):
        await toy.consumer.receive(lying(wound("a", 1)))
    assert [error for (error,) in await letters(look, "error")] == ["ValueError: bent"]


POISON = {
    "no JSON": b"\x00\xffnothing",
    "no envelope": b'{"type": "ToyWound", "id": "\\u0000"}',
    "nothing": None,
    "no text": b"\xed\xa0\x80",
    "a name too long for an index": wound("a").model_dump_json().replace("toy/a", token_hex(4_000)).encode(),
}
ODD_HEADERS = [
    [],
    [("type", None)],
    [("type", b"ToyWound"), ("none", None)],
    [("type", b"ToyWound"), ("odd\0", b"\x00\xff")],
]


@pytest.mark.parametrize("value", POISON.values(), ids=POISON)
@pytest.mark.parametrize("headers", ODD_HEADERS)
async def test_poison_is_parked_as_the_bytes_it_is_and_the_partition_goes_on(toy, look, value, headers):
    await toy.consumer.receive([Lying(value, headers, 0), *lying(wound("a"), start=1)])
    assert set(await letters(look, "value, log_offset, stream")) == {(value or b"", 0, None)}
    assert await look.heard("hear", "a") == [1]


async def test_a_fact_without_a_key_is_parked_by_those_who_want_it(toy, look):
    (record,) = lying(wound("a"))
    record.key = None
    await toy.consumer.receive([record])
    assert [(handler, error.split(":")[0]) for handler, _, _, _, error in await letters(look)] == [
        ("hear", "Malformed"),
        ("echo", "Malformed"),
    ]


async def test_a_fact_of_a_version_from_the_future_is_parked_until_its_service_is_deployed(toy, look):
    fact = wound("a").model_copy(update={"schemaversion": 9})
    await toy.consumer.receive(lying(fact))
    (words,) = {error for (error,) in await letters(look, "error")}
    assert words == (
        "UnknownFact: ToyWound version 9 is newer than version 1 known here: "
        "deploy the version of this service that knows it, then redrive"
    )


async def test_what_nobody_wants_is_skipped_undecoded(toy, look):
    before = await look.counts()
    await toy.consumer.receive([Lying(b"\xff", [("type", b"NobodyKnows")])])
    assert await look.counts() == before


@pytest.mark.parametrize("error", [StreamConflict("taken"), asyncpg.DeadlockDetectedError("dead"), TimeoutError()])
async def test_what_was_in_the_way_is_tried_again(toy, look, error):
    toy.faults["a", 1] = [error, error, error]
    await toy.consumer.receive(lying(wound("a")))
    assert (await look.heard("hear", "a"), await letters(look)) == ([1], [])


async def test_what_is_always_in_the_way_is_parked_after_four_tries(toy, look):
    toy.faults["a", 1] = StreamConflict("taken")
    await toy.consumer.receive(lying(wound("a")))
    assert await letters(look) == [("hear", "toy/a", "ToyWound", 4, "StreamConflict: taken")]


async def test_while_the_database_is_away_nothing_is_parked_and_then_it_is_handled(toy, look):
    toy.faults["a", 1] = [ConnectionResetError("cut")] * 9
    await toy.consumer.receive(lying(wound("a")))
    assert (await look.heard("hear", "a"), await letters(look)) == ([1], [])


async def test_connections_that_are_cut_during_handling_cost_nothing(toy, look):
    cut = asyncio.Event()

    @on(ToyWound)
    async def interrupted(fact: ToyWound, unit: Unit) -> None:
        if not cut.is_set():
            cut.set()
            await look.hang_up_others()
        await unit.connection.execute(HEARD, "interrupted", fact.job, fact.turn)

    consumer = Consumer("toy", [interrupted], toy.engine, toy.tell_dead)
    await consumer.receive(lying(wound("a", 1), wound("a", 2)))
    assert (await look.heard("interrupted", "a"), await letters(look)) == ([1, 2], [])


async def redriven(toy, look, ids: list[int] | None = None) -> None:
    await dead_letters.redrive(look.connection, ids)
    while await toy.redriver.one():
        pass


async def test_a_redrive_brings_a_stream_back_in_order_once_the_fault_is_gone(toy, look):
    toy.faults["a", 1] = ValueError("bent")
    await toy.consumer.receive(lying(*(wound("a", turn) for turn in (1, 2, 3))))
    toy.faults.clear()
    await redriven(toy, look)
    assert (await look.heard("hear", "a"), await letters(look)) == ([1, 2, 3], [])
    assert await look.heard("echo", "a") == [1, 2, 3]


async def test_those_who_stand_behind_come_back_with_the_first(toy, look):
    toy.faults["a", 1] = ValueError("bent")
    await toy.consumer.receive(lying(wound("a", 1), wound("a", 2)))
    toy.faults.clear()
    await redriven(toy, look, [await look.value("select min(id) from dead_letter")])
    assert (await look.heard("hear", "a"), await letters(look)) == ([1, 2], [])


async def test_a_follower_does_not_come_back_before_the_first(toy, look):
    toy.faults["a", 1] = ValueError("bent")
    await toy.consumer.receive(lying(wound("a", 1), wound("a", 2)))
    toy.faults.clear()
    await redriven(toy, look, [await look.value("select max(id) from dead_letter")])
    assert await look.heard("hear", "a") == []


async def test_what_fails_again_stays_parked_with_its_new_cause(toy, look):
    toy.faults["a", 1] = ValueError("bent")
    await toy.consumer.receive(lying(wound("a", 1), wound("a", 2)))
    toy.faults["a", 1] = KeyError("broken")
    await redriven(toy, look)
    assert await letters(look, "attempts, error, redrive") == [
        (2, "KeyError: 'broken'", False),
        (1, await look.value("select error from dead_letter where attempts = 1"), True),
    ]
    assert await look.heard("hear", "a") == []


async def test_a_fact_that_arrives_while_the_first_is_brought_back_is_not_left_behind(toy, look):
    toy.faults["a", 1] = ValueError("bent")
    await toy.consumer.receive(lying(wound("a", 1)))
    brought, go = asyncio.Event(), asyncio.Event()

    @on(ToyWound)
    async def hear(fact: ToyWound, unit: Unit) -> None:
        await unit.connection.execute(HEARD, "hear", fact.job, fact.turn)
        brought.set()
        await go.wait()

    await dead_letters.redrive(look.connection)
    redriving = asyncio.create_task(Redriver("toy", [hear], toy.engine).one())
    await brought.wait()
    receiving = asyncio.create_task(toy.consumer.receive(lying(wound("a", 2), start=1)))
    await until(lambda: look.value("select count(*) > 0 from pg_stat_activity where wait_event_type = 'Lock'"))
    go.set()
    await asyncio.gather(redriving, receiving)
    assert (await look.heard("hear", "a"), await letters(look)) == ([1, 2], [])


async def test_a_letter_whose_handler_is_gone_says_so(toy, look):
    toy.faults["a", 1] = ValueError("bent")
    await toy.consumer.receive(lying(wound("a", 1)))
    del toy.redriver.handlers["hear"]
    await redriven(toy, look)
    assert "no handler 'hear' any more" in await look.value("select error from dead_letter")
