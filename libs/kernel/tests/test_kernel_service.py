"""A whole service as a process of its own: it waits, takes part, and leaves nothing half done."""

import asyncio
import os
import signal
import socket
import sys
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from kernel_toy_work import order
from kernel_toys import Ring, until, wound

from philo_kernel import store

pytestmark = pytest.mark.stack
PROGRAM = Path(__file__).parent / "kernel_toy_service.py"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


@asynccontextmanager
async def a_process(servers, dsn, prefix, port, **other):
    told = {
        "SERVICE_INSTANCE": f"{prefix}0",
        "DATABASE_URL": dsn,
        "KAFKA_BOOTSTRAP_SERVERS": servers.kafka,
        "REDIS_URL": servers.redis,
        "S3_ENDPOINT": servers.s3_endpoint,
        "S3_ACCESS_KEY": servers.s3_access_key,
        "S3_SECRET_KEY": servers.s3_secret_key,
        "HTTP_PORT": str(port),
        "TOPIC_PREFIX": prefix,
        "PARTITIONS": "2",
        "LOG_FORMAT": "text",
    }
    environment = os.environ | told | other | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(PROGRAM), env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def line_with(process, words: str) -> None:
    said = []
    async with asyncio.timeout(60):
        while words not in (line := (await process.stdout.readline()).decode()):
            assert line, f"the process ended and never said {words!r}: {''.join(said)}"
            said.append(line)


async def left(process) -> int:
    process.send_signal(signal.SIGTERM)
    async with asyncio.timeout(30):
        await process.communicate()
    return process.returncode


async def test_a_fact_becomes_state_and_a_task_and_a_stop_lets_the_task_end(servers, dsn, look, topic_prefix):
    async with a_process(servers, dsn, topic_prefix, free_port()) as process:
        await store.append(look.connection, [wound("a")])
        await line_with(process, "ringing")
        assert await left(process) == 0
    assert (await look.heard("wind", "a"), await look.types("ring/a/1")) == ([1], ["ToyRang"])
    assert await look.value("select count(*) from pgqueuer") == 0


async def test_from_a_stop_on_no_order_is_taken_up_though_a_handler_still_works(
    servers, dsn, look, engine, topic_prefix
):
    async with a_process(servers, dsn, topic_prefix, free_port()) as process:
        await store.append(look.connection, [wound("long")])
        await line_with(process, "winding")
        process.send_signal(signal.SIGTERM)
        await line_with(process, "leaving")
        await order(engine, Ring(job="late", turn=1))
        async with asyncio.timeout(30):
            await process.communicate()
    assert await look.heard("wind", "long") == [1]
    assert await look.column("select status::text from pgqueuer order by id") == ["queued", "queued"]


async def test_a_killed_service_goes_on_where_it_was_and_does_nothing_twice(servers, dsn, look, topic_prefix):
    async with a_process(servers, dsn, topic_prefix, free_port()) as process:
        await store.append(look.connection, [wound("a", 1)])
        await line_with(process, "ringing")
        process.kill()
    await store.append(look.connection, [wound("a", 2)])
    async with a_process(servers, dsn, topic_prefix, free_port()) as process:
        await until(lambda: look.types("ring/a/1"), 60)
        await until(lambda: look.types("ring/a/2"), 60)
        assert await left(process) == 0
    assert await look.heard("wind", "a") == [1, 2]
    assert [await look.types(f"ring/a/{turn}") for turn in (1, 2)] == [["ToyRang"], ["ToyRang"]]


async def test_http_answers_while_kafka_is_away_and_a_stop_is_heard(servers, dsn, topic_prefix):
    port = free_port()
    away = f"127.0.0.1:{free_port()}"
    async with a_process(servers, dsn, topic_prefix, port, KAFKA_BOOTSTRAP_SERVERS=away) as process:
        await line_with(process, "waiting for Kafka")
        async with httpx.AsyncClient() as client:
            assert (await client.get(f"http://127.0.0.1:{port}/")).json() == "ding"
        assert await left(process) == 0


async def test_a_service_that_cannot_start_says_why_and_fails(servers, dsn, topic_prefix):
    nowhere = f"{dsn}_nowhere"
    async with a_process(servers, nowhere, topic_prefix, free_port()) as process:
        async with asyncio.timeout(60):
            said, _ = await process.communicate()
        assert process.returncode == 1
        assert b"cannot serve" in said
        assert b"does not exist" in said


async def test_its_parts_may_run_in_processes_of_their_own(servers, dsn, look, topic_prefix):
    front, back = free_port(), free_port()
    apart = {"SERVICE_INSTANCE": f"{topic_prefix}1", "SERVICE_PARTS": "worker"}
    async with a_process(servers, dsn, topic_prefix, front, SERVICE_PARTS="api,relay,consumer") as facts:
        await store.append(look.connection, [wound("a")])
        await until(lambda: look.value("select count(*) from pgqueuer"), 60)
        async with a_process(servers, dsn, topic_prefix, back, **apart) as works:
            await line_with(works, "ringing")
            await until(lambda: look.types("ring/a/1"), 60)
            async with httpx.AsyncClient() as client:
                assert (await client.get(f"http://127.0.0.1:{front}/")).json() == "ding"
                refusal = await client.get(f"http://127.0.0.1:{back}/")
                assert (refusal.status_code, refusal.json()["type"]) == (404, "/problems/not-found")
                for port in (front, back):
                    assert (await client.get(f"http://127.0.0.1:{port}/health/ready")).status_code == 200
            assert await left(works) == 0
        assert await left(facts) == 0
    assert await look.heard("wind", "a") == [1]
