"""Facts of accounts, said by auth. No fact holds a secret: a key is known by the digest of its secret, and what has to
be known whole travels sealed."""

from __future__ import annotations

from datetime import datetime

from philo_contracts.events.base import Event
from philo_contracts.events.hello import HelloAnswered
from philo_contracts.shapes import Tier


class UserRegistered(Event, source="auth"):
    user: str
    username: str


class SessionsEnded(Event, source="auth"):
    """Somebody logged out everywhere: access tokens of an earlier `generation` (their claim `gen`) are good no more."""

    user: str
    generation: int


class UserErased(Event, source="auth"):
    """Somebody has deleted their account. Every service forgets all that was theirs, and hears no more of it.

    The fact itself is nobody's, and stays.
    """

    user: str

    @property
    def belongs_to(self) -> str:
        """Behind everything else that auth has said of them."""
        return self.user

    @property
    def tenant(self) -> None:
        return None


class SubscriptionChanged(Event, source="auth"):
    """An operator granted a tier, or took it back (`free`, without an end). It replaces what was granted before.

    It holds from `starts_at` until `ends_at`; before and after that everybody is on the free tier.
    """

    user: str
    tier: Tier
    starts_at: datetime
    ends_at: datetime | None = None


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


class SigningSecretIssued(Event, source="auth"):
    """Somebody may sign requests. `sealed` is the secret, encrypted for the services that verify signatures."""

    user: str
    key_id: str
    sealed: str


class SigningSecretRevoked(Event, source="auth"):
    user: str
    key_id: str


class AuthSaidHello(HelloAnswered, source="auth"):
    """Auth answers what notify says, so that this is the answer to an answer."""
