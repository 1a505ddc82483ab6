"""Looks at the parts of a running stack: does each answer, and what does it say of itself."""

import asyncio
from collections.abc import Awaitable, Callable

import asyncpg
import httpx
from aiokafka.admin import AIOKafkaAdminClient
from minio import Minio
from redis.asyncio import Redis

from philo.doctor.finding import Finding, fine, note, wrong
from philo.stack import Endpoints, Row, State
from philo.stack.provision import driver_url

ANSWERS_WITHIN = 5.0  # seconds
SERVERS: dict[str, Callable[[Endpoints], Awaitable[str]]] = {}


async def look(row: Row, at: Endpoints) -> Finding:
    """Ask one part. Any error is an answer to tell, so all are caught here."""
    if row.state is State.FAILED:
        return wrong(row.name, row.trouble, _see_log(row))
    ask = SERVERS.get(row.name)
    try:
        async with asyncio.timeout(ANSWERS_WITHIN):
            words = await (ask(at) if ask else _service(at.services[row.name]))
    except TimeoutError:
        return wrong(row.name, f"no answer within {ANSWERS_WITHIN:.0f} s", _see_log(row))
    except Exception as error:  # noqa: BLE001 - the drivers of four servers share no error
        return wrong(row.name, f"{type(error).__name__}: {error}", _see_log(row))
    if row.restarts:
        return note(row.name, f"{words}; it was started again {row.restarts} times", _see_log(row))
    return fine(row.name, words)


def _see_log(row: Row) -> str:
    if row.state is State.EXTERNAL:
        return "A setting points at this server: check the address and the server."
    return f"`philo logs {row.name}` tells more; `philo down` and `philo up` start it afresh."


async def _postgres(at: Endpoints) -> str:
    connection = await asyncpg.connect(driver_url(at.database_admin_url))
    try:
        return f"PostgreSQL {await connection.fetchval('SHOW server_version')} answers"
    finally:
        await connection.close()


async def _kafka(at: Endpoints) -> str:
    admin = AIOKafkaAdminClient(bootstrap_servers=at.kafka)
    try:
        await admin.start()
        topics = await admin.list_topics()
        return f"answers, {len(topics)} topics"
    finally:
        await admin.close()


async def _valkey(at: Endpoints) -> str:
    async with Redis.from_url(at.redis) as client:
        info = await client.info("server")
    return f"{info.get('server_name', 'redis')} {info.get('valkey_version', info['redis_version'])} answers"


async def _s3(at: Endpoints) -> str:
    client = Minio(at.s3_endpoint, at.s3_access_key, at.s3_secret_key, secure=at.s3_secure)
    there = await asyncio.to_thread(client.bucket_exists, at.s3_bucket)
    if not there:
        raise LookupError(f"the bucket {at.s3_bucket} is missing")
    return f"answers, bucket {at.s3_bucket}"


async def _service(url: str) -> str:
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(f"{url}/health/ready")
    failing = [name for name, check in answer.json().get("checks", {}).items() if check.get("status") != "ok"]
    if answer.is_error:
        raise ConnectionError(f"is not ready: {', '.join(failing) or answer.status_code}")
    return f"ready ({url})"


SERVERS |= {"postgres": _postgres, "kafka": _kafka, "valkey": _valkey, "s3": _s3}
