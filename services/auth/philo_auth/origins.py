"""Origins of web pages (RFC 6454), as settings list them and browsers send them."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit


def origins_of(text: object) -> object:
    """`https://a.example,https://b.example`. Raises `ValueError` in words."""
    if not isinstance(text, str):
        return text
    return tuple(origin_of(part.strip()) for part in text.split(",") if part.strip())


def origin_of(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or text != f"{parts.scheme}://{parts.netloc}":
        raise ValueError("lists origins such as https://philo.example, with commas and without a path")
    if parts.scheme == "http" and not is_local(text):
        raise ValueError("may use http:// for one's own machine only")
    return text.lower()


def is_local(origin: str) -> bool:
    """Whether it is this machine's own."""
    host = urlsplit(origin).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
