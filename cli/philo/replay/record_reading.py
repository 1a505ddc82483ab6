"""Puts a recording together: from the databases of all services, and from the object store for pictures that were bought."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from importlib.metadata import version

import asyncpg
from minio import Minio
from minio.error import S3Error
from pydantic import ValidationError
from urllib3.exceptions import HTTPError

from philo.replay.connecting import connected
from philo.replay.database_trouble import TROUBLES, in_words
from philo.replay.record_moment import at_one_moment
from philo.stack import Endpoints, Stack
from philo.stack import record as notes
from philo.stack.errors import StackError
from philo.stack.services import SERVICES, environment
from philo_contracts.envelope import Envelope
from philo_contracts.events import JobRequested, PictureMade
from philo_kernel.replay.composition import Terms, compositions, replay_of
from philo_kernel.replay.recording import About, Message, Recording, Said
from philo_kernel.replay.recording_reading import Erased, Share, messages_of, said_of, share_of, stream_of
from philo_kernel.store import Unreadable

OWN = "philo"
Connections = Mapping[str, asyncpg.Connection]


async def recorded(stack: Stack, job: str) -> Recording:
    """Raises `StackError` in words."""
    at = stack.endpoints()
    try:
        async with AsyncExitStack() as open_:
            connections = {name: await kept(name, url, open_) for name, url in at.databases.items()}
            terms = terms_of(stack, at)
            found = await at_one_moment(connections, job, lambda: read(connections, job, terms))
    except Erased as error:
        raise StackError("Whose job this is has deleted their account; nobody can read it any more.") from error
    except Unreadable as error:
        raise StackError(str(error)) from error
    except TROUBLES as error:
        raise in_words(error) from error
    bought = await asyncio.to_thread(pictures, at, [one.fact for one in found.facts])
    return found.model_copy(update={"objects": bought})


async def kept(service: str, url: str, open_: AsyncExitStack) -> asyncpg.Connection:
    connection = await connected(url, f"the database of {service}")
    open_.push_async_callback(connection.close)
    return connection


async def read(connections: Connections, job: str, terms: Mapping[str, Terms]) -> Recording:
    """Raises `StackError` for a job that nobody knows, and `Erased`."""
    told = [one for connection in connections.values() for one in await said_of(connection, job)]
    facts = tuple(sorted(told, key=lambda one: (one.fact.time, one.position)))
    if not facts:
        raise StackError(f"There is no job {job}: no service has said anything of it.")
    shares = await shares_of(connections, facts)
    return Recording(
        about=About(
            job=job,
            recorded_at=datetime.now(UTC),
            version=version("philo-cli"),
            terms={name: dict(one) for name, one in terms.items()},
        ),
        facts=facts,
        around=tuple(await around(connections["gateway"], facts)),
        handled=tuple(one for share in shares for one in share.handled),
        parked=tuple(one for share in shares for one in share.parked),
        messages=tuple(await messages(connections, job)),
    )


async def shares_of(connections: Connections, facts: Sequence[Said]) -> list[Share]:
    known = [one.fact.id for one in facts]
    return [await share_of(connection, name, known) for name, connection in connections.items()]


async def messages(connections: Connections, job: str) -> list[Message]:
    composed = compositions()
    told = [await messages_of(some, name, composed[name].tells, job) for name, some in connections.items()]
    return [one for some in told for one in some]


async def around(gateway: asyncpg.Connection, facts: Iterable[Said]) -> list[Envelope]:
    """The film that the job edits: the job's end is a fact of it."""
    asked = next((fact for one in facts if isinstance(fact := one.fact.fact(), JobRequested)), None)
    if asked is None or asked.kind != "scene_edit" or asked.parent is None:
        return []
    return await stream_of(gateway, f"job/{asked.parent}")


def terms_of(stack: Stack, at: Endpoints) -> dict[str, Terms]:
    """What the services decide with, as they would be started now. Raises `StackError` in words."""
    noted = notes.load(stack.home)
    if noted is None:
        return {}
    told = {service.name: environment(service, at, noted) for service in SERVICES}
    try:
        return {name: replay_of(name).terms_of(settings) for name, settings in told.items()}
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        raise StackError(
            f"{error.title} cannot be read from this environment: {first['loc']}: {first['msg']}"
        ) from error


def pictures(at: Endpoints, facts: Iterable[Envelope]) -> dict[str, bytes]:
    """Those that were bought: nobody could draw them again. What is no longer in the store is left out."""
    made = [fact for one in facts if isinstance(fact := one.fact(), PictureMade) and fact.provider != OWN]
    store = Minio(at.s3_endpoint, at.s3_access_key, at.s3_secret_key, secure=at.s3_secure)
    found: dict[str, bytes] = {}
    for key in {blob.key for one in made for blob in (one.shown.image, one.shown.thumbnail) if blob}:
        body = fetched(store, at.s3_bucket, key)
        if body is not None:
            found[key] = body
    return found


def fetched(store: Minio, bucket: str, key: str) -> bytes | None:
    try:
        answer = store.get_object(bucket, key)
    except S3Error as error:
        if error.code in {"NoSuchKey", "NoSuchObject"}:
            return None
        raise StackError(f"The object store refuses {key}: {error.code}.") from error
    except HTTPError as error:
        raise StackError(f"The object store does not answer: {error}. Is the stack up?") from error
    try:
        return bytes(answer.read())
    finally:
        answer.close()
        answer.release_conn()
