"""Everything that docker-compose.yml starts, as it says, but for the containers: each process with its own environment and
its own parts of a service, on a file system it may not write to. Together they make a film."""

from __future__ import annotations

import asyncio
import os
import re
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import ExitStack, asynccontextmanager, suppress
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from philo.stack import Endpoints
from philo.testing import fresh_database
from philo_kernel.migrate import migrate
from tests.deploy.compose import composed, environment, ours, parts, service_of
from tests.deploy.places import SETTINGS
from tests.filming import QUIET, filmed, newcomer, unheard

pytestmark = [
    pytest.mark.stack,
    pytest.mark.skipif(
        os.environ.get("PHILO_DEPLOY") != "full", reason="eleven processes: `make test-deploy` runs them"
    ),
]
OURS = ours(composed())
SEALED = os.geteuid() == 0
SEAL = r"""
set -e
mount --bind "$1" "$1"
points=$(cut -d ' ' -f 5,6 /proc/self/mountinfo)
printf '%s\n' "$points" | while read -r point options; do
  point=$(printf %b "$point")
  case "$point" in "$1" | /proc | /proc/* | /sys | /sys/* | /dev | /dev/*) continue ;; esac
  case "$options" in rw*) if [ -e "$point" ]; then mount -o remount,bind,ro "$point"; fi ;; esac
done
shift
exec "$@"
"""
"""In a mount namespace of its own: all that is mounted is read-only but for one folder, and what a container has as well.
What another mount hides is not there."""
WITH_A_DISK = 'mount -t tmpfs tmpfs "$1" && shift && exec "$@"'


@pytest.fixture
def databases(servers: Endpoints) -> Iterator[dict[str, str]]:
    with ExitStack() as stack:
        yield {service: stack.enter_context(fresh_database(servers)) for service in SETTINGS}


@pytest.fixture
async def told(
    servers: Endpoints, databases: dict[str, str], topic_prefix: str, tmp_path: Path
) -> dict[str, dict[str, str]]:
    """What each process of the file is told, with the addresses of this machine in place of the containers'."""
    for service, url in databases.items():
        await migrate(service, url)
    ports = free_ports()
    here = {
        "KAFKA_BOOTSTRAP_SERVERS": servers.kafka,
        "REDIS_URL": servers.redis,
        "S3_ENDPOINT": servers.s3_endpoint,
        "S3_ACCESS_KEY": servers.s3_access_key,
        "S3_SECRET_KEY": servers.s3_secret_key,
        "S3_BUCKET": servers.s3_bucket,
        "HTTP_HOST": "127.0.0.1",
        "TOPIC_PREFIX": topic_prefix,
        "LOG_FORMAT": "json",
    }
    found = {}
    for name, one in OURS.items():
        own = environment(one) | here | {"DATABASE_URL": databases[service_of(one)], "HTTP_PORT": ports[name]}
        (tmp_path / name).mkdir()
        found[name] = {key: moved(value, ports, tmp_path / name) for key, value in own.items()}
    return found


def free_ports() -> dict[str, str]:
    with ExitStack() as stack:
        bound = {name: stack.enter_context(socket.create_server(("127.0.0.1", 0))) for name in OURS}
        return {name: str(one.getsockname()[1]) for name, one in bound.items()}


def moved(value: str, ports: Mapping[str, str], scratch: Path) -> str:
    for host, port in ports.items():
        value = re.sub(rf"http://{host}:\d+", f"http://127.0.0.1:{port}", value)
    return value.replace("/scratch", str(scratch)).replace("172.31.84.0/24", "127.0.0.1")


@asynccontextmanager
async def running(
    told: Mapping[str, Mapping[str, str]], folder: Path
) -> AsyncIterator[dict[str, subprocess.Popen[bytes]]]:
    processes: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name, own in told.items():
            processes[name] = begun(name, own, folder)
        async with asyncio.timeout(120), httpx.AsyncClient() as client:
            for name, own in told.items():
                await ready(client, f"http://127.0.0.1:{own['HTTP_PORT']}/health/ready", processes[name])
        yield processes
    finally:
        for process in processes.values():
            process.terminate()
        for process in processes.values():
            process.wait(40)


