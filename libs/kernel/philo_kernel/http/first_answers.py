"""Idempotency keys and the first answers they got, in the database of the service that did the work."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from asyncpg import Connection
from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.responses import Response

from philo_kernel.database import connected
from philo_kernel.sealing import Sealer
from philo_kernel.tables import Migration, script
from philo_kernel.unit import committing

from .problems import Conflict, Unprocessable

TABLE = """
create table idempotency_key(
  owner text not null,
  digest bytea not null,
  fingerprint bytea not null,
  attempt uuid not null,
  worked boolean not null default false,
  answer text,
  at timestamptz not null default now(),
  primary key (owner, digest));
create index idempotency_key_at on idempotency_key using brin(at);
"""
# An attempt whose process died before anything was committed is taken over; its own commit would then find it gone.
CLAIM = """
    insert into idempotency_key as k (owner, digest, fingerprint, attempt) values ($1, $2, $3, $4)
    on conflict (owner, digest) do update
      set fingerprint = excluded.fingerprint, attempt = excluded.attempt, worked = false, answer = null, at = now()
      where k.at < now() - interval '24 hours'
         or (k.fingerprint = excluded.fingerprint and not k.worked and k.answer is null
             and k.at < now() - make_interval(secs => $5))
    returning true"""
FOUND = """
    select fingerprint, worked, answer, at > now() - make_interval(secs => $3) as recent
    from idempotency_key where owner = $1 and digest = $2"""
WROTE = "select pg_current_xact_id_if_assigned() is not null"
MARK = "update idempotency_key set worked = true where owner = $1 and digest = $2 and attempt = $3 returning true"
KEEP = "update idempotency_key set answer = $4 where owner = $1 and digest = $2 and attempt = $3"
FREE = "delete from idempotency_key where owner = $1 and digest = $2 and attempt = $3 and not worked returning true"
KEPT_HERE = "select to_regclass('idempotency_key') is not null"
PRUNE = "delete from idempotency_key where at < now() - interval '24 hours'"

RUNNING = "A request with this Idempotency-Key is still being worked on. Ask again in a moment with the same key."
OTHER = "This Idempotency-Key came with another request before. Send a new key with a new request."
LOST = (
    "The request with this Idempotency-Key was carried out, but its answer was lost. Look at the list of what is yours."
)
TAKEN_OVER = "This request took too long and was taken over by a repetition of it. Nothing was changed by this one."


def create_idempotency_table(op: Migration) -> None:
    script(op, TABLE)


async def prune(connection: Connection) -> None:
    """Forget what is a day old, in a service that keeps keys."""
    if await connection.fetchval(KEPT_HERE):
        await connection.execute(PRUNE)


@dataclass(frozen=True)
class Attempt:
    """One try at a request with a key. The key itself seals its answer, so only its digest is kept."""

    engine: AsyncEngine
    owner: str
    key: str
    lease: float
    number: UUID = field(default_factory=uuid4)

    @property
    def place(self) -> tuple[str, bytes]:
        return self.owner, sha256(self.key.encode()).digest()

    async def begin(self, fingerprint: bytes) -> Response | None:
        """The first answer, or none if it is ours to do. Raises `Unprocessable`, or `Conflict` if it cannot be told."""
        if await self._ask(CLAIM, *self.place, fingerprint, self.number, self.lease):
            return None
        found = await self._ask(FOUND, *self.place, self.lease)
        if found is not None and bytes(found.fingerprint) != fingerprint:
            raise Unprocessable(OTHER, errors=[("header/idempotency-key", OTHER)])
        if found is not None and found.answer is not None:
            return read(Sealer(self.key).opened(found.answer, self.owner))
        if found is not None and found.worked and not found.recent:
            raise Conflict(LOST)
        raise Conflict(RUNNING, headers={"Retry-After": "1"})

    @asynccontextmanager
    async def marking(self) -> AsyncIterator[None]:
        """Inside, every unit of work that writes commits with the mark that this request has been carried out."""
        before = committing.set(self._mark)
        try:
            yield
        finally:
            committing.reset(before)

    async def keep(self, answer: Response) -> None:
        await self._ask(KEEP, *self.place, self.number, Sealer(self.key).seal(written(answer), self.owner))

    async def free(self) -> bool:
        """Forget the key, unless something was committed under it."""
        return await self._ask(FREE, *self.place, self.number) is not None

    async def _mark(self, connection: Connection) -> None:
        if not await connection.fetchval(WROTE):
            return
        if not await connection.fetchval(MARK, *self.place, self.number):
            raise Conflict(TAKEN_OVER)

    async def _ask(self, statement: str, *values: object) -> Row[Any] | None:
        async with connected(self.engine) as connection:
            result = await connection.exec_driver_sql(statement, values)
            return result.first() if result.returns_rows else None


def written(answer: Response) -> str:
    headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in answer.raw_headers]
    return json.dumps([answer.status_code, headers, bytes(answer.body).decode("latin-1")])


def read(text: str) -> Response:
    status, headers, body = json.loads(text)
    answer = Response(body.encode("latin-1"), status)
    answer.raw_headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    return answer
