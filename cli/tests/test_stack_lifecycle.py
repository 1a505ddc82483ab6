"""Starting, stopping and killing whole stacks.

Where Kafka and S3 do not matter they are those of the run, so that starts are quick.
"""

import io
import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, sleep

import asyncpg
import psutil
import pytest
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from minio import Minio
from redis import Redis

from philo.stack import Endpoints, Stack, StackError, State, processes
from philo.stack.endpoints import EXTERNAL
from philo.stack.services import SERVICES

pytestmark = pytest.mark.stack


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in EXTERNAL.values():
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def stack(tmp_path: Path) -> Iterator[Stack]:
    """All four servers to be, in a folder with a space and a path too long for a unix socket."""
    made = Stack(tmp_path / ("long " + "é" * 60) / ("x" * 60), throwaway=True)
    yield made
    made.down()


@pytest.fixture
def small(stack: Stack, servers: Endpoints, monkeypatch: pytest.MonkeyPatch) -> Stack:
    """PostgreSQL and Valkey alone: settings point at the other two."""
    monkeypatch.setenv("KAFKA_BOOTSTRAP_SERVERS", servers.kafka)
    monkeypatch.setenv("S3_ENDPOINT", servers.s3_endpoint)
    monkeypatch.setenv("S3_ACCESS_KEY", servers.s3_access_key)
    monkeypatch.setenv("S3_SECRET_KEY", servers.s3_secret_key)
    return stack


def until(condition: Callable[[], bool]) -> None:
    end = monotonic() + 30
    while not condition():
        assert monotonic() < end, "it did not happen within 30 s"
        sleep(0.02)


def supervisor_of(stack: Stack) -> int:
    return int(stack.home.supervisor_lock.read_text())


def pids(stack: Stack) -> dict[str, int]:
    return {name: row.pid for name, row in stack.status().rows.items() if row.pid}


async def test_killing_everything_loses_nothing_and_stops_no_start(stack: Stack) -> None:
    at = stack.up(services=False)
    await _keep_something(at)
    for pid in (supervisor_of(stack), *pids(stack).values()):
        os.kill(pid, signal.SIGKILL)
    until(lambda: not stack.is_running())
    assert stack.up(services=False) == at
    await _find_it_again(at)


def test_a_second_up_changes_nothing(small: Stack) -> None:
    at = small.up(services=False)
    before = pids(small)
    assert small.up(services=False) == at
    assert pids(small) == before


def test_two_ups_at_once_make_one_stack(small: Stack) -> None:
    command = [sys.executable, "-m", "philo.main", "up", "--servers-only"]
    environ = os.environ | {"PHILO_HOME": str(small.home.root)}
    both = [subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) for _ in "ab"]
    assert [(child.communicate()[0], child.returncode)[1] for child in both] == [0, 0]
    found = [p for p in psutil.process_iter(["cmdline"]) if str(small.home.root) in (p.info["cmdline"] or ())]
    assert [p.pid for p in found if "philo.stack.supervisor" in p.info["cmdline"]] == [supervisor_of(small)]


def test_a_killed_server_comes_back_by_itself(small: Stack) -> None:
    at = small.up(services=False)
    before = pids(small)["valkey"]
    os.kill(before, signal.SIGKILL)
    until(lambda: small.status().rows["valkey"].state is State.READY and pids(small)["valkey"] != before)
    with Redis.from_url(at.redis) as client:
        assert client.ping()


def test_a_start_ends_what_a_killed_supervisor_left(small: Stack) -> None:
    small.up(services=False)
    orphans = {pid: processes.started(pid) for pid in pids(small).values()}
    os.kill(supervisor_of(small), signal.SIGKILL)
    until(lambda: not small.is_running())
    small.up(services=False)
    assert not [pid for pid, start in orphans.items() if start and processes.is_same(pid, start)]


def test_down_leaves_no_process_even_without_a_supervisor(small: Stack) -> None:
    small.up(services=False)
    left = {pid: processes.started(pid) for pid in pids(small).values()}
    os.kill(supervisor_of(small), signal.SIGKILL)
    until(lambda: not small.is_running())
    small.down()
    assert not [pid for pid, start in left.items() if start and processes.is_same(pid, start)]


def test_down_stops_all_and_a_second_down_is_harmless(small: Stack) -> None:
    small.up(services=False)
    left = {pid: processes.started(pid) for pid in pids(small).values()}
    assert small.down()
    assert not [pid for pid, start in left.items() if start and processes.is_same(pid, start)]
    assert not small.down()


def test_a_stale_pid_that_names_a_stranger_is_let_be(small: Stack) -> None:
    small.up(services=False)
    small.down()
    stranger = subprocess.Popen(["sleep", "600"], start_new_session=True)
    notes = json.loads(small.home.status.read_text())
    notes["rows"]["valkey"] |= {"pid": stranger.pid, "start": 1.0}
    small.home.status.write_text(json.dumps(notes))
    small.home.supervisor_lock.write_text(str(stranger.pid))
    try:
        small.up(services=False)
        small.down()
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_postmaster_note_that_names_a_living_stranger_stops_no_start(small: Stack) -> None:
    small.up(services=False)
    os.kill(supervisor_of(small), signal.SIGKILL)
    os.kill(pids(small)["postgres"], signal.SIGKILL)
    until(lambda: not small.is_running())
    note = small.home.data("postgres") / "postmaster.pid"
    note.write_text("\n".join([str(os.getppid()), *note.read_text().split("\n")[1:]]))
    small.up(services=False)


