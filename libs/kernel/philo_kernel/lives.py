"""The lives of jobs, as a service that works for them has to know: which attempt is on, and which are over."""

from __future__ import annotations

from dataclasses import dataclass

from asyncpg import Connection

CHANNEL = "over"
ALL = 2**31 - 1
"""Every attempt there may ever be: the job was cancelled."""
OVER = """
    insert into job_life(job, over) values ($1, $2)
    on conflict (job) do update set over = greatest(job_life.over, excluded.over), at = now()"""
BEGUN = """
    insert into job_life(job, attempt, over) values ($1, $2, $2 - 1)
    on conflict (job) do update set
      attempt = greatest(job_life.attempt, excluded.attempt), over = greatest(job_life.over, excluded.over), at = now()
    returning over"""
TELL = "select pg_notify('over', $1)"
KNOWN = "select job, over from job_life where over > 0 and at > now() - interval '2 days'"
# Shared, so that no retry begins between this look and what follows from it.
LIFE = "select attempt, over, max_retries, retry_delay from job_life where job = $1 for share"


@dataclass(frozen=True)
class Life:
    """`over`: attempts up to this one are. The terms are None where the work's own hold."""

    attempt: int = 1
    over: int = 0
    max_retries: int | None = None
    retry_delay: float | None = None


class Lives:
    """Which attempts are over lately: read once, then told by NOTIFY. A miss costs work, never truth."""

    def __init__(self) -> None:
        self._over: dict[str, int] = {}

    async def load(self, connection: Connection) -> None:
        for row in await connection.fetch(KNOWN):
            self.end(row["job"], row["over"])

    def tell(self, payload: str) -> None:
        job, _, attempt = payload.rpartition(" ")
        self.end(job, int(attempt))

    def end(self, job: str, attempt: int) -> None:
        self._over[job] = max(attempt, self._over.get(job, 0))

    def want(self, job: str, attempt: int) -> bool:
        return attempt > self._over.get(job, 0)


async def end(connection: Connection, job: str, attempt: int) -> None:
    """Note that the job's attempts up to this one are over, and tell every worker."""
    await connection.execute(OVER, job, attempt)
    await connection.execute(TELL, f"{job} {attempt}")


async def life_of(connection: Connection, job: str) -> Life:
    row = await connection.fetchrow(LIFE, job)
    return Life(**row) if row else Life()
