"""`philo dlq` over real letters: what a handler could not do is shown, and comes back once the fault is mended.

The databases and tables of all services are those of a stack; its servers are those of the run.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from secrets import token_hex

import asyncpg
import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine
from typer.testing import CliRunner

from philo.main import app
from philo.stack import Endpoints, Stack, StackError, provision, record
from philo_contracts.envelope import Envelope, wrap
from philo_contracts.events import JobQueued
from philo_kernel.consumer import Consumer
from philo_kernel.database import engine_for
from philo_kernel.handler import Handler, on
from philo_kernel.redrive import Redriver
from philo_kernel.unit import Unit

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("dlq")]  # they share the roles of one PostgreSQL
SERVICE = "notify"
TRACE = "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01"


@pytest.fixture(scope="module")
def stack(servers: Endpoints, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoints]:
    """A stack of its own over the servers of the run, its tables made, and nobody but the test at work in it."""
    home = tmp_path_factory.mktemp("dlq")
    place = {"DATABASE_URL": servers.database_admin_url, "KAFKA_BOOTSTRAP_SERVERS": servers.kafka}
    place |= {"REDIS_URL": servers.redis, "S3_ENDPOINT": servers.s3_endpoint}
    place |= {"S3_ACCESS_KEY": servers.s3_access_key, "S3_SECRET_KEY": servers.s3_secret_key}
    with pytest.MonkeyPatch.context() as settings:
        for name, value in {**place, "PHILO_HOME": str(home), "COLUMNS": "200"}.items():
            settings.setenv(name, value)
        made = Stack()
        try:
            at = made.up(services=False)
            asyncio.run(tables(made, at))
            yield at
        finally:
            made.down()


async def tables(made: Stack, at: Endpoints) -> None:
    known = record.load(made.home)
    assert known is not None
    await provision.databases(at, known)
    await provision.migrations(made.home, at)


@dataclass
class Lying:
    """A fact as it lies on Kafka."""

    fact: Envelope
    offset: int
    topic: str = "gateway"
    partition: int = 0

    @property
    def key(self) -> bytes:
        return self.fact.correlationid.encode()

    @property
    def value(self) -> bytes:
        return self.fact.model_dump_json().encode()

    @property
    def headers(self) -> list[tuple[str, bytes]]:
        return [("type", self.fact.type.encode())]


class Listener:
    """A part of a service: its one handler keeps what it hears, or fails with the fault that it is given."""

    def __init__(self, engine: AsyncEngine, url: str) -> None:
        self.engine, self.url = engine, url
        self.fault: Exception | None = None
        self.heard: list[str] = []
        self.offsets = count()

    @property
    def handlers(self) -> list[Handler]:
        @on(JobQueued)
        async def hear(fact: JobQueued, unit: Unit) -> None:
            if self.fault:
                raise self.fault
            self.heard.append(fact.job)

        return [hear]

    async def hears(self, fact: Envelope) -> None:
        async def nobody(_: object) -> None: ...

        await Consumer(SERVICE, self.handlers, self.engine, nobody).receive([Lying(fact, next(self.offsets))])

    @asynccontextmanager
    async def redriving(self) -> AsyncIterator[None]:
        """As a running service does it, told by the database when there is something to bring back."""
        async with asyncio.TaskGroup() as group:
            running = group.create_task(Redriver(SERVICE, self.handlers, self.engine).run(self.url))
            yield
            running.cancel()


@pytest_asyncio.fixture
async def listener(stack: Endpoints) -> AsyncIterator[Listener]:
    url = stack.databases[SERVICE]
    engine = engine_for(url, pool=3)
    yield Listener(engine, url)
    await engine.dispose()
    connection = await asyncpg.connect(url)
    await connection.execute("delete from dead_letter")
    await connection.close()


def queued() -> Envelope:
    fact = JobQueued(job=token_hex(4))
    return wrap(fact, source="gateway", stream=f"job/{fact.job}", version=1, traceparent=TRACE)


async def philo(*words: str) -> str:
    """What the command says, each run of spaces as one. Elsewhere, since it has a loop of its own."""
    ran = await asyncio.to_thread(CliRunner().invoke, app, ["dlq", *words])
    if ran.exception:
        raise ran.exception
    return re.sub(r" +", " ", ran.output)


async def parked(listener: Listener, fact: Envelope) -> str:
    """The name of the letter that became of it."""
    listener.fault = OSError("no room [red]left[/]")
    await listener.hears(fact)
    listed = await philo("list")
    return re.findall(rf"({SERVICE}/\d+) .*job/{fact.correlationid}", listed)[-1]


async def nothing_is_left() -> None:
    """The limit only keeps a broken test from hanging."""
    async with asyncio.timeout(30):
        while "Nothing is parked" not in await philo("list"):
            pass


async def test_where_nothing_is_parked_it_says_so(listener: Listener):
    assert await philo("list") == "Nothing is parked.\n"


async def test_a_letter_is_listed_with_what_it_is_and_why(listener: Listener):
    fact = queued()
    letter = await parked(listener, fact)
    told = f"{letter} JobQueued hear job/{fact.correlationid} 1 OSError: no room [red]left[/]"
    assert told in await philo("list")
    assert told in await philo("list", "--service", SERVICE)
    assert await philo("list", "--service", "gateway") == "Nothing is parked.\n"


async def test_a_letter_is_shown_whole(listener: Listener):
    fact = queued()
    shown = await philo("show", await parked(listener, fact))
    for words in ("what JobQueued", "handler hear", "from gateway[0]@0", f"trace {TRACE}", "why OSError: no room"):
        assert words in shown
    assert fact.model_dump_json() in shown
    assert "raise self.fault" in shown


async def test_a_letter_is_handled_once_the_fault_is_gone(listener: Listener):
    fact = queued()
    letter = await parked(listener, fact)
    listener.fault = None
    async with listener.redriving():
        assert "1 on the way back" in await philo("redrive", letter)
        await nothing_is_left()
    assert listener.heard == [fact.correlationid]


async def test_all_that_is_parked_comes_back_at_once(listener: Listener):
    facts = [queued(), queued(), queued()]
    for fact in facts:
        await parked(listener, fact)
    listener.fault = None
    async with listener.redriving():
        assert "3 on the way back" in await philo("redrive", "all")
        await nothing_is_left()
    assert listener.heard == [fact.correlationid for fact in facts]


async def test_what_fails_again_stays_with_its_new_cause(listener: Listener):
    letter = await parked(listener, queued())
    listener.fault = KeyError("still")
    async with listener.redriving(), asyncio.timeout(30):
        await philo("redrive", letter)
        while "2 KeyError: 'still'" not in await philo("list"):
            pass
    assert listener.heard == []


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("show", f"{SERVICE}/0"), "There is no letter notify/0"),
        (("redrive", f"{SERVICE}/0"), "There is no letter notify/0"),
        (("show", "seven"), "'seven' is no letter. Name it as"),
        (("list", "--service", "nobody"), "There is no service 'nobody'; there are gateway, auth"),
    ],
)
async def test_a_letter_that_is_not_there_is_told_so(listener: Listener, words: tuple[str, ...], why: str):
    with pytest.raises(StackError, match=re.escape(why)):
        await philo(*words)
