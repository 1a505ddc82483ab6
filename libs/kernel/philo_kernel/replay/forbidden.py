"""Replay reaches nobody, by construction: what would leave the process is put together of adapters that raise."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from typing import Any, Final, Never, TypeVar

from philo_kernel.replay.forbidden_addresses import Address, addresses_of

P = TypeVar("P")
LOOKUPS: Final = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})
OUTWARD: Final = {"socket.connect": 1, "socket.sendto": 1, "socket.sendmsg": 1, "socket.getnameinfo": 0}
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
        if event in LOOKUPS and told[0] is not None:
            self.check_name(os.fsdecode(told[0]))
        elif event in OUTWARD and told[OUTWARD[event]] is not None:  # none where it was said when it was connected
            self.check(told[OUTWARD[event]])

    def check_name(self, host: str) -> None:
        if host not in {known[0] for known in self.reachable or () if isinstance(known, tuple)}:
            raise EffectInReplay(f"A connection to {host}")

    def check(self, address: Any) -> None:  # noqa: ANN401 - as Python's sockets take it
        """Those of the internet are tuples that begin with host and port, those of this machine are paths."""
        if isinstance(address, tuple):
            self.check_known(address[:2], ":".join(map(str, address[:2])))
        else:
            path = address if isinstance(address, str) else os.fsdecode(bytes(address))
            self.check_known(path, repr(path))

    def check_known(self, address: Address, words: str) -> None:
        if address not in (self.reachable or ()):
            raise EffectInReplay(f"A connection to {words}")


_WALL = _Wall()


@contextmanager
def unreachable(*but: str) -> Iterator[None]:
    """Nothing can be connected to and no name looked up in this block, by whatever code of this process, except for the
    databases at these URLs: neither elsewhere nor by a socket of this machine. Whoever tries gets `EffectInReplay`.

    Holds for Python's own sockets: replay runs on asyncio's own loop, for uvloop opens its sockets in C, where nobody is
    asked."""
    found = frozenset(address for url in but for address in addresses_of(url))
    if not _WALL.standing:
        sys.addaudithook(_WALL.hear)
        _WALL.standing = True
    before, _WALL.reachable = _WALL.reachable, found
    try:
        yield
    finally:
        _WALL.reachable = before
