"""What replay is put together of raises instead of leaving the process, and so does whatever else would."""

import asyncio
import gc
import socket
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

import asyncpg
import httpx2
import pytest
from aiokafka.conn import AIOKafkaConnection
from minio import Minio
from redis.asyncio import Redis
from urllib3 import PoolManager

from philo_kernel.replay.forbidden import EffectInReplay, forbidden, forbidden_ports, unreachable

NAMED = "postgresql://somebody@127.0.0.1:5999/named"


class Letters(Protocol):
    async def send(self, to: str) -> None: ...


@dataclass(frozen=True)
class Ports:
    letters: Letters
    scratch: Path | None = None


@dataclass(frozen=True)
class MorePorts(Ports):
    """Somebody has added a port, and did not think of replay."""

    telegrams: Letters | None = None


async def test_a_forbidden_port_raises_in_words_that_name_it():
    with pytest.raises(EffectInReplay, match=r"letters\.send would leave the process, and a replay has no effects"):
        await forbidden("letters").send("Ada")


def test_what_is_called_itself_is_forbidden_as_well():
    with pytest.raises(EffectInReplay, match="wake would leave"):
        forbidden("wake")({"Ada"})


def test_a_port_that_is_added_is_forbidden_without_anybody_thinking_of_it():
    ports = forbidden_ports(MorePorts, scratch=None)
    with pytest.raises(EffectInReplay, match=r"telegrams\.send"):
        ports.telegrams.send("Ada")
    assert ports.scratch is None


def test_a_port_that_is_given_has_to_be_one_of_the_ports():
    with pytest.raises(TypeError, match="Ports has no pigeons"):
        forbidden_ports(Ports, pigeons=None)


async def plain():
    await asyncio.open_connection("127.0.0.1", 9)


async def http():
    async with httpx2.AsyncClient() as client:
        await client.get("http://127.0.0.1:9/")


async def redis():
    async with Redis.from_url("redis://127.0.0.1:9/0") as client:
        await client.ping()


async def s3():
    client = Minio("127.0.0.1:9", "key", "secret", secure=False, region="r", http_client=PoolManager(retries=False))
    await asyncio.to_thread(client.bucket_exists, "philo")


async def another_database():
    await asyncpg.connect("postgresql://somebody:word@127.0.0.1:5998/other")


async def kafka():
    connection = AIOKafkaConnection("127.0.0.1", 9)
    await connection.connect()


async def a_name():
    await asyncio.get_running_loop().getaddrinfo("example.org", 443)


async def a_datagram():
    with socket.socket(type=socket.SOCK_DGRAM) as gram:
        gram.sendto(b"!", ("127.0.0.1", 9))


async def an_old_lookup():
    socket.gethostbyname("example.org")


async def whose_an_address_is():
    socket.gethostbyaddr("192.0.2.1")


async def the_same_with_its_port():
    await asyncio.get_running_loop().getnameinfo(("192.0.2.1", 443))


async def a_socket_of_this_machine():
    await asyncio.open_unix_connection("/nowhere/docker.sock")


async def the_same_in_bytes():
    with socket.socket(socket.AF_UNIX) as one:
        one.connect_ex(b"/nowhere/docker.sock")


async def a_socket_without_a_file():
    with socket.socket(socket.AF_UNIX) as one:
        one.connect("\0somebody")


async def a_datagram_of_this_machine():
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as gram:
        gram.sendto(b"!", "/nowhere/log")


async def a_database_of_this_machine():
    await asyncpg.connect("postgresql://somebody@/other?host=/nowhere")


def chain(error):
    """The error, what it holds and what it came from."""
    if error is not None:
        yield error
        for part in (*getattr(error, "exceptions", ()), error.__cause__, error.__context__):
            yield from chain(part)


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    "reach",
    [
        plain,
        http,
        redis,
        s3,
        kafka,
        another_database,
        a_name,
        an_old_lookup,
        whose_an_address_is,
        the_same_with_its_port,
        a_datagram,
        a_socket_of_this_machine,
        the_same_in_bytes,
        a_socket_without_a_file,
        a_datagram_of_this_machine,
        a_database_of_this_machine,
    ],
)
async def test_whoever_reaches_out_is_stopped_before_anything_is_sent(reach):
    with unreachable(NAMED), pytest.raises(Exception) as caught:  # noqa: PT011 - clients wrap it in errors of their own
        await reach()
    assert any(isinstance(one, EffectInReplay) for one in chain(caught.value))
    del caught
    gc.collect()  # clients only close what an OSError has stopped


async def test_the_named_database_can_be_reached():
    with unreachable(NAMED), pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.1", 5999)


@pytest.fixture
def folder() -> Iterator[Path]:
    """With a name that is short enough for a socket, and with capitals in it."""
    with tempfile.TemporaryDirectory(prefix="PG") as made:
        yield Path(made)


@pytest.mark.parametrize("port", [5432, 5999])
@pytest.mark.parametrize(
    "url",
    [
        "postgresql://somebody:word@{place}:{port}/named",
        "postgresql://somebody@/named?host={place}&port={port}",
        "postgresql+asyncpg:///named?host={place}&port={port}",
    ],
)
def test_the_socket_of_a_database_in_a_folder_that_is_named_can_be_reached_and_no_other(folder, url, port):
    paths = [str(folder / f".s.PGSQL.{one}") for one in (port, port + 1)]
    with ExitStack() as open_:
        for path in paths:
            server = open_.enter_context(socket.socket(socket.AF_UNIX))
            server.bind(path)
            server.listen()
        one = open_.enter_context(socket.socket(socket.AF_UNIX))
        with unreachable(url.format(place=quote(str(folder), safe=""), port=port)):
            with pytest.raises(EffectInReplay):
                one.connect(paths[1])
            one.connect(paths[0])


def test_what_asyncio_has_for_itself_goes_on_working():
    """A loop wakes itself over a pair of sockets, and hears of its children."""

    async def child() -> int:
        return await (await asyncio.create_subprocess_exec("true")).wait()

    with unreachable():
        assert asyncio.run(child()) == 0


async def test_afterwards_everything_can_be_reached_again():
    with unreachable(NAMED):
        pass
    with pytest.raises(ConnectionRefusedError):
        await plain()
