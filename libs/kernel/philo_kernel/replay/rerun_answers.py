"""What was answered then, answered again: by those who work for money, by the object store, by the service's own hands."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeVar

import httpx2

from philo_contracts.events import Event, JobRequested, JobRetried
from philo_contracts.events.calls import ProviderCalled
from philo_contracts.shapes import Blob, Exchange
from philo_kernel.lives import Life
from philo_kernel.objects import MissingObject
from philo_kernel.outgoing.exchanges import digest
from philo_kernel.outgoing.health import Rules
from philo_kernel.outgoing.line import Terms
from philo_kernel.outgoing.patience import Patience
from philo_kernel.replay.recording import Recording, blobs_in
from philo_kernel.retries import wished
from philo_kernel.work import Retries

F = TypeVar("F", bound=Event)


class Unanswered(Exception):
    """Something is asked for now that was not asked for then, so nobody knows the answer."""


class Answers:
    """All that one service was answered in a recording."""

    def __init__(self, recording: Recording, service: str) -> None:
        self.recording, self.service = recording, service
        self.facts: list[Event] = [one.fact.fact() for one in recording.of(service)]
        self.wishes: list[str] = []
        """What was asked for now and is not known, in words."""

    def said(self, kind: type[F]) -> list[F]:
        """What the service said of this kind, in order."""
        return [fact for fact in self.facts if isinstance(fact, kind)]

    def heard(self, kind: type[F]) -> list[F]:
        """The same of any service."""
        return [fact for one in self.recording.facts if isinstance(fact := one.fact.fact(), kind)]

    def tries(self, usual: Retries) -> int:
        """How often work of the job may be tried, as it was asked for and as often as it was begun anew."""
        asked = next(iter(self.heard(JobRequested)), None)
        life = Life(max_retries=asked.max_retries, retry_delay=asked.retry_delay_seconds) if asked else Life()
        return wished(usual, life).attempts * (1 + len(self.heard(JobRetried)))

    def unknown(self, wish: str) -> Unanswered:
        self.wishes.append(wish)
        return Unanswered(wish)


class RecordedObjects:
    """The object store as it was: what the job found is there, what it made can be put and is there then."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        blobs = [Blob.model_validate(found) for found in answers.recording.blobs()]
        self._blobs = {blob.key: blob for blob in blobs}
        made = {key for one in answers.recording.of(answers.service) for key in made_in(one.fact.data)}
        self._there = set(self._blobs) - made

    async def put(self, key: str, body: bytes, media_type: str) -> Blob:
        if media_type == "application/json":  # a receipt: no fact names it
            return Blob(key=key, size_bytes=len(body), media_type=media_type)
        return self._made(key)

    async def put_file(self, key: str, path: Path, media_type: str) -> Blob:  # noqa: ARG002 - the signature of a store
        return self._made(key)

    async def get(self, key: str) -> bytes:
        """What the recording has of it; nothing for what only its name is known of. Raises `MissingObject`."""
        self._found(key)
        return self._answers.recording.objects.get(key, b"")

    async def get_file(self, key: str, path: Path) -> None:
        self._found(key)
        empty(path)

    async def size(self, key: str) -> int | None:
        return self._blobs[key].size_bytes if key in self._there else None

    def _made(self, key: str) -> Blob:
        if key not in self._blobs:
            raise self._answers.unknown(f"to store {key}, which was not made then")
        self._there.add(key)
        return self._blobs[key]

    def _found(self, key: str) -> None:
        if key not in self._there:
            raise MissingObject(key)


def made_in(data: dict[str, object]) -> Iterable[str]:
    """The objects that were not there before this was said."""
    return () if data.get("reused") else (str(blob["key"]) for blob in blobs_in(data))


class RecordedTransport(httpx2.AsyncBaseTransport):
    """Carries requests to nobody: equal questions get the answers that they got then, in their order, and the last of them
    again and again."""

    def __init__(self, answers: Answers, provider: str, service: str) -> None:
        self._answers, self._who = answers, f"{provider} ({service})"
        self._known: dict[str, list[Exchange]] = defaultdict(list)
        for exchange in exchanges(answers.facts, provider, service):
            self._known[exchange.asked].append(exchange)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        await request.aread()
        known = self._known.get(digest(request))
        if not known:
            raise self._answers.unknown(f"{self._who} otherwise than then: {excerpt(request.content)}")
        exchange = known.pop(0) if len(known) > 1 else known[0]
        kind = {"content-type": "application/json"}
        return httpx2.Response(exchange.status, headers=kind, content=exchange.answered.encode(), request=request)


def exchanges(facts: Sequence[Event], provider: str, service: str) -> Iterable[Exchange]:
    for fact in facts:
        call = fact.call if isinstance(fact, ProviderCalled) else None
        if call and call.exchange and (call.provider, call.service) == (provider, service):
            yield call.exchange


def empty(path: Path) -> None:
    """A file that only has to be there."""
    path.touch()


def excerpt(body: bytes, most: int = 400) -> str:
    words = body.decode(errors="replace")
    return words if len(words) <= most else f"{words[:most]}…"


def at_once(retries: int) -> Terms:
    """Of a line to somebody who is not asked: no pause between attempts, and no rest however often one fails."""

    async def no_pause(_: float) -> None: ...

    return Terms(patience=Patience(retries=retries, sleep=no_pause), rules=Rules(most=sys.maxsize))
