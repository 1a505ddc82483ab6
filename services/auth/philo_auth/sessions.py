"""Logins that last: refresh tokens, used once each, in families that end when one is stolen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from secrets import token_urlsafe
from uuid import UUID

import structlog
from sqlalchemy import delete, exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from philo_kernel.http.problems import Unauthorized

from .accounts import Clock, Units
from .domain import REFRESH_LIFE, ShownToken, Verdict, judge
from .tables import RefreshFamily, RefreshToken

log = structlog.stdlib.get_logger("philo.auth")

WORDS = {
    Verdict.UNKNOWN: "This refresh token is not known. Log in again.",
    Verdict.EXPIRED: "This refresh token has expired. Log in again.",
    Verdict.REVOKED: "This login was ended. Log in again.",
    Verdict.REUSED: "This refresh token was used before, so this login was ended everywhere. Log in again.",
}


class RefreshRefused(Unauthorized):
    slug, title = "refresh-refused", "This login cannot be continued"


@dataclass(frozen=True)
class Sessions:
    units: Units
    now: Clock

    async def open(self, user: UUID) -> str:
        """Begin a family; answers its first refresh token, which only the client will know."""
        now = self.now()
        token, family = token_urlsafe(32), RefreshFamily(user_id=user, created_at=now, expires_at=now + REFRESH_LIFE)
        async with self.units() as unit:
            await forget_expired_families(unit.session, user, now)
            unit.session.add(family)
            await unit.session.flush()
            unit.session.add(issued(token, family, now))
        return token

    async def refresh(self, shown: str) -> tuple[UUID, str]:
        """The user and the next token. Raises `RefreshRefused`; reuse ends the family first, and that is committed."""
        now, token = self.now(), token_urlsafe(32)
        async with self.units() as unit:
            family = await locked_family(unit.session, digest_of(shown))
            verdict = await settle(unit.session, family, digest_of(shown), now) if family else Verdict.UNKNOWN
            if family and verdict is Verdict.ROTATE:
                unit.session.add(issued(token, family, now, predecessor=digest_of(shown)))
        if family is None or verdict is not Verdict.ROTATE:
            log.info("refresh refused", verdict=verdict.value, user=family and str(family.user_id))
            raise RefreshRefused(WORDS[verdict], error="invalid_grant")
        return family.user_id, token

    async def end(self, shown: str) -> None:
        """Log out: the whole family ends. A token that is not known has nothing to end."""
        async with self.units() as unit:
            family = await locked_family(unit.session, digest_of(shown))
            if family and family.revoked_at is None:
                family.revoked_at = self.now()


async def locked_family(session: AsyncSession, digest: str) -> RefreshFamily | None:
    """The family of a token. Whoever else refreshes in it waits here until this transaction has ended."""
    of_token = select(col(RefreshToken.family_id)).where(col(RefreshToken.digest) == digest).scalar_subquery()
    locked: RefreshFamily | None = await session.scalar(
        select(RefreshFamily).where(col(RefreshFamily.id) == of_token).with_for_update()
    )
    return locked


async def settle(session: AsyncSession, family: RefreshFamily, digest: str, now: datetime) -> Verdict:
    """Judge a token and note the judgement. Tokens are read after the lock: a statement sees what was there at its start."""
    token = await session.get(RefreshToken, digest)
    if token is None:
        return Verdict.UNKNOWN
    verdict = judge(
        ShownToken(token.expires_at, token.used_at, await successor_used(session, token), bool(family.revoked_at)), now
    )
    if verdict is Verdict.REUSED:
        family.revoked_at = now
    elif verdict is Verdict.ROTATE:
        token.used_at = token.used_at or now
        family.expires_at = now + REFRESH_LIFE
        await forget_expired_tokens(session, family, now)
    return verdict


async def successor_used(session: AsyncSession, token: RefreshToken) -> bool:
    used = (
        exists()
        .where(col(RefreshToken.family_id) == token.family_id)
        .where(col(RefreshToken.predecessor) == token.digest)
        .where(col(RefreshToken.used_at).is_not(None))
    )
    return bool(await session.scalar(select(used)))


async def forget_expired_tokens(session: AsyncSession, family: RefreshFamily, now: datetime) -> None:
    old = (col(RefreshToken.family_id) == family.id, col(RefreshToken.expires_at) <= now)
    await session.execute(delete(RefreshToken).where(*old))


async def forget_expired_families(session: AsyncSession, user: UUID, now: datetime) -> None:
    old = (col(RefreshFamily.user_id) == user, col(RefreshFamily.expires_at) <= now)
    await session.execute(delete(RefreshFamily).where(*old))


def issued(token: str, family: RefreshFamily, now: datetime, *, predecessor: str | None = None) -> RefreshToken:
    return RefreshToken(
        digest=digest_of(token), family_id=family.id, predecessor=predecessor, expires_at=now + REFRESH_LIFE
    )


def digest_of(token: str) -> str:
    """Refresh tokens are random, so a quick hash keeps them well."""
    return sha256(token.encode()).hexdigest()
