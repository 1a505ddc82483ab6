"""Codes to a phone: sent, and spent once; guessing ends after a few tries, however many guess at once."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from philo_kernel.http.problems import NotFound

from .limits import Limit
from .phones import keyed, message, new_code
from .ports import Clock, Units
from .sms.port import Sms, SmsFailed
from .tables import PhoneCode
from .throttle import Bound, Throttle

OFF = (
    "Nobody is logged in by phone here: the server has no carrier for messages (SMS_PROVIDER). Use email and password."
)
OFTEN = "Codes were asked for too often. The last one may still work; ask for another after the time in Retry-After."


class PhoneLoginOff(NotFound):
    slug, title = "phone-login-off", "Phones are not used here"


@dataclass(frozen=True)
class CodeTerms:
    """`pause` lies between two codes to one phone; the limits hold beside it."""

    lasts: timedelta
    attempts: int
    pause: timedelta
    a_phone: Limit
    an_address: Limit
    text: str
    """With `{code}` and `{minutes}`."""


@dataclass(frozen=True)
class PhoneCodes:
    units: Units
    now: Clock
    throttle: Throttle
    sms: Sms | None
    key: bytes
    terms: CodeTerms

    async def send(self, phone: str, address: str) -> None:
        """A new code in place of any before. Raises `TooManyRequests`, `SmsFailed` or `PhoneLoginOff`.

        All of it is done alike whether anybody has this phone or not.
        """
        if self.sms is None:
            raise PhoneLoginOff(OFF)
        terms, code = self.terms, new_code()
        to_phone = [Bound("code-pause", phone, Limit(1, terms.pause)), Bound("code-phone", phone, terms.a_phone)]
        await self.throttle.take([*to_phone, Bound("code-address", address, terms.an_address)], OFTEN)
        await self.keep(phone, code)
        try:
            await self.sms.send(phone, message(terms.text, code, terms.lasts))
        except SmsFailed:
            await self.throttle.give_back(to_phone)
            raise

    async def keep(self, phone: str, code: str) -> None:
        fresh = {
            "digest": keyed(self.key, phone, code),
            "expires_at": self.now() + self.terms.lasts,
            "attempts_left": self.terms.attempts,
        }
        async with self.units() as unit:
            kept = insert(PhoneCode).values(phone=phone, **fresh)
            await unit.session.execute(kept.on_conflict_do_update(index_elements=["phone"], set_=fresh))

    async def spend(self, session: AsyncSession, phone: str, code: str) -> bool:
        """Whether that is the phone's code, which then is gone; else one try is, and the caller has to commit it."""
        kept = await session.scalar(select(PhoneCode).where(col(PhoneCode.phone) == phone).with_for_update())
        if kept is None or kept.attempts_left == 0 or kept.expires_at <= self.now():
            return False
        if not hmac.compare_digest(kept.digest, keyed(self.key, phone, code)):
            kept.attempts_left -= 1
            return False
        await session.delete(kept)
        return True
