"""The four servers as tests get them."""

import asyncio
import io
import urllib.request

import asyncpg
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from minio import Minio
from redis.asyncio import Redis

from philo.stack import Endpoints

pytestmark = pytest.mark.stack


async def test_postgres_is_18_and_keeps_every_script_apart(servers: Endpoints, database: str) -> None:
    connection = await asyncpg.connect(database)
    try:
        assert (await connection.fetchval("SHOW server_version")).startswith("18")
        assert await connection.fetchval("SELECT upper('zażółć 中文')") == "ZAŻÓŁĆ 中文"
    finally:
        await connection.close()


async def test_a_fact_goes_through_kafka_to_a_group(servers: Endpoints, topic_prefix: str) -> None:
    topic = f"{topic_prefix}facts"
    admin = AIOKafkaAdminClient(bootstrap_servers=servers.kafka)
    await admin.start()
    await admin.create_topics([NewTopic(topic, 2, 1)])
    await admin.close()
    producer = AIOKafkaProducer(bootstrap_servers=servers.kafka, acks="all", enable_idempotence=True)
    consumer = AIOKafkaConsumer(
        topic, bootstrap_servers=servers.kafka, group_id=topic_prefix, auto_offset_reset="earliest"
    )
    await producer.start()
    await consumer.start()
    try:
        await producer.send_and_wait(topic, b"told", key=b"job")
        async with asyncio.timeout(20):
            assert (await consumer.getone()).value == b"told"
    finally:
        await consumer.stop()
        await producer.stop()


async def test_the_first_group_does_not_wait_for_the_offsets_topic(servers: Endpoints) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=servers.kafka)
    await admin.start()
    try:
        assert "__consumer_offsets" in await admin.list_topics()
    finally:
        await admin.close()


async def test_valkey_wants_its_password(servers: Endpoints, topic_prefix: str) -> None:
    async with Redis.from_url(servers.redis) as client:
        await client.set(topic_prefix, "kept", ex=60)
        assert await client.get(topic_prefix) == b"kept"
    async with Redis.from_url("redis://" + servers.redis.rpartition("@")[2]) as stranger:
        with pytest.raises(Exception, match=r"(?i)auth"):
            await stranger.get(topic_prefix)


def test_a_signed_link_opens_an_object(servers: Endpoints, topic_prefix: str) -> None:
    client = Minio(servers.s3_endpoint, servers.s3_access_key, servers.s3_secret_key, secure=servers.s3_secure)
    client.put_object(servers.s3_bucket, topic_prefix, io.BytesIO(b"film"), 4)
    link = client.presigned_get_object(servers.s3_bucket, topic_prefix)
    with urllib.request.urlopen(link, timeout=20) as answer:
        assert answer.read() == b"film"
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(link.partition("?")[0], timeout=20)


def test_the_bucket_is_never_empty_since_a_killed_server_forgets_empty_ones(servers: Endpoints) -> None:
    client = Minio(servers.s3_endpoint, servers.s3_access_key, servers.s3_secret_key, secure=servers.s3_secure)
    assert client.stat_object(servers.s3_bucket, ".philo").size == 0
