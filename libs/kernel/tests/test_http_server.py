"""A server that lives exactly as long as its block."""

import asyncio
import signal

import httpx
import pytest
from fastapi import APIRouter
from starlette.responses import StreamingResponse

from philo_kernel.http.app import application
from philo_kernel.http.server import serve

pytestmark = pytest.mark.heavy


class Gate:
    """A request that is inside, and waits to be let out."""

    def __init__(self) -> None:
        self.entered, self.leave = asyncio.Event(), asyncio.Event()


@pytest.fixture
def gate() -> Gate:
    return Gate()


@pytest.fixture
def app(gate):
    router = APIRouter()

    @router.get("/slow")
    async def slow() -> str:
        gate.entered.set()
        await gate.leave.wait()
        return "done"

    @router.get("/endless")
    async def endless() -> StreamingResponse:
        async def forever():
            yield b"x"
            gate.entered.set()
            await asyncio.Event().wait()

        return StreamingResponse(forever())

    return application("server", "1", router, checks={}, body_limit=2048)


async def test_it_answers_inside_the_block_and_not_after(app):
    async with httpx.AsyncClient() as client:
        async with serve(app, "127.0.0.1", 0) as port:
            assert (await client.get(f"http://127.0.0.1:{port}/health")).json() == {"status": "alive"}
        with pytest.raises(httpx.ConnectError):
            await client.get(f"http://127.0.0.1:{port}/health")


async def test_it_leaves_the_signals_to_the_process(app):
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    async with serve(app, "127.0.0.1", 0):
        assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before


async def test_a_taken_address_is_an_error(app):
    async with serve(app, "127.0.0.1", 0) as port:
        with pytest.raises(OSError, match="in use"):
            async with serve(app, "127.0.0.1", port):
                pass


async def test_a_request_in_flight_is_finished(app, gate):
    async with httpx.AsyncClient() as client:
        async with serve(app, "127.0.0.1", 0) as port:
            answer = asyncio.create_task(client.get(f"http://127.0.0.1:{port}/slow"))
            await gate.entered.wait()
            asyncio.get_running_loop().call_later(0.01, gate.leave.set)
        assert (await answer).json() == "done"


async def test_an_endless_answer_is_cut_after_the_grace(app, gate, caplog):
    async with httpx.AsyncClient() as client:
        async with asyncio.timeout(10), serve(app, "127.0.0.1", 0, grace=0) as port:
            answer = asyncio.create_task(client.get(f"http://127.0.0.1:{port}/endless"))
            await gate.entered.wait()
        with pytest.raises(httpx.RemoteProtocolError):
            await answer
    assert not [record for record in caplog.records if record.exc_info]


async def test_a_body_that_is_too_large_is_refused_over_a_real_connection(app):
    async with httpx.AsyncClient() as client, serve(app, "127.0.0.1", 0) as port:
        answer = await client.request("GET", f"http://127.0.0.1:{port}/info", content=b"a" * 100_000)
    assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")
