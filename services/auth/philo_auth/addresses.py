"""Where a request comes from, as limits count it."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

from fastapi import Request


def address_of(request: Request) -> str:
    """A dependency: the client's address, as the server took it from a proxy that it trusts."""
    return counted(request.client.host if request.client else "")


def counted(host: str) -> str:
    """The address, or for IPv6 its /64: so much belongs to one household. What is no address counts as one."""
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return "nowhere"
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or ip_network((address, 64), strict=False))
    return str(address)
