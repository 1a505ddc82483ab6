"""Tickets: for browsers, which cannot send headers with a WebSocket or an EventSource. Each opens one stream, once."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import Annotated

from fastapi import Query, Security
from fastapi.security import APIKeyHeader, HTTPBearer
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.requests import HTTPConnection
from structlog.contextvars import bind_contextvars

from philo_kernel.http.identity import SCOPES, Caller, identify, reaching
from philo_kernel.http.problems import Unauthorized
from philo_kernel.unit import unit_of_work

LASTS = timedelta(seconds=30)
SCOPE = "jobs:read"
USED = (
    "This ticket is not good any more: it works once, within 30 seconds. `POST /api/v1/realtime/tickets` gives another."
)
KEEP = "insert into ticket(digest, user_id, expires_at) values ($1, $2, now() + $3)"
TAKE = "delete from ticket where digest = $1 returning user_id, expires_at > now() as good"


class Tickets:
    """Only the hash of a ticket is kept."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine

    async def issue(self, user: str) -> str:
        ticket = token_urlsafe(24)
        async with unit_of_work(self.engine, "notify") as unit:
            await unit.connection.execute(KEEP, digest(ticket), user, LASTS)
        return ticket

    async def take(self, ticket: str) -> str:
        """Whose it was. Raises `Unauthorized` when it was used before, is too old, or never was."""
        async with unit_of_work(self.engine, "notify") as unit:
            row = await unit.connection.fetchrow(TAKE, digest(ticket))
        if row is None or not row["good"]:
            raise Unauthorized(USED, error="invalid_token")
        return str(row["user_id"])


def digest(ticket: str) -> str:
    return sha256(ticket.encode()).hexdigest()


Shown = Annotated[str | None, Query(max_length=100, description="A ticket, instead of credentials in a header.")]


async def listening(connection: HTTPConnection, ticket: Shown = None) -> Caller:
    """A dependency: who listens, by a ticket or by the usual credentials."""
    if ticket is None:
        return reaching(await identify(connection), SCOPE)
    tickets: Tickets = connection.app.state.tickets
    user = await tickets.take(ticket)
    bind_contextvars(user=user)
    return Caller(user, frozenset({SCOPE}))


async def listening_page(
    who: Annotated[Caller, Security(listening)],
    _bearer: Annotated[object, Security(HTTPBearer(auto_error=False, bearerFormat="JWT"))],
    _key: Annotated[object, Security(APIKeyHeader(name="X-API-Key", auto_error=False))],
) -> Caller:
    """The same over HTTP, where the OpenAPI document names the schemes."""
    return who


SCOPES[listening] = SCOPE
