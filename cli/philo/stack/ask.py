"""Ask a server who it is: proof that it answers, and words for people."""

import asyncio
from collections.abc import Awaitable, Callable

import asyncpg
from aiokafka.admin import AIOKafkaAdminClient
from minio import Minio
from redis.asyncio import Redis

from philo.stack.endpoints import Endpoints
from philo.stack.provision import driver_url


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


SERVERS: dict[str, Callable[[Endpoints], Awaitable[str]]] = {
    "postgres": _postgres,
    "kafka": _kafka,
    "valkey": _valkey,
    "s3": _s3,
}
