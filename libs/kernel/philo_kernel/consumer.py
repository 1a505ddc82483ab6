"""Between Kafka and the handlers: each event is durably handled or durably parked before its offset may go."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractContextManager
from time import perf_counter
from typing import Protocol

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine

from philo_contracts.envelope import Envelope
from philo_kernel import dead_letters, inbox, telemetry
from philo_kernel.dead_letters import Parcel
from philo_kernel.failures import database_away, in_the_way
from philo_kernel.handler import Handler
from philo_kernel.inbox import BehindParked
from philo_kernel.metrics import events as figures
from philo_kernel.telemetry import SpanKind
from philo_kernel.unit import Unit, unit_of_work

BACKOFF = (0.05, 0.2, 1.0)
"""Seconds before each further try of what was in somebody's way."""

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Record(Protocol):
    """What Kafka hands over."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: Sequence[tuple[str, bytes | None]]


class Malformed(Exception):
    """Not one of our facts: it cannot be read, or says too little about itself."""


def header(record: Record, name: str) -> str | None:
    """Kafka's headers may have no value: such a one is as good as none."""
    return next((value.decode(errors="replace") for key, value in record.headers if key == name and value), None)


def decoded(record: Record) -> Envelope:
    """Raises `Malformed` with the reason."""
    if record.key is None:
        raise Malformed("the record has no key: facts of one job could overtake each other")
    try:
        return Envelope.model_validate_json(record.value or b"")
    except ValueError as error:
        raise Malformed(f"the record is not an envelope: {error}") from error


class Consumer:
    """Routes records to the handlers of one service."""

    def __init__(
        self,
        name: str,
        handlers: Sequence[Handler],
        engine: AsyncEngine,
        tell_dead: Callable[[Record], Awaitable[None]],
    ) -> None:
        self.name, self.engine, self.tell_dead = name, engine, tell_dead
        self.routes: dict[str, list[Handler]] = {}
        for handler in handlers:
            for event in handler.events:
                self.routes.setdefault(event.__name__, []).append(handler)
            figures.FAILURES.of(handler.name, "parked")  # told from the first, as none

    def wanted_by(self, record: Record) -> list[Handler]:
        """By the type in the header; who does not care skips undecoded."""
        return self.routes.get(header(record, "type") or "", [])

    async def receive(self, records: Sequence[Record]) -> None:
        """A run of one partition in one unit of work; if anything in it fails, each event is settled alone."""
        nameless = [record for record in records if header(record, "type") is None]
        wanted = [(handler, record) for record in records for handler in self.wanted_by(record)]
        if wanted and not await self.together(wanted):
            for handler, record in wanted:
                await self.settle(handler, record)
        for record in nameless:
            await self.park_nameless(record)

    async def together(self, wanted: Sequence[tuple[Handler, Record]]) -> bool:
        try:
            events = [(handler, decoded(record)) for handler, record in wanted]
            async with unit_of_work(self.engine, self.name) as unit:
                await self.react(unit, events)
        except Exception as error:  # noqa: BLE001 - each event is settled alone now, and tells its own failure
            figures.ALONE.inc()
            log.debug("a run is settled event by event", error=repr(error), events=len(wanted))
            return False
        return True

    async def react(self, unit: Unit, events: Sequence[tuple[Handler, Envelope]], attempt: int = 1) -> None:
        fresh = {
            name: await inbox.first_times(
                unit.connection, name, [event for handler, event in events if handler.name == name]
            )
            for name in {handler.name for handler, _ in events}
        }
        for handler, event in events:
            new = event.id in fresh[handler.name]
            with self.handling(handler.name, event, attempt, redelivered=None if new else True):
                if new:
                    fresh[handler.name].remove(event.id)  # a record that was sent twice may lie in one run twice
                    unit.cause, began = event, perf_counter()
                    await handler.react(event.fact(), unit)
                    figures.HANDLED.of(handler.name).observe(perf_counter() - began)

    def handling(
        self, handler: str, event: Envelope, attempt: int, *, redelivered: bool | None = None
    ) -> AbstractContextManager[telemetry.Span]:
        """A part of the trace that came with the fact. What is handled already leaves a mark there, and no more."""
        return telemetry.span(
            f"{self.name}.{handler}",
            event.traceparent,
            kind=SpanKind.CONSUMER,
            correlation=event.correlationid,
            causation=str(event.id),
            fact=event.type,
            attempt=attempt if attempt > 1 else None,
            redelivered=redelivered,
        )

    async def settle(self, handler: Handler, record: Record) -> None:
        attempts = 0
        while True:
            attempts += 1
            try:
                async with unit_of_work(self.engine, self.name) as unit:
                    await self.react(unit, [(handler, decoded(record))], attempt=attempts + 1)
            except Exception as error:  # noqa: BLE001 - the kind of failure decides
                if database_away(error):
                    log.warning("the database is away; waiting", handler=handler.name, error=repr(error))
                    attempts -= 1
                    figures.FAILURES.of(handler.name, "waiting").inc()
                    await asyncio.sleep(BACKOFF[-1])
                elif in_the_way(error) and attempts <= len(BACKOFF):
                    figures.FAILURES.of(handler.name, "again").inc()
                    await asyncio.sleep(BACKOFF[attempts - 1])
                elif await self.park(handler.name, record, error, attempts):
                    return
            else:
                return

    async def park_nameless(self, record: Record) -> None:
        await self.park(self.name, record, Malformed("the record has no type header: nobody can tell what it is"), 1)

    async def park(self, handler: str, record: Record, error: Exception, attempts: int) -> bool:
        """False when it need not stand behind an earlier one any more, because that one was brought back meanwhile."""
        parcel = parcel_of(handler, record, error, attempts)
        while True:
            try:
                async with unit_of_work(self.engine, self.name) as unit:
                    if isinstance(error, BehindParked) and not await dead_letters.blocked(unit.connection, parcel):
                        return False
                    await dead_letters.park(unit.connection, parcel)
            except Exception as away:  # noqa: BLE001 - nothing is acknowledged before it is parked
                log.warning("cannot park; waiting for the database", handler=handler, error=repr(away))
                await asyncio.sleep(BACKOFF[-1])
            else:
                break
        self.note_parked(handler, parcel, error)
        figures.FAILURES.of(handler, "parked").inc()
        log.error("parked", handler=handler, type=parcel.type, stream=parcel.stream, error=dead_letters.words(error))
        await self.tell_dead(record)
        return True

    def note_parked(self, handler: str, parcel: Parcel, error: Exception) -> None:
        with telemetry.span(f"{self.name}.{handler} parked", parcel.traceparent, attempts=parcel.attempts):
            telemetry.failed(error)


def parcel_of(handler: str, record: Record, error: Exception, attempts: int) -> Parcel:
    try:
        envelope = Envelope.model_validate_json(record.value or b"")
    except ValueError:
        envelope = None
    return Parcel(
        kind="event",
        handler=handler,
        value=record.value or b"",
        error=str(error) if isinstance(error, BehindParked) else error,
        attempts=attempts,
        type=envelope.type if envelope else header(record, "type"),
        event=envelope.id if envelope else None,
        stream=envelope.subject if envelope else None,
        topic=record.topic,
        part=record.partition,
        log_offset=record.offset,
        key=record.key,
        headers={name: (value or b"").decode(errors="replace") for name, value in record.headers},
        traceparent=envelope.traceparent if envelope else None,
        tenant=envelope.tenantid if envelope else None,
    )
