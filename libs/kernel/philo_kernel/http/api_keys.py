"""API keys: `phk_<id>_<secret>`. Only the SHA-256 of the secret is kept; it is random, so it needs no slow hash."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Protocol

from .problems import Unauthorized

PREFIX = "phk"
NOBODYS = sha256(b"").hexdigest()


@dataclass(frozen=True)
class StoredKey:
    """What is known of a key: whose, the hex digest of its secret, what it may do (all, if `scopes` is none)."""

    key_id: str
    user: str
    digest: str
    scopes: frozenset[str] | None
    expires_at: datetime | None = None


class ApiKeys(Protocol):
    """Where keys are looked up."""

    async def find(self, key_id: str) -> StoredKey | None:
        """The key of this id; none if there never was one or it was revoked."""
        ...


def new_secret() -> tuple[str, str]:
    """A fresh (key id, secret): 64 and 256 random bits, without an underscore in the id."""
    return secrets.token_hex(8), secrets.token_urlsafe(32)


def written(key_id: str, secret: str) -> str:
    """The key as its owner sends it."""
    return f"{PREFIX}_{key_id}_{secret}"


def digest_of(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


async def verified(sent: str, keys: ApiKeys) -> StoredKey:
    """The stored key that matches what was sent. Raises `Unauthorized`, equally for a wrong id and a wrong secret."""
    prefix, _, rest = sent.partition("_")
    key_id, _, secret = rest.partition("_")
    stored = await keys.find(key_id) if prefix == PREFIX and key_id and secret else None
    matches = hmac.compare_digest(digest_of(secret), stored.digest if stored else NOBODYS)
    if stored is None or not matches:
        raise Unauthorized("This API key is not known. Check it, or create a new one under /api/v1/auth/api-keys.")
    if stored.expires_at and stored.expires_at <= datetime.now(UTC):
        raise Unauthorized("This API key has expired. Create a new one under /api/v1/auth/api-keys.")
    return stored
