"""Registering, and telling who knows their password."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from philo_contracts.events.auth import UserRegistered
from philo_kernel.http.problems import Conflict, Unauthorized
from philo_kernel.unit import Unit

from .domain import one_spelling, typed
from .passwords import Passwords
from .tables import Account

Units = Callable[[], AbstractAsyncContextManager[Unit]]
Clock = Callable[[], datetime]


class WrongCredentials(Unauthorized):
    slug, title = "wrong-credentials", "Email or password is wrong"


class Taken(Conflict):
    slug, title = "taken", "Somebody has this already"


@dataclass(frozen=True)
class Accounts:
    units: Units
    passwords: Passwords
    now: Clock

    async def register(self, email: str, username: str, password: str) -> Account:
        """A new account. Raises `Taken` if the email or the username is somebody's."""
        account = Account(
            email=email,
            username=username,
            username_folded=one_spelling(username),
            password_hash=await self.passwords.hashed(password),
            created_at=self.now(),
        )
        try:
            async with self.units() as unit:
                unit.session.add(account)
                await unit.session.flush()
                unit.say(UserRegistered(user=str(account.id), username=username), stream=f"user/{account.id}")
        except IntegrityError as error:
            raise taken(str(error.orig)) from error
        return account

    async def login(self, email: str, password: str) -> Account:
        """Who that is. Raises `WrongCredentials`, after the same time whether the address is known or not."""
        async with self.units() as unit:
            account = await unit.session.scalar(select(Account).where(col(Account.email) == email))
        password = typed(password)
        fits = await self.passwords.fits(password, account.password_hash if account else None)
        if account is None or not fits:
            raise WrongCredentials("Check both, or register if you have no account yet.")
        if self.passwords.outdated(account.password_hash):
            await self.renew_hash(account, password)
        return account

    async def renew_hash(self, account: Account, password: str) -> None:
        """Bring an imported or older hash to today's strength, unless somebody changed it meanwhile."""
        renewed = await self.passwords.hashed(password)
        same = (col(Account.id) == account.id, col(Account.password_hash) == account.password_hash)
        async with self.units() as unit:
            await unit.session.execute(update(Account).where(*same).values(password_hash=renewed))

    async def find(self, user: str) -> Account:
        """Raises `Unauthorized` for the token of an account that is gone."""
        async with self.units() as unit:
            account = await unit.session.get(Account, UUID(user))
        if account is None:
            raise Unauthorized("This account does not exist any more.", error="invalid_token")
        return account


def taken(constraint: str) -> Taken:
    """The violated constraint in words; `constraint` is the driver's message, which names it."""
    if "account_username" in constraint:
        return Taken("Somebody else has this username. Choose another.", errors=[("/username", "Is taken.")])
    words = "There is an account with this email address. Log in, or use another address."
    return Taken(words, errors=[("/email", "Is registered already.")])
