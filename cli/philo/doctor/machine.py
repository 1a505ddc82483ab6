"""Looks at the machine: what the stack needs before it is started."""

import platform
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from philo.doctor.finding import Finding, fine, note, wrong
from philo.stack import Stack, kafka_jars, ports, postgres, record, s3, valkey
from philo.stack.endpoints import EXTERNAL, external_settings
from philo.stack.errors import StackError
from philo.stack.home import ROOM_NEEDED
from philo.stack.java import java, version

OLDEST_PYTHON = (3, 11)


def look(stack: Stack) -> list[Finding]:
    """Python, disk and ports, and the programs behind the servers that no setting replaces."""
    outside = external_settings()
    parts: dict[str, Callable[[Stack], Finding]] = {"kafka": _java, "postgres": _postgres, "valkey": _valkey, "s3": _s3}
    own = [look for name, look in parts.items() if EXTERNAL[name] not in outside]
    return [_python(), _disk(stack), _ports(stack), *(_guarded(look, stack) for look in own)]


def _guarded(look: Callable[[Stack], Finding], stack: Stack) -> Finding:
    try:
        return look(stack)
    except StackError as error:
        return wrong(look.__name__.strip("_"), "cannot be started", str(error))


def _python() -> Finding:
    words = f"{platform.python_version()} ({sys.executable})"
    if sys.version_info[:2] < OLDEST_PYTHON:
        return wrong("python", words, "Philo needs Python 3.11 or newer: `uv sync` brings one.")
    return fine("python", words)


def _disk(stack: Stack) -> Finding:
    folder = next(path for path in (stack.home.root, *stack.home.root.parents) if path.exists())
    free = shutil.disk_usage(folder).free
    words = f"{free / 2**30:.1f} GB free in {folder}"
    if free < ROOM_NEEDED:
        return wrong("disk", words, "Free some space, or set PHILO_HOME to a folder on a larger disk.")
    if free < 4 * ROOM_NEEDED:
        return note("disk", words, "A few films more and it is full.")
    return fine("disk", words)


def _ports(stack: Stack) -> Finding:
    known = record.load(stack.home)
    if known is None:
        return fine("ports", "are chosen at the first `philo up`")
    if stack.is_running():
        return fine("ports", f"in use by this stack, the studio on {known.ports['gateway']}")
    taken = [f"{name} ({port})" for name, port in known.ports.items() if not ports.is_free(port)]
    if taken:
        return note("ports", f"taken by other programs: {', '.join(taken)}", "`philo up` will choose others.")
    return fine("ports", "all that were used before are free")


def _java(_: Stack) -> Finding:
    binary = java()
    jars = "jars at hand" if kafka_jars.cached().exists() else "jars come at the first `philo up`"
    return fine("java", f"{version(binary)} ({binary}), Kafka {kafka_jars.VERSION}, {jars}")


def _postgres(_: Stack) -> Finding:
    postgres.disguise()
    return fine("postgres", _says(postgres.binaries() / "postgres", "--version"))


def _valkey(_: Stack) -> Finding:
    return fine("valkey", _says(valkey.binary(), "--version"))


def _s3(_: Stack) -> Finding:
    return fine("s3", f"installed ({s3.install()})")


def _says(binary: Path, argument: str) -> str:
    try:
        done = subprocess.run([binary, argument], check=True, capture_output=True, text=True)  # noqa: S603 - our own
    except (OSError, subprocess.CalledProcessError) as error:
        raise StackError(f"{binary} does not run here: {error}") from error
    return done.stdout.strip()
