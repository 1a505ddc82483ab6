"""Whoever has the code that was sent to a phone is its owner, and registered by the first one."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import col
from uuid_utils.compat import uuid7

from philo_kernel.http.problems import Unauthorized
from philo_kernel.unit import Unit

from .accounts import add
from .limits import Limit
from .phone_codes import PhoneCodes
from .ports import Clock, Units
from .tables import Account
from .throttle import Bound, Throttle

OFTEN = "Too many codes were wrong. Wait as long as Retry-After says, then ask for a new one."


class WrongCode(Unauthorized):
    slug, title = "wrong-code", "The code is wrong, or it is none any more"


@dataclass(frozen=True)
class PhoneLogins:
    units: Units
    now: Clock
    codes: PhoneCodes
    throttle: Throttle
    a_phone: Limit
    an_address: Limit
    """How often codes may be wrong: for one phone, through all the codes it is sent, and from one address."""

    async def login(self, phone: str, code: str, address: str) -> Account:
        """Whose phone that is. Raises `WrongCode`, in the same words whatever is wrong with it."""
        bounds = [Bound("guess-phone", phone, self.a_phone), Bound("guess-address", address, self.an_address)]
        await self.throttle.take(bounds, OFTEN)
        async with self.units() as unit:
            right = await self.codes.spend(unit.session, phone, code)
            account = await self.owner(unit, phone) if right else None
        if account is None:
            raise WrongCode("Check the code, or ask for a new one; each works once, for a few minutes and a few tries.")
        await self.throttle.give_back(bounds)
        return account

    async def owner(self, unit: Unit, phone: str) -> Account:
        """The account of a phone, new if there is none. Its name tells nothing of the number."""
        found: Account | None = await unit.session.scalar(select(Account).where(col(Account.phone) == phone))
        if found:
            return found
        user = uuid7()
        name = f"user-{user.hex[-12:]}"
        account = Account(id=user, phone=phone, username=name, username_folded=name, created_at=self.now())
        await add(unit, account)
        return account
