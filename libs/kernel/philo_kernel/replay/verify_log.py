"""Whether a log is what a log has to be: every stream without a gap, every row of it what its envelope says."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence

from asyncpg import Connection

from philo_contracts.upcasters import UnknownFact
from philo_kernel.replay.projection_log import LoggedFact
from philo_kernel.replay.verify_difference import RowDifference

GAPS = """
    select key, stream, count(*) as facts, max(version) as newest from event
    where key = any($1::text[]) group by key, stream having count(*) <> max(version)"""
LOG = "event"


async def flaws(
    own: Connection, service: str, keys: Sequence[str], said: Iterable[LoggedFact]
) -> AsyncIterator[RowDifference]:
    """What is wrong with `said`, the service's own facts under these keys."""
    for row in await own.fetch(GAPS, keys):
        words = f"{row['facts']} facts, the newest at version {row['newest']}"
        yield RowDifference(service, LOG, row["key"], row["stream"], "", words, "every version from the first on")
    for fact in said:
        for path, stored, told in misread(fact):
            yield RowDifference(service, LOG, fact.key, f"{fact.stream}@{fact.version}", path, stored, told)


def misread(fact: LoggedFact) -> Iterable[tuple[str, object, object]]:
    """Where the columns of a fact and its envelope disagree, and what nobody or no code of today can read. Pure."""
    envelope = fact.envelope
    if envelope is None:
        if fact.erased_at is None:
            yield "/envelope", "sealed", f"the key of {fact.tenant} is lost; it has to come back from a backup"
        return
    pairs = {
        "/id": (str(fact.id), str(envelope.id)),
        "/type": (fact.type, envelope.type),
        "/stream": (fact.stream, envelope.subject),
        "/version": (fact.version, envelope.streamversion),
        "/key": (fact.key, envelope.correlationid),
        "/tenant": (fact.tenant, envelope.tenantid),
        "/source": (fact.service, envelope.source),
    }
    for path, (stored, told) in pairs.items():
        if stored != told:
            yield path, stored, told
    try:
        envelope.fact()
    except (UnknownFact, ValueError) as error:
        yield "/data", "cannot be read", f"{type(error).__name__}: {error}"
