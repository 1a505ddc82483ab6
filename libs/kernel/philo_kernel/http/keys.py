"""The public keys that access tokens are verified with: fetched once, kept, asked for again when a new one signs."""

from __future__ import annotations

import asyncio
import math
import time
from typing import Any, Protocol

import httpx
import structlog
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from jwt import PyJWK
from jwt.exceptions import PyJWTError
from pydantic import BaseModel

from .problems import ServiceUnavailable

REST = 5.0
"""Seconds between two fetches, however many unknown keys are shown to us."""

FRESH = 600.0
"""Seconds until known keys are asked for again: so long may a withdrawn key still be taken."""

log = structlog.stdlib.get_logger("philo.identity")


class VerifyingKeys(Protocol):
    """Where public keys come from."""

    async def find(self, kid: str) -> Ed25519PublicKey | None:
        """The key of this id, or none. Raises `ServiceUnavailable` if that cannot be known now."""
        ...


class KnownKeys:
    """Keys at hand: the issuer's own, or a test's."""

    def __init__(self, keys: dict[str, Ed25519PublicKey]) -> None:
        self.keys = keys

    async def find(self, kid: str) -> Ed25519PublicKey | None:
        return self.keys.get(kid)


class PublishedKeys:
    """A JWK Set (RFC 7517) behind a URL. What was seen once stays good while its issuer is away, or shows no key at all."""

    def __init__(self, client: httpx.AsyncClient, url: str, *, rest: float = REST, fresh: float = FRESH) -> None:
        self.client, self.url, self.rest, self.fresh = client, url, rest, fresh
        self.keys: dict[str, Ed25519PublicKey] = {}
        self.asked = -math.inf
        self.reached = False
        self.lock = asyncio.Lock()

    async def find(self, kid: str) -> Ed25519PublicKey | None:
        if kid not in self.keys or self.idle_for(self.fresh):
            async with self.lock:
                if self.idle_for(self.fresh if kid in self.keys else self.rest):
                    await self.fetch()
        if kid not in self.keys and not self.reached:
            words = "Access tokens cannot be checked right now. Try again in a moment, or use an API key."
            raise ServiceUnavailable(words, retry_after=self.rest)
        return self.keys.get(kid)

    def idle_for(self, seconds: float) -> bool:
        return time.monotonic() - self.asked >= seconds

    async def fetch(self) -> None:
        self.asked = time.monotonic()
        try:
            answer = await self.client.get(self.url, timeout=3.0)
            answer.raise_for_status()
            self.keys = KeySet.model_validate_json(answer.content).ed25519() or self.keys
        except (httpx.HTTPError, ValueError) as error:
            self.reached = False
            log.warning("signing keys cannot be fetched", url=self.url, reason=repr(error))
        else:
            self.reached = True


class KeySet(BaseModel):
    """A JWK Set. Its keys stay untyped, hence `Any`: one of another kind must not spoil the set."""

    keys: list[dict[str, Any]]

    def ed25519(self) -> dict[str, Ed25519PublicKey]:
        """The keys that are for us, by id."""
        ours = [jwk for jwk in self.keys if jwk.get("crv") == "Ed25519" and isinstance(jwk.get("kid"), str)]
        return {jwk["kid"]: key for jwk in ours if (key := public_key(jwk))}


def public_key(jwk: dict[str, Any]) -> Ed25519PublicKey | None:
    try:
        key = PyJWK(jwk, algorithm="EdDSA").key
    except PyJWTError as error:
        log.warning("a published key is not readable", kid=jwk["kid"], reason=repr(error))
        return None
    return key if isinstance(key, Ed25519PublicKey) else None
