"""What tests of notify share: a user whose jobs make news, and listeners to them."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from uuid import uuid4

import httpx
from sqlalchemy.ext.asyncio import AsyncEngine
from websockets.asyncio.client import ClientConnection, connect

from philo.testing_service import bearer, settings_in
from philo_contracts.envelope import Envelope, wrap
from philo_contracts.events import (
    Event,
    JobCancelled,
    JobModerating,
    JobPlanned,
    JobQueued,
    JobRequested,
    JobStarted,
    SceneProgressed,
)
from philo_contracts.shapes import Moderation, Scene
from philo_kernel import inbox, telemetry
from philo_kernel.unit import unit_of_work
from philo_notify.handlers import telling
from philo_notify.settings import NotifySettings
from philo_notify.wakes import Wakes

KEY = "k" * 32
BASE = "/api/v1"


def notify_settings(servers, database: str) -> NotifySettings:
    own = {"webhook_secrets_key": KEY, "webhooks_to_loopback": True, "webhook_timeout": 1.0}
    return NotifySettings(**settings_in(servers, database) | own)


async def until(true: Callable[[], bool], seconds: float = 20) -> None:
    """Await a condition; the limit only keeps a broken test from hanging."""
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110 - the condition lies in a server
            await asyncio.sleep(0.02)


class Story:
    """A job whose facts are told one after another."""

    def __init__(self, user: str, project: str | None = None) -> None:
        self.job, self.user, self.version = str(uuid4()), user, 0
        self.project = project

    def next(self, fact: Event) -> Envelope:
        self.version += 1
        return wrap(fact, source="gateway", stream=f"job/{self.job}", version=self.version)

    def beginning(self) -> list[Envelope]:
        requested = JobRequested(job=self.job, user=self.user, script="Words.", project=self.project)
        return [self.next(requested), self.next(JobQueued(job=self.job))]

    def planned(self, scenes: int = 1, narration: str = "Words.") -> list[Envelope]:
        found = tuple(
            Scene(id=f"s{at + 1:02}", index=at, title="One", narration=narration, visual_prompt="a sea")
            for at in range(scenes)
        )
        facts = [
            JobModerating(job=self.job),
            JobStarted(job=self.job, moderation=Moderation(score=0)),
            JobPlanned(job=self.job, title="T", language="en", scenes=found, provider="test"),
        ]
        return [self.next(fact) for fact in facts]

    def progress(self, done: int) -> Envelope:
        return self.next(SceneProgressed(job=self.job, scene="s01", revision=1, done=done, total=1000))

    def cancelled(self) -> Envelope:
        return self.next(JobCancelled(job=self.job, reason="enough"))


class Teller:
    """A user, and notify hearing of what happens to their jobs."""

    def __init__(self, engine: AsyncEngine, wakes: Wakes, user: str) -> None:
        self.engine, self.user, self.handler = engine, user, telling(wakes.wake)

    async def hears(self, envelopes: Iterable[Envelope]) -> None:
        """All of them in one unit, as the consumer does it."""
        events = list(envelopes)
        async with unit_of_work(self.engine, "notify") as unit:
            fresh = await inbox.first_times(unit.connection, self.handler.name, events)
            for envelope in events:
                if envelope.id in fresh:
                    unit.cause = envelope
                    with telemetry.span("notify.tell_owner", envelope.traceparent):
                        await self.handler.react(envelope.fact(), unit)

    async def begun(self, project: str | None = None) -> Story:
        """A job of theirs that was requested and queued."""
        story = Story(self.user, project)
        await self.hears(story.beginning())
        return story


class Listening:
    """Listeners at a real server."""

    def __init__(self, address: str) -> None:
        self.address = address

    @asynccontextmanager
    async def sse(
        self, user: str, path: str = "/realtime/events", **headers: str
    ) -> AsyncIterator[AsyncIterator[dict]]:
        sent = bearer(user) | {name.replace("_", "-"): value for name, value in headers.items()}
        async with (
            httpx.AsyncClient(timeout=20) as client,
            client.stream("GET", f"http://{self.address}{BASE}{path}", headers=sent) as answer,
        ):
            assert answer.status_code == 200, (await answer.aread()).decode()
            yield events_of(answer)

    @asynccontextmanager
    async def ws(self, user: str, path: str = "/realtime/ws") -> AsyncIterator[ClientConnection]:
        url = f"ws://{self.address}{BASE}{path}"
        async with connect(url, additional_headers=bearer(user), proxy=None) as socket:
            yield socket

    async def get(self, user: str, path: str) -> httpx.Response:
        return await self.ask(user, "GET", path)

    async def ask(self, user: str, method: str, path: str, **more: object) -> httpx.Response:
        async with httpx.AsyncClient(timeout=20) as client:
            return await client.request(method, f"http://{self.address}{BASE}{path}", headers=bearer(user), **more)


async def events_of(answer: httpx.Response) -> AsyncIterator[dict]:
    """Messages, each checked to have the id of its event."""
    number = None
    async for line in answer.aiter_lines():
        if line.startswith("id:"):
            number = line.removeprefix("id:").strip()
        elif line.startswith("data:"):
            message = json.loads(line.removeprefix("data:"))
            assert message["id"] == number
            yield message


async def first(messages: AsyncIterator[dict] | ClientConnection, count: int) -> list[dict]:
    async with asyncio.timeout(20):
        if isinstance(messages, ClientConnection):
            return [json.loads(await messages.recv()) for _ in range(count)]
        return [await anext(messages) for _ in range(count)]


def numbers(messages: Iterable[dict]) -> list[int]:
    return [int(message["id"]) for message in messages]
