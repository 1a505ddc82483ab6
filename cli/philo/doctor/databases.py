"""Looks into the database of each service: how far it was migrated, and what lies there that should not."""

from dataclasses import dataclass
from pathlib import Path

import asyncpg
from alembic.script import ScriptDirectory

from philo.doctor.finding import Finding, fine, note, wrong
from philo.doctor.troubles import told
from philo.stack.provision import driver_url
from philo_kernel import migrate
from philo_kernel.relay import LOCK

FACT_WAITS = 30.0
"""Seconds for which a fact may lie in the outbox: a relay sends within milliseconds."""
TASK_WAITS = 60.0
TASK_WAITS_LONG = 900.0
SILENT = "60 seconds"
"""After which a worker that does not renew its lease is dead; it renews every few seconds."""
FIGURES = f"""
    select
      (select count(*) from dead_letter where kind = 'event')::int as letters,
      (select count(*) from dead_letter where kind = 'task')::int as given_up,
      (select count(*) from (select from outbox limit 10000) waiting)::int as unsent,
      coalesce(extract(epoch from now() - (
        select at from event where position = (select min(position) from outbox))), 0)::float as unsent_for,
      exists(select from pg_locks where locktype = 'advisory' and granted and classid = 0 and objid = {LOCK} and
        database = (select oid from pg_database where datname = current_database())) as relayed,
      (select count(*) from pgqueuer where status = 'queued' and execute_after <= now())::int as due,
      coalesce(extract(epoch from now() - (select min(greatest(created, execute_after)) from pgqueuer
        where status = 'queued' and execute_after <= now())), 0)::float as due_for,
      (select count(*) from pgqueuer where status = 'picked')::int as taken,
      (select count(*) from pgqueuer where status = 'picked' and heartbeat < now() - interval '{SILENT}')::int as abandoned
"""  # noqa: S608 - our own numbers


@dataclass(frozen=True)
class Figures:
    """What waits; times are seconds that the oldest has waited. `relayed`: somebody publishes the facts."""

    letters: int = 0
    given_up: int = 0
    unsent: int = 0
    unsent_for: float = 0.0
    relayed: bool = True
    due: int = 0
    due_for: float = 0.0
    taken: int = 0
    abandoned: int = 0


async def look(service: str, url: str) -> list[Finding]:
    """What is wrong, or that nothing is."""
    name = f"{service}'s data"
    try:
        connection = await asyncpg.connect(driver_url(url), timeout=5)
    except (OSError, asyncpg.PostgresError) as error:
        return [wrong(name, *told(error, "DATABASE_URL"))]
    try:
        behind = migrations(service, await revisions(connection))
        if behind:
            return [behind]
        found = judged(service, Figures(**(await connection.fetchrow(FIGURES))))
    finally:
        await connection.close()
    return found or [fine(name, "migrated; nothing is parked or stuck")]


async def revisions(connection: asyncpg.Connection) -> dict[str, str | None]:
    """How far its own tables and the kernel's were migrated; None where never."""
    found: dict[str, str | None] = {}
    for table in ("alembic_version", "kernel_version"):
        known = await connection.fetchval("select to_regclass($1) is not null", table)
        found[table] = await connection.fetchval(f"select version_num from {table}") if known else None  # noqa: S608
    return found


def migrations(service: str, found: dict[str, str | None]) -> Finding | None:
    """Behind, or ahead of, the code that looks; None when neither."""
    own = Path(migrate.__file__).parent / "migrations" / "versions"
    for table, versions in (("alembic_version", migrate.migrations_of(service)), ("kernel_version", own)):
        known = {script.revision for script in scripts(versions).walk_revisions()}
        head, at = scripts(versions).get_current_head(), found[table]
        if at == head:
            continue
        name = f"{service}'s data"
        if at is not None and at not in known:
            words = f"migrated to {at}, which this version of Philo does not know"
            return wrong(name, words, "Run the version that migrated it, or a newer one.")
        words = f"migrated to {at or 'nothing'}; the code wants {head}"
        return wrong(name, words, "`philo up` migrates, and so does `python -m philo_kernel.migrate`.")
    return None


def scripts(versions: Path) -> ScriptDirectory:
    return ScriptDirectory(str(versions.parent), version_locations=[str(versions)])


def judged(service: str, found: Figures) -> list[Finding]:
    """Everything that somebody should look at. Pure."""
    return [
        finding
        for finding in (facts(service, found), letters(service, found), given_up(service, found), tasks(service, found))
        if finding
    ]


def facts(service: str, found: Figures) -> Finding | None:
    if found.unsent_for < FACT_WAITS:
        return None
    words = f"{found.unsent} facts are not published, the oldest for {found.unsent_for:.0f} s"
    if not found.relayed:
        return wrong(f"{service}'s outbox", f"{words}: no relay is at work", f"`philo logs {service}` says why.")
    return wrong(
        f"{service}'s outbox", f"{words}: the relay cannot send them", "Look at Kafka, and at the relay's log."
    )


def letters(service: str, found: Figures) -> Finding | None:
    if not found.letters:
        return None
    words = f"{found.letters} facts could not be handled and wait; what follows them in their streams waits as well"
    return wrong(
        f"{service}'s letters", words, f"`philo dlq list --service {service}` tells why; then `philo dlq redrive`."
    )


def given_up(service: str, found: Figures) -> Finding | None:
    if not found.given_up:
        return None
    words = f"{found.given_up} tasks were given up and are parked"
    return note(
        f"{service}'s letters", words, f"`philo dlq list --service {service}` tells why; retry the job, or redrive."
    )


def tasks(service: str, found: Figures) -> Finding | None:
    name = f"{service}'s tasks"
    if found.abandoned:
        words = f"{found.abandoned} tasks were taken by workers that have been silent for {SILENT}"
        return wrong(name, words, f"They are taken again when a worker has room. Is {service} up?")
    if found.due_for >= TASK_WAITS and not found.taken:
        words = f"{found.due} tasks are due, the oldest for {found.due_for:.0f} s, and nobody works"
        return wrong(name, words, f"`philo logs {service}` says what its worker does.")
    if found.due_for >= TASK_WAITS_LONG:
        words = (
            f"{found.due} tasks are due, the oldest for {found.due_for / 60:.0f} min: more is asked for than is done"
        )
        return note(name, words, "Add workers (docs/scaling.md).")
    return None
