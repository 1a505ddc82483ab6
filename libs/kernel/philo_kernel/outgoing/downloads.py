"""Fetching what an answer only links to."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import httpcore2

from philo_kernel.outgoing.addresses import AddressForbidden, PublicNetwork, is_local
from philo_kernel.outgoing.client import AnswerTooLarge, bounded, trusted
from philo_kernel.outgoing.faults import Failing, Rejected

Origin = tuple[bytes, bytes, int]
_PORTS = {b"http": 80, b"https": 443}
_GONE = frozenset({401, 403, 404, 410})


@dataclass(frozen=True)
class Thing:
    """What is linked to: in words (`the picture`), by media type (`image/*`), and how it is told that it does not come."""

    name: str
    accept: str
    failing: Callable[[str], Failing]
    rejected: Callable[[str], Rejected]


class Downloads:
    """Follows links by https to public addresses, and to the provider's own origin: that one the operator chose.

    Plain http is spoken only there, and only if it is local. No redirect is followed, nothing is sent along, and no
    error names the link: it is signed. Made on httpcore, because httpx writes links to the log.
    """

    def __init__(self, provider: str, base_url: str, most: int, thing: Thing) -> None:
        self._provider, self._most, self._thing = provider, most, thing
        self._home = _home(httpcore2.URL(base_url))
        self._public = httpcore2.AsyncConnectionPool(ssl_context=trusted(), network_backend=PublicNetwork())
        self._own = httpcore2.AsyncConnectionPool(ssl_context=trusted())

    async def fetch(self, link: str) -> bytes:
        """Raises the thing's `rejected` for a link that is not followed, `failing` when nothing comes of it."""
        try:
            url = httpcore2.URL(link)
            async with self._pool(url).stream("GET", url, headers=self._headers()) as answer:
                status, body = answer.status, await self._read(answer)
        except (AddressForbidden, httpcore2.UnsupportedProtocol, TypeError, ValueError):
            failure: Exception = self._forbidden()
        except AnswerTooLarge:
            failure = self._thing.failing(f"{self._provider} linked to more than {self._most} bytes. Try again.")
        except (httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.TimeoutException, OSError):
            words = f"What {self._provider} linked to, {self._thing.name}, cannot be fetched. Try again."
            failure = self._thing.failing(words)
        else:
            if status == 200:
                return body
            failure = self._missing(status)
        raise failure

    async def close(self) -> None:
        await self._public.aclose()
        await self._own.aclose()

    def _headers(self) -> dict[bytes | str, bytes | str]:
        return {"Accept": self._thing.accept, "Accept-Encoding": "identity"}

    def _pool(self, url: httpcore2.URL) -> httpcore2.AsyncConnectionPool:
        if self._home is not None and _origin(url) == self._home:
            return self._own
        if url.scheme != b"https":
            raise AddressForbidden
        return self._public

    async def _read(self, answer: httpcore2.Response) -> bytes:
        return b"".join([chunk async for chunk in bounded(_chunks(answer), self._most)])

    def _forbidden(self) -> Rejected:
        return self._thing.rejected(
            f"{self._provider} linked to where Philo does not go: only https and public addresses are followed."
        )

    def _missing(self, status: int) -> Failing:
        why = "has expired" if status in _GONE else f"answers with status {status}"
        return self._thing.failing(f"The link to {self._thing.name} that {self._provider} made {why}. Try again.")


def _origin(url: httpcore2.URL) -> Origin:
    return url.scheme, url.host.lower(), url.port or _PORTS.get(url.scheme, 0)


def _home(base: httpcore2.URL) -> Origin | None:
    """The provider's own origin, if it may be trusted with plain links."""
    trusted_with = base.scheme == b"https" or is_local(base.host.decode("ascii", "replace"))
    return _origin(base) if trusted_with else None


async def _chunks(answer: httpcore2.Response) -> AsyncIterator[bytes]:
    async for chunk in answer.aiter_stream():
        yield chunk
