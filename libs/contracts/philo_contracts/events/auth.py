"""Facts of accounts, said by auth. No fact holds a secret: a key is known by the digest of its secret."""

from __future__ import annotations

from datetime import datetime

from philo_contracts.events.base import Event


class UserRegistered(Event, source="auth"):
    user: str
    username: str


class ApiKeyIssued(Event, source="auth"):
    """`digest` is the SHA-256 of the key's 32 random bytes, in hex: enough to verify, useless to guess from."""

    user: str
    key_id: str
    digest: str
    scopes: tuple[str, ...]
    expires_at: datetime | None = None


class ApiKeyRevoked(Event, source="auth"):
    user: str
    key_id: str
