"""Sessions in the database. A client names its own; a name means something among its owner's only."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from asyncpg import Connection

from philo_contracts.job import Job

BEGIN = """
    insert into session(user_id, id, project_id) values ($1, $2, $3)
    on conflict (user_id, id) do update set project_id = coalesce(session.project_id, excluded.project_id)
    returning project_id"""
FIND = "select id, project_id, created_at from session where user_id = $1 and id = $2"
# An edit is shown at its film; a fork is a film of its own, which the session does not go on with.
FILMS = """
    select state::text from job
    where user_id = $1 and state->>'session_id' = $2 and kind = 'video' and state->>'parent_id' is null
    order by id desc limit 20"""


class Session(NamedTuple):
    id: str
    project_id: str | None
    created_at: datetime


async def begin(connection: Connection, user: str, session: str, project: str | None) -> str | None:
    """The session, new or known; answers the project that it belongs to."""
    found: str | None = await connection.fetchval(BEGIN, user, session, project)
    return found


async def find(connection: Connection, user: str, session: str) -> Session | None:
    row = await connection.fetchrow(FIND, user, session)
    return Session(*row) if row else None


async def films(connection: Connection, user: str, session: str) -> list[Job]:
    """Its films, newest first."""
    return [Job.stored(row["state"]) for row in await connection.fetch(FILMS, user, session)]
