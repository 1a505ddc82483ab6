"""Receivers of webhooks: real servers that do as they are told, and remember what they were sent; and who asks for them."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from notify_world import Listening, Story, Teller
from standardwebhooks import Webhook
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from philo_kernel.http.server import serve

ALL = ("job.created", "job.started", "job.completed", "job.failed", "job.cancelled")
TOLD = ["job.created", "job.started", "job.cancelled"]


@dataclass(frozen=True)
class Sent:
    """One request as it came."""

    headers: dict[str, str]
    body: str

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    def verified(self, secret: str) -> dict:
        """What it says. Raises what the library's own verifier raises."""
        return Webhook(secret).verify(self.body, self.headers)


@dataclass
class Receiver:
    """Answers with the next of `answers`, and with 204 once they are used up."""

    answers: list[Response] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)
    url: str = ""
    pause: float = 0.0

    async def take(self, request: Request) -> Response:
        self.sent.append(Sent(dict(request.headers), (await request.body()).decode()))
        await asyncio.sleep(self.pause)
        return self.answers.pop(0) if self.answers else Response(status_code=204)

    async def got(self, count: int) -> list[Sent]:
        async with asyncio.timeout(20):
            while len(self.sent) < count:  # noqa: ASYNC110 - the condition lies in a server
                await asyncio.sleep(0.01)
        return self.sent[:count]


@asynccontextmanager
async def receiving(*statuses: int) -> AsyncIterator[Receiver]:
    """A receiver that answers with these statuses first."""
    receiver = Receiver([Response("not now", status) for status in statuses])
    app = Starlette(routes=[Route("/hook", receiver.take, methods=["POST"])])
    async with serve(app, "127.0.0.1", 0, grace=1) as port:
        receiver.url = f"http://127.0.0.1:{port}/hook"
        yield receiver


@dataclass
class Raw:
    """A receiver below HTTP. `connections` counts who came."""

    url: str = ""
    connections: int = 0
    written: int = 0


@asynccontextmanager
async def below(talk: Callable[[Raw, asyncio.StreamReader, asyncio.StreamWriter], object]) -> AsyncIterator[Raw]:
    """Until the end of the block; `talk` is a coroutine function."""
    raw = Raw()

    async def met(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        raw.connections += 1
        try:
            with suppress(ConnectionError):  # whoever called has hung up, which tests of long answers ask of them
                await talk(raw, reader, writer)
        finally:
            writer.close()

    server = await asyncio.start_server(met, "127.0.0.1", 0)
    raw.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook"
    try:
        yield raw
    finally:
        server.close()


def answering_after(may_answer: asyncio.Event) -> Callable[[Raw, asyncio.StreamReader, asyncio.StreamWriter], object]:
    """Takes whatever comes, and says so when it may."""

    async def think(_raw: Raw, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        await may_answer.wait()
        writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
        await writer.drain()

    return think


async def hooked(listening: Listening, user: str, url: str, events: Sequence[str] = ALL) -> dict:
    answer = await listening.ask(user, "POST", "/webhooks", json={"url": url, "events": list(events)})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def logged(listening: Listening, user: str, hook: dict) -> list[dict]:
    answer = await listening.get(user, f"/webhooks/{hook['id']}/deliveries")
    assert answer.status_code == 200, answer.text
    return list(reversed(answer.json()["items"]))


async def until_logged(listening: Listening, user: str, hook: dict, states: list[str]) -> list[dict]:
    """The log, once the states of its deliveries are these; they are oldest first."""
    async with asyncio.timeout(20):
        while True:
            found = await logged(listening, user, hook)
            if [one["state"] for one in found] == states:
                return found
            await asyncio.sleep(0.02)


async def whole_story(ada: Teller) -> Story:
    """Three transitions: created, started, cancelled."""
    story = await ada.begun()
    await ada.hears(story.planned())
    await ada.hears([story.cancelled()])
    return story
