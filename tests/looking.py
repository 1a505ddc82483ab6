"""Words are looked for wherever a stack keeps anything: tables of all databases, facts, topics, logs, the store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path

import asyncpg
from aiokafka import AIOKafkaConsumer, ConsumerRecord
from minio import Minio

from philo.stack import Endpoints
from philo_contracts.topics import SERVICES, dead_topic, topic
from tests.facts import envelopes, rows

TABLES = "select tablename from pg_tables where schemaname = 'public'"
PERSONAL = ("uploads/", "outputs/", "exports/", "processed/", "thumbnails/")
"""Where lies what is somebody's own. Everything else is named by its content and shared."""


async def tables_with(at: Endpoints, words: Iterable[str]) -> list[str]:
    """`service.table` of each table that holds one of these, as text, as bytes or in a document."""
    told = [form for one in words for form in (one, one.encode().hex())]
    found: list[str] = []
    for service in at.databases:
        for (table,) in await rows(at, service, TABLES):
            found += [f"{service}.{table}"] * holds(await text_of(at, service, table), told)
    return found


async def text_of(at: Endpoints, service: str, table: str) -> bytes:
    """All rows of a table as PostgreSQL writes them. To look through them there took it minutes for some fifty words."""
    written, connection = BytesIO(), await asyncpg.connect(at.databases[service])
    try:
        await connection.copy_from_query(f'select t::text from "{table}" t', output=written)
    finally:
        await connection.close()
    return written.getvalue()


def objects_named(at: Endpoints, names: Sequence[str]) -> list[str]:
    """Objects that are somebody's own and have one of these in their name."""
    client = Minio(at.s3_endpoint, access_key=at.s3_access_key, secret_key=at.s3_secret_key, secure=at.s3_secure)
    keys = [
        str(one.object_name) for place in PERSONAL for one in client.list_objects(at.s3_bucket, place, recursive=True)
    ]
    return [key for key in keys if any(name in key for name in names)]


async def words_on_topics(at: Endpoints, words: Sequence[str]) -> list[str]:
    """`topic: type` of each record that holds one of these; all that Kafka keeps is read."""
    names = [name("philo", service) for service in SERVICES for name in (topic, dead_topic)]
    consumer = AIOKafkaConsumer(*names, bootstrap_servers=at.kafka, auto_offset_reset="earliest")
    await consumer.start()
    try:
        places = consumer.assignment()
        ends = await consumer.end_offsets(places)
        assert sum(ends.values()) > 0, "nothing was ever said"
        found: list[str] = []
        while [place for place in places if await consumer.position(place) < ends[place]]:
            for records in (await consumer.getmany(timeout_ms=500)).values():
                found += [kind_of(one) for one in records if holds(one.value or b"", words)]
        return found
    finally:
        await consumer.stop()


def kind_of(record: ConsumerRecord) -> str:
    kind = dict(record.headers).get("type") or b"?"
    return f"{record.topic}: {kind.decode()}"


def holds(text: bytes, words: Sequence[str]) -> bool:
    return any(one.encode() in text for one in words)


async def facts_with(at: Endpoints, words: Sequence[str]) -> list[str]:
    """`service: type` of each fact that was said with one of these, opened where it lies sealed."""
    return [
        f"{service}: {one.type}"
        for service in at.databases
        for one in await envelopes(at, service)
        if holds(one.model_dump_json().encode(), words)
    ]


def lines_with(logs: Path, services: Iterable[str], words: Sequence[str]) -> list[str]:
    """Lines that services have logged with one of these, without the words themselves."""
    found: list[str] = []
    for service in services:
        for log in sorted(logs.glob(f"{service}*.log*")):
            lines = log.read_bytes().splitlines()
            found += [f"{log.name}:{number}" for number, line in enumerate(lines, 1) if holds(line, words)]
    return found
