"""Jaeger, where traces are looked at: a binary of this machine, or the official image where a Docker engine answers."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from philo.stack import jaeger_build
from philo.stack.errors import StackError
from philo.stack.knock import http
from philo.stack.ports import LOOPBACK
from philo.stack.program import Command, Program

NAME = "jaeger"
IMAGE = "jaegertracing/jaeger:2.13.0"
CONFIGURATION = Path(__file__).resolve().parents[3] / "deploy" / "observability" / "jaeger" / "config.yaml"
OTLP, PAGE = 4318, 16686
"""The ports inside of the image."""
LOOK_WITHIN = 10.0


def provide(say: Callable[[str], None]) -> None:
    """See to it that there is one to start, however long that takes; `say` is told what goes on.

    Raises:
        StackError: there is no way to have one, or it failed.
    """
    if binary():
        return
    docker = engine()
    if docker:
        say(f"Fetching {IMAGE}")
        pull(docker)
    else:
        if jaeger_build.go():
            say("Building Jaeger: some five minutes, once")
        jaeger_build.built()


def binary() -> Path | None:
    """The one that was built before, else one that somebody has installed."""
    cached = jaeger_build.cached()
    found = shutil.which("jaeger")
    return cached if cached.exists() else Path(found) if found else None


def engine() -> str | None:
    """`docker`, if an engine answers."""
    docker = shutil.which("docker")
    if docker is None:
        return None
    try:
        asked = subprocess.run([docker, "info"], check=False, capture_output=True, timeout=LOOK_WITHIN)  # noqa: S603
    except subprocess.TimeoutExpired:
        return None
    return docker if asked.returncode == 0 else None


def pull(docker: str) -> None:
    done = subprocess.run([docker, "pull", IMAGE], check=False, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        raise StackError(f"Docker could not fetch {IMAGE}: {done.stderr.strip()}")


def program(otlp: int, page: int) -> Program:
    """Traces come in at `otlp` over HTTP and lie in memory; `page` has the page and the query API."""

    async def ready() -> None:
        await http(page, "/api/services")

    def prepare() -> Command:
        here = binary()
        docker = None if here else engine()
        return in_docker(docker, otlp, page) if docker else on_this_machine(here or jaeger_build.built(), otlp, page)

    return Program(name=NAME, port=page, prepare=prepare, ready=ready)


def on_this_machine(here: Path, otlp: int, page: int) -> Command:
    told = {"JAEGER_OTLP": f"{LOOPBACK}:{otlp}", "JAEGER_QUERY": f"{LOOPBACK}:{page}"}
    return Command((str(here), "--config", str(CONFIGURATION)), {"PATH": os.defpath, **told})


def in_docker(docker: str, otlp: int, page: int) -> Command:
    """In the foreground: whoever ends the client ends the container."""
    doors = ("-p", f"{LOOPBACK}:{otlp}:{OTLP}", "-p", f"{LOOPBACK}:{page}:{PAGE}")
    return Command((docker, "run", "--rm", *doors, IMAGE), dict(os.environ))
