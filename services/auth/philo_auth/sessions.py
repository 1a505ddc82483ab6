"""Logins that last: refresh tokens, used once each, in families that end when one is stolen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from secrets import token_hex, token_urlsafe
from uuid import UUID

import structlog
from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from philo_contracts.events.auth import SessionsEnded
from philo_kernel.http.problems import Unauthorized

from .accounts import gone
from .families import REFRESH_LIFE, Chain, Verdict, advanced, judge, successor
from .ports import Clock, Units
from .tables import Account, RefreshFamily, RefreshToken

log = structlog.stdlib.get_logger("philo.auth")

WORDS = {
    Verdict.UNKNOWN: "This refresh token is not known. Log in again.",
    Verdict.EXPIRED: "This refresh token has expired. Log in again.",
    Verdict.REVOKED: "This login was ended. Log in again.",
    Verdict.REUSED: "This refresh token was used before, so this login was ended. Log in again.",
}


class RefreshRefused(Unauthorized):
    slug, title = "refresh-refused", "This login cannot be continued"


@dataclass(frozen=True)
class Session:
    """What a client gets to go on with: a refresh token, and the generation its access tokens belong to."""

    user: UUID
    refresh_token: str
    generation: int


@dataclass(frozen=True)
class Sessions:
    units: Units
    now: Clock
    key: bytes
    """What the successors of refresh tokens are derived with."""

    async def open(self, user: UUID) -> Session:
        """Begin a family; its first refresh token is random, and only the client will know it."""
        now, token = self.now(), token_urlsafe(32)
        family = RefreshFamily(user_id=user, salt=token_hex(16), created_at=now, expires_at=now + REFRESH_LIFE)
        async with self.units() as unit:
            # Shared with other logins, but not with `end_all`: a login is either ended by it or begun after it.
            generation = await generation_of(unit.session, user, shared_lock=True)
            unit.session.add(family)
            await unit.session.flush()
            unit.session.add(issued(token, family, now))
        return Session(user, token, generation)

    async def refresh(self, shown: str) -> Session:
        """The session with its next token. Raises `RefreshRefused`; reuse ends the family first, and that is kept."""
        now = self.now()
        async with self.units() as unit:
            family, verdict = await self.settle(unit.session, shown, now)
            if family and verdict in {Verdict.ROTATE, Verdict.REPEAT}:
                following = successor(shown, family.salt, self.key)
                if verdict is Verdict.ROTATE:
                    unit.session.add(issued(following, family, now))
                generation = await generation_of(unit.session, family.user_id)
                return Session(family.user_id, following, generation)
        log.info("refresh refused", verdict=verdict.value, user=family and str(family.user_id))
        raise RefreshRefused(WORDS[verdict], error="invalid_grant")

    async def settle(self, session: AsyncSession, shown: str, now: datetime) -> tuple[RefreshFamily | None, Verdict]:
        """Judge a token and note the judgement on its family, which stays locked."""
        digest = digest_of(shown)
        family = await locked_family(session, digest)
        # Read after the lock: a statement sees what was there at its start.
        token = await session.get(RefreshToken, digest) if family else None
        if family is None or token is None:
            return None, Verdict.UNKNOWN
        chain = Chain(family.tip, family.turned_at, family.revoked_at is not None)
        verdict = judge(chain, token.number, token.expires_at, now)
        await note(session, family, advanced(chain, verdict, now), now)
        return family, verdict

    async def end(self, shown: str) -> None:
        """Log out: the whole family ends. A token that is not known has nothing to end."""
        async with self.units() as unit:
            family = await locked_family(unit.session, digest_of(shown))
            if family and family.revoked_at is None:
                family.revoked_at = self.now()

    async def end_all(self, user: UUID) -> None:
        """Log out everywhere: every family ends, and every access token of today is refused from now on."""
        following = col(Account.session_generation) + 1
        alive = (col(RefreshFamily.user_id) == user, col(RefreshFamily.revoked_at).is_(None))
        async with self.units() as unit:
            generation = await unit.session.scalar(
                update(Account)
                .where(col(Account.id) == user)
                .values(session_generation=following)
                .returning(col(Account.session_generation))
            )
            if generation is None:
                raise gone()
            await unit.session.execute(update(RefreshFamily).where(*alive).values(revoked_at=self.now()))
            ended = SessionsEnded(user=str(user), generation=generation)
            unit.say(ended, stream=f"sessions/{user}", version=generation)

    async def generation(self, user: str) -> int:
        """For the kernel's identity: access tokens of an earlier generation are refused."""
        async with self.units() as unit:
            return await generation_of(unit.session, UUID(user))


async def generation_of(session: AsyncSession, user: UUID, *, shared_lock: bool = False) -> int:
    """Raises `Unauthorized` for an account that is gone."""
    wanted = select(col(Account.session_generation)).where(col(Account.id) == user)
    generation: int | None = await session.scalar(wanted.with_for_update(read=True) if shared_lock else wanted)
    if generation is None:
        raise gone()
    return generation


async def locked_family(session: AsyncSession, digest: str) -> RefreshFamily | None:
    """The family of a token. Whoever else refreshes in it waits here until this transaction has ended."""
    of_token = select(col(RefreshToken.family_id)).where(col(RefreshToken.digest) == digest).scalar_subquery()
    locked: RefreshFamily | None = await session.scalar(
        select(RefreshFamily).where(col(RefreshFamily.id) == of_token).with_for_update()
    )
    return locked


async def note(session: AsyncSession, family: RefreshFamily, chain: Chain, now: datetime) -> None:
    if chain.revoked:
        family.revoked_at = family.revoked_at or now
    elif chain.tip != family.tip:
        family.tip, family.turned_at, family.expires_at = chain.tip, chain.turned_at, now + REFRESH_LIFE
        old = (col(RefreshToken.family_id) == family.id, col(RefreshToken.expires_at) <= now)
        await session.execute(delete(RefreshToken).where(*old))


def issued(token: str, family: RefreshFamily, now: datetime) -> RefreshToken:
    return RefreshToken(digest=digest_of(token), family_id=family.id, number=family.tip, expires_at=now + REFRESH_LIFE)


def digest_of(token: str) -> str:
    """Refresh tokens hold 256 bits nobody can guess, so a quick hash keeps them well."""
    return sha256(token.encode()).hexdigest()
