"""Replay reaches nobody, by construction: what would leave the process is put together of adapters that raise."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from typing import Any, Final, Never, TypeVar
from urllib.parse import urlsplit

P = TypeVar("P")
Address = tuple[str, int]
POSTGRES: Final = 5432
OUTWARD: Final = {"socket.connect": 1, "socket.sendto": 1, "socket.sendmsg": 1}
"""What Python tells its audit hooks of before it does it (PEP 578), and where the address stands in what it tells."""


class EffectInReplay(Exception):
    """Something would have left the process, while facts were only looked at once more."""

    def __init__(self, effect: str) -> None:
        super().__init__(f"{effect} would leave the process, and a replay has no effects. Nothing was sent.")


class Forbidden:
    """Stands where a port would: whatever is asked of it raises `EffectInReplay`, and is named in the words."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, asked: str) -> Callable[..., Never]:
        if asked.startswith("__"):  # what Python itself looks for, such as how to copy or to print it
            raise AttributeError(asked)

        def refuse(*_: object, **__: object) -> Never:
            raise EffectInReplay(f"{self._name}.{asked}")

        return refuse

    def __call__(self, *_: object, **__: object) -> Never:
        raise EffectInReplay(self._name)


def forbidden(name: str) -> Any:  # noqa: ANN401 - it takes the place of any port
    """An adapter for any port. It has every method there is, and each raises."""
    return Forbidden(name)


def forbidden_ports(kind: type[P], **given: object) -> P:
    """A service's ports, a dataclass, with an adapter that raises in each field but those that are `given`. A field that
    somebody adds is forbidden as well, without anybody thinking of it."""
    named = {field.name for field in fields(kind)}  # type: ignore[arg-type]  # dataclasses have no type of their own
    if unknown := given.keys() - named:
        raise TypeError(f"{kind.__name__} has no {', '.join(sorted(unknown))}")
    return kind(**{name: given.get(name, forbidden(name)) for name in named})


class _Wall:
    """One for the process: an audit hook cannot be taken back, so it is set once and asks here."""

    standing = False
    reachable: frozenset[Address] | None = None
    """None while anything may be reached."""

    def hear(self, event: str, told: tuple[Any, ...]) -> None:
        if self.reachable is None:
            return
        if event == "socket.getaddrinfo" and told[0] is not None:
            self.check(told[0] if isinstance(told[0], str) else told[0].decode(), None)
        elif event in OUTWARD and isinstance(told[OUTWARD[event]], tuple):
            self.check(*told[OUTWARD[event]][:2])

    def check(self, host: str, port: int | None) -> None:
        assert self.reachable is not None
        if not any(host == known and port in {None, number} for known, number in self.reachable):
            raise EffectInReplay(f"A connection to {host}{'' if port is None else f':{port}'}")


_WALL = _Wall()


@contextmanager
def unreachable(*but: str) -> Iterator[None]:
    """Nothing can be connected to and no name looked up in this block, by whatever code of this process, except for the
    databases at these URLs. Whoever tries gets `EffectInReplay`. Holds for Python's own sockets: replay runs on asyncio's
    own loop, for uvloop opens its sockets in C, where nobody is asked."""
    found = frozenset(address for url in but for address in addresses_of(url))
    if not _WALL.standing:
        sys.addaudithook(_WALL.hear)
        _WALL.standing = True
    before, _WALL.reachable = _WALL.reachable, found
    try:
        yield
    finally:
        _WALL.reachable = before


def addresses_of(url: str) -> Iterator[Address]:
    """Host and port as the URL says them, and as they are connected to."""
    parts = urlsplit(url)
    host, port = parts.hostname or "localhost", parts.port or POSTGRES
    yield host, port
    for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        yield str(entry[4][0]), port
