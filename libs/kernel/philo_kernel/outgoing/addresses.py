"""Which addresses an answer may send us to: those that anyone could reach, and no other."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

import httpcore2

_TRANSLATED: Final = ip_network("64:ff9b::/96")
"""IPv4 behind NAT64, private addresses too (RFC 6052)."""
_LOCAL_NAMES = ("localhost", ".localhost", ".local", ".internal", ".svc", ".svc.cluster.local")


class AddressForbidden(Exception):
    """The host lies where only we can reach it."""


class PublicNetwork(httpcore2.AsyncNetworkBackend):
    """Connects to public addresses only.

    The name is looked up once and that very address is connected to, so that it cannot change its mind in between;
    TLS still asks for the name. With `loopback` it goes to this very machine as well: for local runs and tests.
    """

    def __init__(self, *, loopback: bool = False) -> None:
        self._network = httpcore2.AnyIOBackend()
        self._loopback = loopback

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the signature of httpcore
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        address = await public_address(host, port, loopback=self._loopback)
        return await self._network.connect_tcp(address, port, timeout, local_address, socket_options)


async def public_address(host: str, port: int, *, loopback: bool = False) -> str:
    """The first address of a host, all of whose addresses are public, or all of this machine where that is wanted.

    Raises AddressForbidden, or OSError.
    """
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    ours = loopback and all(ip_address(address).is_loopback for address in addresses)
    if not addresses or not (ours or all(is_public(address) for address in addresses)):
        raise AddressForbidden
    return addresses[0]


def is_public(address: str) -> bool:
    found = ip_address(address.partition("%")[0])
    inner = _inner(found)
    if inner is not None:
        return is_public(str(inner))
    return found.is_global and not found.is_multicast and found not in _TRANSLATED


def _inner(address: IPv4Address | IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 one carries."""
    return (address.ipv4_mapped or address.sixtofour) if isinstance(address, IPv6Address) else None


def is_local(host: str) -> bool:
    """A host of this machine or of a network of ours, by its name alone."""
    name = host.lower().rstrip(".").strip("[]")
    try:
        return not is_public(name)
    except ValueError:
        return "." not in name or name.endswith(_LOCAL_NAMES)
