"""Brings dead letters back once somebody asked for it: in the order of their streams, one transaction each."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from contextlib import AbstractContextManager, suppress

import asyncpg
import structlog
from sqlalchemy.ext.asyncio import AsyncEngine

from philo_contracts.envelope import Envelope
from philo_kernel import dead_letters, telemetry
from philo_kernel.dead_letters import CHANNEL, DeadLetter
from philo_kernel.enqueue import again, enqueue
from philo_kernel.failures import database_away
from philo_kernel.handler import Handler
from philo_kernel.telemetry import SpanKind
from philo_kernel.unit import Unit, unit_of_work

POLL = 5.0
MARK = "insert into inbox(handler, event) values ($1, $2) on conflict do nothing returning true"

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Redriver:
    """Waits for letters that are marked for redrive. What fails again stays parked, with its new cause."""

    def __init__(self, name: str, handlers: Sequence[Handler], engine: AsyncEngine) -> None:
        self.name, self.handlers, self.engine = name, {handler.name: handler for handler in handlers}, engine
        self.woken = asyncio.Event()

    async def run(self, dsn: str) -> None:
        connection = await asyncpg.connect(dsn)
        try:
            await connection.add_listener(CHANNEL, lambda *_: self.woken.set())
            while True:
                self.woken.clear()
                while await self.one():
                    pass
                with suppress(TimeoutError):
                    await asyncio.wait_for(self.woken.wait(), POLL)
                await connection.fetchval("select 1")
        finally:
            await connection.close(timeout=2)

    async def one(self) -> bool:
        """Handle the next marked letter. False when none is left."""
        letter: DeadLetter | None = None
        try:
            async with unit_of_work(self.engine, self.name) as unit:
                row = await unit.connection.fetchrow(dead_letters.NEXT)
                if row is None:
                    return False
                letter = DeadLetter.of(row)
                await self.bring_back(letter, unit)
                await unit.flush()
                await unit.connection.execute(dead_letters.GONE, letter.id)
                await unit.connection.execute(dead_letters.FOLLOW, letter.handler, letter.stream)
            log.info("a dead letter came back", letter=letter.id, handler=letter.handler, type=letter.type)
        except Exception as error:
            if letter is None or database_away(error):
                raise
            await self.again(letter, error)
        return True

    async def bring_back(self, letter: DeadLetter, unit: Unit) -> None:
        if letter.kind == "task":
            await enqueue(unit.connection, [again(letter.handler, letter.value, letter.headers)])
            return
        envelope = Envelope.model_validate_json(letter.value)
        unit.cause = envelope
        for handler in self.wanted_by(letter, envelope):
            if await unit.connection.fetchval(MARK, handler.name, envelope.id):
                with self.redriving(handler.name, envelope):
                    await handler.react(envelope.fact(), unit)

    def redriving(self, handler: str, envelope: Envelope) -> AbstractContextManager[telemetry.Span]:
        return telemetry.span(
            f"{self.name}.{handler}",
            envelope.traceparent,
            kind=SpanKind.CONSUMER,
            correlation=envelope.correlationid,
            causation=str(envelope.id),
            fact=envelope.type,
            redriven=True,
        )

    def wanted_by(self, letter: DeadLetter, envelope: Envelope) -> list[Handler]:
        """The handler that failed; for a record that named no type, whoever wants it now that it can be read."""
        if letter.handler == self.name:
            return [h for h in self.handlers.values() if envelope.type in {event.__name__ for event in h.events}]
        if letter.handler not in self.handlers:
            raise LookupError(
                f"this service has no handler {letter.handler!r} any more: delete the letter, or bring it back"
            )
        return [self.handlers[letter.handler]]

    async def again(self, letter: DeadLetter, error: Exception) -> None:
        log.warning("a dead letter failed again", letter=letter.id, error=repr(error))
        async with unit_of_work(self.engine, self.name) as unit:
            words, details = dead_letters.plain(dead_letters.words(error)), dead_letters.plain(dead_letters.told(error))
            await unit.connection.execute(dead_letters.AGAIN, letter.id, words, details)


def as_json(letter: DeadLetter) -> str:
    """A letter for a person or a tool; bytes that are no text are shown escaped."""
    shown = {**vars(letter), "value": letter.value.decode(errors="backslashreplace")}
    shown["key"] = letter.key.decode(errors="backslashreplace") if letter.key is not None else None
    return json.dumps(shown, default=str, ensure_ascii=False)
