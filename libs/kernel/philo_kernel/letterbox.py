"""A service's dead letters as an operator reads them: newest first, in pages, and sent back on request."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import cast

from asyncpg import Connection
from pydantic import BaseModel, Field
from sqlalchemy.ext.asyncio import AsyncEngine

from philo_kernel import dead_letters
from philo_kernel.database import connected
from philo_kernel.dead_letters import DeadLetter
from philo_kernel.http.pages import PageRequest, refusal
from philo_kernel.http.problems import NotFound

# Letters of all services share one order: by time, then service, then number; a page of each makes a page of all.
PAGE = """
    select * from dead_letter where $1::timestamptz is null or (at, $2::text, id) < ($1, $3::text, $4::bigint)
    order by at desc, id desc offset $5 limit $6"""
GREATEST = 2**63 - 1
NO_LETTER = "There is no dead letter with this id, or it has been brought back. `GET /api/v1/dead-letters` lists them."


class DeadLetterLine(BaseModel):
    """What could not be handled, and why."""

    id: str = Field(examples=["tts-12"])
    service: str
    kind: str = Field(description="`event`, or `task` for work that failed for good.")
    type: str | None = Field(description="The fact's or the task's name, if it could be read.")
    handler: str
    stream: str | None
    error: str = Field(description="What went wrong, in the words of the error.")
    attempts: int
    at: datetime
    trace_id: str | None
    redriving: bool = Field(description="It was asked to be handled again, and waits for its turn.")


class DeadLetterDetail(DeadLetterLine):
    """A letter whole. `value` is the fact's envelope or the task's order; bytes that are no text are escaped."""

    details: str = Field(description="Where in the code it went wrong.")
    value: str
    headers: dict[str, str | None]
    event_id: str | None
    topic: str | None
    partition: int | None
    offset: int | None


class Redrive(BaseModel):
    """Which letters shall be handled again."""

    ids: list[str] = Field(min_length=1, max_length=200, examples=[["tts-12", "render-3"]])


class Redriven(BaseModel):
    """`redriven` are on their way back; what fails again stays, with its new cause. `missing` are not there any more."""

    redriven: list[str]
    missing: list[str]


class Letterbox:
    """The dead letters in the database of one service."""

    def __init__(self, service: str, engine: AsyncEngine) -> None:
        self.service, self.engine = service, engine

    async def page(self, wanted: PageRequest) -> list[DeadLetter]:
        """One more than the page holds. Raises `Unprocessable` for the cursor of another list."""
        at, service, number = before(wanted)
        async with connected(self.engine) as connection:
            raw = cast("Connection", (await connection.get_raw_connection()).driver_connection)
            rows = await raw.fetch(PAGE, at, self.service, service, number, wanted.skip, wanted.fetch)
        return [DeadLetter.of(row) for row in rows]

    async def one(self, letter: str) -> DeadLetterDetail:
        """Raises `NotFound`."""
        number = self.number_of(letter)
        async with connected(self.engine) as connection:
            raw = cast("Connection", (await connection.get_raw_connection()).driver_connection)
            found = await dead_letters.listed(raw, [number]) if number is not None else []
        if not found:
            raise NotFound(NO_LETTER)
        return self.detail(found[0])

    async def redrive(self, letters: Sequence[str]) -> Redriven:
        numbers = [number for letter in letters if (number := self.number_of(letter)) is not None]
        async with connected(self.engine) as connection:
            raw = cast("Connection", (await connection.get_raw_connection()).driver_connection)
            chosen = {f"{self.service}-{number}" for number in await dead_letters.redrive(raw, numbers)}
        return Redriven(
            redriven=[letter for letter in letters if letter in chosen],
            missing=[letter for letter in letters if letter not in chosen],
        )

    def number_of(self, letter: str) -> int | None:
        """The row of a letter of this service."""
        service, _, number = letter.rpartition("-")
        if service != self.service or not (number.isascii() and number.isdecimal()) or number != str(int(number)):
            return None
        return int(number) if int(number) <= GREATEST else None

    def line(self, letter: DeadLetter) -> DeadLetterLine:
        return DeadLetterLine(**shown(self.service, letter))

    def detail(self, letter: DeadLetter) -> DeadLetterDetail:
        return DeadLetterDetail(
            **shown(self.service, letter),
            details=letter.details,
            value=letter.value.decode(errors="backslashreplace"),
            headers=letter.headers,
            event_id=str(letter.event) if letter.event else None,
            topic=letter.topic,
            partition=letter.part,
            offset=letter.log_offset,
        )


def shown(service: str, letter: DeadLetter) -> dict[str, object]:
    same = ("kind", "type", "handler", "stream", "error", "attempts", "at")
    traced = (letter.traceparent or "").split("-")
    return {name: getattr(letter, name) for name in same} | {
        "id": f"{service}-{letter.id}",
        "service": service,
        "trace_id": traced[1] if len(traced) == 4 else None,
        "redriving": letter.redrive,
    }


def before(wanted: PageRequest) -> tuple[datetime | None, str | None, int | None]:
    if wanted.after is None:
        return None, None, None
    try:
        at, service, number = wanted.after
        return datetime.fromisoformat(str(at)).astimezone(UTC), str(service), int(number)
    except ValueError as error:
        raise refusal() from error


def place(line: DeadLetterLine) -> tuple[str, str, int]:
    """Where a letter stands among those of all services."""
    return line.at.astimezone(UTC).isoformat(), line.service, int(line.id.rpartition("-")[2])
