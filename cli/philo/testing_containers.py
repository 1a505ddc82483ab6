"""The servers of a test run as containers, for machines with a Docker engine."""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import docker  # type: ignore[import-untyped]  # its types are a package of their own
from docker.errors import DockerException  # type: ignore[import-untyped]
from testcontainers.core.container import DockerContainer

from philo.stack import kafka, kafka_jars, ports, postgres, provision, valkey
from philo.stack.endpoints import Endpoints
from philo.stack.home import Home
from philo.stack.probe import answering

SECRET = "philo-test"  # noqa: S105 - guards nothing but a test's throwaway server
NOWHERE = Home(Path())
READY_WITHIN = 120.0  # seconds; images may have to be pulled before, that is not counted


@dataclass(frozen=True)
class Image:
    """A server's image, the port inside, its settings and its arguments."""

    name: str
    port: int
    env: dict[str, str] = field(default_factory=dict)
    command: str = ""


def docker_answers() -> bool:
    """Whether there is a Docker engine that we may use."""
    try:
        return bool(docker.from_env().ping())
    except DockerException:
        return False


@contextmanager
def containers() -> Iterator[Endpoints]:
    """Start the four servers, wait until each answers, and remove them in the end."""
    chosen: set[int] = set()
    for _ in range(4):
        chosen.add(ports.choose(None, chosen))
    database, broker, cache, storage = sorted(chosen)
    images = {database: _postgres(), broker: _kafka(broker), cache: _valkey(), storage: _s3()}
    at = Endpoints(
        database_admin_url=f"postgresql://{postgres.ROLE}:{SECRET}@{ports.LOOPBACK}:{database}/postgres",
        kafka=f"{ports.LOOPBACK}:{broker}",
        redis=f"redis://:{SECRET}@{ports.LOOPBACK}:{cache}/0",
        s3_endpoint=f"{ports.LOOPBACK}:{storage}",
        s3_access_key=SECRET,
        s3_secret_key=SECRET,
    )
    with ExitStack() as running:
        for port, image in images.items():
            running.enter_context(_container(image, port))
        asyncio.run(_all_ready(at, database, broker, cache))
        yield at


async def _all_ready(at: Endpoints, database: int, broker: int, cache: int) -> None:
    programs = (
        postgres.program(NOWHERE, database, SECRET, throwaway=True),
        kafka.program(NOWHERE, broker, 0),
        valkey.program(NOWHERE, cache, SECRET, throwaway=True),
    )
    async with asyncio.timeout(READY_WITHIN), asyncio.TaskGroup() as group:
        for program in programs:
            group.create_task(answering(program))
        group.create_task(provision.bucket(at))


def _container(image: Image, port: int) -> DockerContainer:
    container = DockerContainer(image.name).with_bind_ports(image.port, port)
    for name, value in image.env.items():
        container = container.with_env(name, value)
    return container.with_command(image.command) if image.command else container


def _postgres() -> Image:
    return Image(
        "postgres:18", 5432, {"POSTGRES_USER": postgres.ROLE, "POSTGRES_PASSWORD": SECRET}, "postgres -c fsync=off"
    )


def _valkey() -> Image:
    return Image("valkey/valkey:9.1", 6379, command=f"valkey-server --requirepass {SECRET}")


def _s3() -> Image:
    keys = {"ROOT_ACCESS_KEY": SECRET, "ROOT_SECRET_KEY": SECRET}
    return Image("versity/versitygw:v1.7.0", 7070, keys, "posix /tmp")


def _kafka(port: int) -> Image:
    """One listener for clients, which is told to others by the port that the machine outside sees."""
    return Image(
        f"apache/kafka:{kafka_jars.VERSION}",
        9092,
        {
            "KAFKA_NODE_ID": "1",
            "KAFKA_PROCESS_ROLES": "broker,controller",
            "KAFKA_CONTROLLER_QUORUM_VOTERS": "1@localhost:9093",
            "KAFKA_LISTENERS": "PLAINTEXT://:9092,INSIDE://:9094,CONTROLLER://:9093",
            "KAFKA_ADVERTISED_LISTENERS": f"PLAINTEXT://{ports.LOOPBACK}:{port},INSIDE://localhost:9094",
            "KAFKA_INTER_BROKER_LISTENER_NAME": "INSIDE",
            "KAFKA_CONTROLLER_LISTENER_NAMES": "CONTROLLER",
            "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP": "PLAINTEXT:PLAINTEXT,INSIDE:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR": "1",
            "KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR": "1",
            "KAFKA_TRANSACTION_STATE_LOG_MIN_ISR": "1",
            "KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR": "1",
            "KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS": "0",
            "KAFKA_GROUP_COORDINATOR_APPEND_LINGER_MS": "0",
            "KAFKA_AUTO_CREATE_TOPICS_ENABLE": "false",
        },
    )