def sealed(folder: Path, command: list[str]) -> list[str]:
    """The command, which may write to that folder and nowhere else. Only root can have it so."""
    return ["unshare", "--mount", "--", "sh", "-c", SEAL, "sh", str(folder.resolve()), *command]


def begun(name: str, own: Mapping[str, str], folder: Path) -> subprocess.Popen[bytes]:
    """As nobody with a home: nothing of this machine's environment but where its programs are."""
    temporary = folder / name
    command = [sys.executable, "-m", f"philo_{service_of(OURS[name])}.main"]
    if SEALED:
        command = sealed(temporary, command)
    bare = {
        "PATH": os.environ["PATH"],
        "HOME": "/home/nobody",
        "TMPDIR": str(temporary),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    with (folder / f"{name}.log").open("wb") as log:
        return subprocess.Popen(command, env={**bare, **own}, stdout=log, stderr=subprocess.STDOUT, cwd="/")


async def ready(client: httpx.AsyncClient, address: str, process: subprocess.Popen[bytes]) -> None:
    while True:
        assert process.poll() is None, f"{process.args} ended with {process.returncode}"
        with suppress(httpx.TransportError):  # it does not listen yet; whether it ever will the lines around this ask
            if (await client.get(address)).status_code == 200:
                return
        await asyncio.sleep(0.2)


def touching(folder: Path) -> list[str]:
    return ["touch", str(folder / f"written-{uuid4()}")]


@pytest.mark.skipif(not SEALED, reason="not root: whether a process could write elsewhere was NOT tried")
def test_a_process_can_write_to_its_own_folder_and_nowhere_else(tmp_path: Path) -> None:
    (own := tmp_path / "own").mkdir()
    for folder, status in ((own, 0), (tmp_path, 1), (Path.home(), 1), (Path("/var/tmp"), 1)):
        command = touching(folder)
        said = subprocess.run(sealed(own, command), check=False, capture_output=True, text=True)
        assert Path(command[-1]).exists() == (folder == own)
        assert said.returncode == status, said.stderr
        assert status == 0 or "Read-only file system" in said.stderr


@pytest.mark.skipif(not SEALED, reason="not root: whether a process could write to other disks was NOT tried")
@pytest.mark.parametrize("name", ["disk", "a disk"])
def test_a_process_can_write_to_no_other_disk_either(tmp_path: Path, name: str) -> None:
    (own := tmp_path / "own").mkdir()
    (disk := tmp_path / name).mkdir()
    command = ["unshare", "--mount", "--", "sh", "-c", WITH_A_DISK, "sh", str(disk), *sealed(own, touching(disk))]
    said = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (said.returncode, "Read-only file system" in said.stderr) == (1, True), said.stderr


@pytest.mark.skipif(
    not SEALED, reason="not root: whether a folder on a disk of its own can be written to was NOT tried"
)
def test_its_own_folder_may_lie_on_a_disk_of_its_own(tmp_path: Path) -> None:
    command = ["unshare", "--mount", "--", "sh", "-c", WITH_A_DISK, "sh", str(tmp_path)]
    said = subprocess.run(
        [*command, *sealed(tmp_path, touching(tmp_path))], check=False, capture_output=True, text=True
    )
    assert said.returncode == 0, said.stderr


async def test_the_processes_of_the_file_make_a_film_together(told: dict[str, dict[str, str]], tmp_path: Path) -> None:
    async with running(told, tmp_path) as processes:
        async with newcomer(f"http://127.0.0.1:{told['gateway']['HTTP_PORT']}") as api:
            film = await filmed(api, f"{unheard()} A fox walks home.", QUIET | {"scenes": 1}, tmp_path)
            assert film.video.stat().st_size > 10_000
        async with httpx.AsyncClient() as client:
            for name, one in told.items():
                at, token = f"http://127.0.0.1:{one['HTTP_PORT']}", f"Bearer {one['METRICS_TOKEN']}"
                assert ((await client.get(f"{at}/openapi.json")).status_code == 200) == ("api" in parts(OURS[name])), (
                    name
                )
                assert (await client.get(f"{at}/metrics", headers={"Authorization": token})).status_code == 200, name
    assert {name: process.returncode for name, process in processes.items()} == dict.fromkeys(processes, 0)
    if not SEALED:
        pytest.skip("not root: they made a film, but NOT on a read-only file system, as containers have it")
