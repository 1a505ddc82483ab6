"""Words are looked for wherever a stack keeps anything: tables of all databases, facts, topics, logs, the store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from minio import Minio

from philo.stack import Endpoints
from tests.facts import rows

TABLES = "select tablename from pg_tables where schemaname = 'public'"
PERSONAL = ("uploads/", "outputs/", "exports/", "processed/", "thumbnails/")
"""Where lies what is somebody's own. Everything else is named by its content and shared."""


async def tables_with(at: Endpoints, words: Iterable[str]) -> list[str]:
    """`service.table` of each row that holds one of these, as text, as bytes or in a document."""
    told = [form for one in words for form in (f"%{one}%", f"%{one.encode().hex()}%")]
    found: list[str] = []
    for service in at.databases:
        for (table,) in await rows(at, service, TABLES):
            count = f'select count(*) from "{table}" t where t::text like any($1)'
            found += [f"{service}.{table}"] * bool((await rows(at, service, count, told))[0][0])
    return found


def objects_named(at: Endpoints, names: Sequence[str]) -> list[str]:
    """Objects that are somebody's own and have one of these in their name."""
    client = Minio(at.s3_endpoint, access_key=at.s3_access_key, secret_key=at.s3_secret_key, secure=at.s3_secure)
    keys = [
        str(one.object_name) for place in PERSONAL for one in client.list_objects(at.s3_bucket, place, recursive=True)
    ]
    return [key for key in keys if any(name in key for name in names)]
