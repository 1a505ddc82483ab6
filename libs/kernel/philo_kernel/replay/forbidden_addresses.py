"""Where a database is, as Python's sockets are told of it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

Address = tuple[str, int] | str
"""Host and port, or the path of a socket of this machine."""
POSTGRES: Final = 5432
FOLDERS: Final = ("/run/postgresql", "/var/run/postgresql", "/tmp")  # noqa: S108 - nothing is put there
"""In which PostgreSQL's socket is looked for where a URL names no host."""


def addresses_of(url: str) -> Iterator[Address]:
    """Host and port as the URL says them, and as they are connected to; PostgreSQL's socket where it names a folder, or no
    host at all. Raises OSError where nobody knows the host, and ValueError."""
    host, port = named(url)
    if host is None or host.startswith("/"):
        yield from (str(Path(folder) / f".s.PGSQL.{port}") for folder in ([host] if host else FOLDERS))
    if host is None or not host.startswith("/"):
        yield from reached(host or "localhost", port)


def named(url: str) -> tuple[str | None, int]:
    """The host or the folder, and the port: before the path, or as parameters behind it."""
    parts = urlsplit(url)
    more = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    place = unquote(parts.netloc.rpartition("@")[2].partition(":")[0])  # which keeps its capitals
    host = place if place.startswith("/") else parts.hostname or more.get("host")
    return host, parts.port or int(more.get("port", POSTGRES))


def reached(host: str, port: int) -> Iterator[Address]:
    yield host, port
    for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        yield str(entry[4][0]), port