def test_a_port_that_was_taken_meanwhile_is_chosen_anew(small: Stack) -> None:
    before = small.up(services=False)
    small.down()
    port = int(before.redis.rpartition(":")[2].partition("/")[0])
    with socket.create_server(("127.0.0.1", port)):
        after = small.up(services=False)
    assert after.redis != before.redis
    assert after.database_admin_url == before.database_admin_url


def test_servers_that_settings_point_at_are_not_started(small: Stack, servers: Endpoints) -> None:
    at = small.up(services=False)
    rows = small.status().rows
    assert {name for name, row in rows.items() if row.state is State.EXTERNAL} == {"kafka", "s3"}
    assert (at.kafka, at.s3_endpoint) == (servers.kafka, servers.s3_endpoint)


def test_other_settings_for_a_running_stack_are_refused(small: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    small.up(services=False)
    monkeypatch.setenv("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1")
    with pytest.raises(StackError, match="Run `philo down` first"):
        small.up(services=False)


def test_a_setting_that_points_nowhere_is_named(small: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/postgres")
    with pytest.raises(StackError, match="DATABASE_URL does not answer as it should"):
        small.up(services=False)


def test_the_whole_of_philo_comes_up_and_the_doctor_is_content(small: Stack) -> None:
    at = small.up()
    assert {spec.name for spec in SERVICES} <= {name for name, row in small.status().rows.items() if row.pid}
    with urllib.request.urlopen(f"{at.gateway}/health/ready", timeout=20) as answer:
        assert answer.status == 200
    examined = _philo(small, "doctor")
    assert examined.returncode == 0, examined.stdout


async def test_a_failed_migration_is_told_and_starts_no_service(small: Stack) -> None:
    at = small.up(services=False)
    connection = await asyncpg.connect(at.database_admin_url)
    await connection.execute("CREATE DATABASE gateway")  # the admin's own: the service may not make tables in it
    await connection.close()
    with pytest.raises(StackError, match=r"could not be migrated[\s\S]*gateway"):
        small.up()
    assert not pids(small).keys() & {spec.name for spec in SERVICES}


def test_the_doctor_is_content_until_a_part_dies(small: Stack) -> None:
    small.up(services=False)
    assert _philo(small, "doctor").returncode == 0
    os.kill(pids(small)["valkey"], signal.SIGSTOP)
    sick = _philo(small, "doctor")
    assert sick.returncode == 1
    assert "valkey" in sick.stdout


def test_the_command_line_tells_how_every_part_is(small: Stack) -> None:
    small.up(services=False)
    told = json.loads(_philo(small, "status", "--json").stdout)
    assert told["running"]
    assert {part["name"]: part["pid"] for part in told["parts"] if part["pid"]} == pids(small)
    assert "PostgreSQL" in _philo(small, "status").stdout
    assert "ready to accept connections" in _philo(small, "logs", "postgres", "-n", "50").stdout
    assert _philo(small, "logs", "nothing").returncode == 1


def _philo(stack: Stack, *arguments: str) -> "subprocess.CompletedProcess[str]":
    environ = os.environ | {"PHILO_HOME": str(stack.home.root)}
    return subprocess.run(
        [sys.executable, "-m", "philo.main", *arguments], env=environ, capture_output=True, text=True, check=False
    )


async def _keep_something(at: Endpoints) -> None:
    connection = await asyncpg.connect(at.database_admin_url)
    await connection.execute("CREATE TABLE kept AS SELECT 'row' AS what")
    await connection.close()
    admin = AIOKafkaAdminClient(bootstrap_servers=at.kafka)
    await admin.start()
    await admin.create_topics([NewTopic("kept", 1, 1)])
    await admin.close()
    with Redis.from_url(at.redis) as client:
        client.set("kept", "value")
    _objects(at).put_object(at.s3_bucket, "kept", io.BytesIO(b"body"), 4)


async def _find_it_again(at: Endpoints) -> None:
    connection = await asyncpg.connect(at.database_admin_url)
    assert await connection.fetchval("SELECT what FROM kept") == "row"
    await connection.close()
    admin = AIOKafkaAdminClient(bootstrap_servers=at.kafka)
    await admin.start()
    assert "kept" in await admin.list_topics()
    await admin.close()
    with Redis.from_url(at.redis) as client:
        assert client.get("kept") == b"value"
    assert _objects(at).get_object(at.s3_bucket, "kept").read() == b"body"


def _objects(at: Endpoints) -> Minio:
    return Minio(at.s3_endpoint, at.s3_access_key, at.s3_secret_key, secure=at.s3_secure)
