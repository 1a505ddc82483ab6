"""Apache Kafka (KRaft, one node)."""

import asyncio
import base64
import logging
import os
import shutil
import subprocess
import uuid

from philo.stack.errors import StackError
from philo.stack.home import Home
from philo.stack.java import java
from philo.stack.kafka_jars import jars
from philo.stack.ports import LOOPBACK
from philo.stack.program import Command, Program

# The client reports every refused attempt as an error; while a broker starts they are the rule.
logging.getLogger("aiokafka").setLevel(logging.CRITICAL)

# A local broker is mostly start-up. The first compiler alone halves the processor time of it: 1.8 s instead of 2.7 s.
JVM = ("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn")


def program(home: Home, port: int, controller_port: int) -> Program:
    """A broker that is also its own controller."""

    async def ready() -> None:
        # Imported while the broker starts, which takes longer.
        from aiokafka import AIOKafkaConsumer, TopicPartition  # noqa: PLC0415

        _, writer = await asyncio.open_connection(LOOPBACK, port)
        writer.close()
        # Asking for a group's offsets makes the offsets topic, which the first group to join would wait for.
        consumer = AIOKafkaConsumer(bootstrap_servers=f"{LOOPBACK}:{port}", group_id="philo-warm-up")
        try:
            await consumer.start()
            await consumer.committed(TopicPartition("philo-warm-up", 0))
        finally:
            await consumer.stop()

    def prepare() -> Command:
        run = (str(java()), *JVM, "-cp", ":".join(map(str, jars())))
        if not home.data("kafka").exists():
            _format(home, run, port, controller_port)
        configuration = _configure(home, "kafka", port, controller_port)
        return Command((*run, "kafka.Kafka", configuration), _environment())

    return Program(name="kafka", port=port, prepare=prepare, ready=ready, grace=20)


def _format(home: Home, run: tuple[str, ...], port: int, controller_port: int) -> None:
    """Make the log folder beside its place and move it there when it is whole."""
    shutil.rmtree(home.data("kafka.new"), ignore_errors=True)
    configuration = _configure(home, "kafka.new", port, controller_port)
    cluster = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
    command = [*run, "kafka.tools.StorageTool", "format", "-t", cluster, "-c", configuration]
    done = subprocess.run(  # noqa: S603 - our own words
        command, check=False, capture_output=True, text=True, cwd=home.root, env=_environment()
    )
    if done.returncode != 0:
        raise StackError(f"Kafka could not format its log folder: {(done.stdout + done.stderr).strip()}")
    home.data("kafka.new").rename(home.data("kafka"))


def _configure(home: Home, folder: str, port: int, controller_port: int) -> str:
    """Write the broker's properties; return their path relative to the home.

    Paths inside are relative as well: a properties file would need escapes for spaces, commas and other scripts.
    """
    properties = {
        "process.roles": "broker,controller",
        "node.id": 1,
        "controller.quorum.voters": f"1@{LOOPBACK}:{controller_port}",
        "listeners": f"PLAINTEXT://{LOOPBACK}:{port},CONTROLLER://{LOOPBACK}:{controller_port}",
        "advertised.listeners": f"PLAINTEXT://{LOOPBACK}:{port}",
        "controller.listener.names": "CONTROLLER",
        "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "log.dirs": f"data/{folder}",
        "offsets.topic.replication.factor": 1,
        # One machine needs few of these, and a start recovers each.
        "offsets.topic.num.partitions": 4,
        "transaction.state.log.replication.factor": 1,
        "transaction.state.log.min.isr": 1,
        "transaction.state.log.num.partitions": 4,
        "share.coordinator.state.topic.replication.factor": 1,
        "share.coordinator.state.topic.num.partitions": 4,
        "group.initial.rebalance.delay.ms": 0,
        "group.coordinator.append.linger.ms": 0,
        "auto.create.topics.enable": "false",
    }
    path = home.data("kafka.properties")
    path.write_text("".join(f"{name}={value}\n" for name, value in properties.items()))
    return str(path.relative_to(home.root))


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "TZ": "UTC"}
