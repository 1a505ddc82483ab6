"""The rules of a refresh family: one chain of tokens, of which only the last is unused. No I/O, no clock."""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum

REFRESH_LIFE = timedelta(days=7)
GRACE = timedelta(seconds=10)
"""How long the predecessor of the unused token is still taken: two tabs at once, or an answer that got lost."""


class Verdict(Enum):
    ROTATE = "rotate"
    REPEAT = "repeat"
    UNKNOWN = "unknown"
    EXPIRED = "expired"
    REVOKED = "revoked"
    REUSED = "reused"


@dataclass(frozen=True)
class Chain:
    """Tokens are numbered from 1; `tip` is the unused one, which came of its predecessor at `turned_at`."""

    tip: int = 1
    turned_at: datetime | None = None
    revoked: bool = False


def judge(chain: Chain, number: int, expires_at: datetime, now: datetime) -> Verdict:
    """What the token of this number is good for: a next one, the same answer as before, or nothing.

    The predecessor of the tip is taken for `GRACE` and answered with the tip again. Any other used token means that
    two parties hold the family, one of them a thief.
    """
    if chain.revoked:
        return Verdict.REVOKED
    if expires_at <= now:
        return Verdict.EXPIRED
    if number == chain.tip:
        return Verdict.ROTATE
    forgiven = chain.turned_at is not None and now - chain.turned_at <= GRACE
    return Verdict.REPEAT if number == chain.tip - 1 and forgiven else Verdict.REUSED


def advanced(chain: Chain, verdict: Verdict, now: datetime) -> Chain:
    """The chain after that judgement: reuse revokes it, and for good."""
    match verdict:
        case Verdict.ROTATE:
            return replace(chain, tip=chain.tip + 1, turned_at=now)
        case Verdict.REUSED:
            return replace(chain, revoked=True)
        case _:
            return chain


def successor(shown: str, salt: str, key: bytes) -> str:
    """The token that comes after `shown`: 256 bits, the same each time it is asked for.

    So it can be answered again though only its hash is kept. To foretell it takes the client's own token, the
    database's salt, and the key, which lie in three places.
    """
    digest = hmac.digest(key, f"refresh token\0{salt}\0{shown}".encode(), "sha256")
    return urlsafe_b64encode(digest).rstrip(b"=").decode()
