"""Registering, and telling who knows their password."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from philo_contracts.events.auth import UserRegistered
from philo_kernel.http.problems import Conflict, Unauthorized
from philo_kernel.unit import Unit

from .domain import one_spelling, typed
from .limits import Limit
from .passwords import Passwords
from .ports import Clock, Units
from .tables import Account
from .throttle import Bound, Throttle

OFTEN = "Too many attempts to log in. Wait as long as Retry-After says; the right password is not taken before either."


class WrongCredentials(Unauthorized):
    slug, title = "wrong-credentials", "Email or password is wrong"


class Taken(Conflict):
    slug, title = "taken", "Somebody has this already"


@dataclass(frozen=True)
class LoginTerms:
    """How often passwords may be wrong: for one account from one address, for one account, from one address."""

    from_one: Limit
    an_account: Limit
    an_address: Limit

    def bounds(self, email: str, address: str) -> list[Bound]:
        return [
            Bound("login-pair", f"{email}\0{address}", self.from_one),
            Bound("login-account", email, self.an_account),
            Bound("login-address", address, self.an_address),
        ]


@dataclass(frozen=True)
class Accounts:
    units: Units
    passwords: Passwords
    now: Clock
    throttle: Throttle
    terms: LoginTerms

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
                await add(unit, account)
        except IntegrityError as error:
            raise taken(str(error.orig)) from error
        return account

    async def login(self, email: str, password: str, address: str) -> Account:
        """Who that is. Raises `WrongCredentials`, after the same time whether the email is known or not.

        A try counts before it is judged, so that a thousand at once are no more than the limits let through; one
        that was right does not count in the end.
        """
        bounds = self.terms.bounds(email, address)
        await self.throttle.take(bounds, OFTEN)
        async with self.units() as unit:
            account = await unit.session.scalar(select(Account).where(col(Account.email) == email))
        password = typed(password)
        stored = account.password_hash if account else None
        fits = await self.passwords.fits(password, stored)
        if account is None or stored is None or not fits:
            raise WrongCredentials("Check both, or register if you have no account yet.")
        await self.throttle.give_back(bounds)
        if self.passwords.outdated(stored):
            await self.renew_hash(account.id, stored, password)
        return account

    async def renew_hash(self, user: UUID, stored: str, password: str) -> None:
        """Bring an imported or older hash to today's strength, unless somebody changed it meanwhile."""
        renewed = await self.passwords.hashed(password)
        same = (col(Account.id) == user, col(Account.password_hash) == stored)
        async with self.units() as unit:
            await unit.session.execute(update(Account).where(*same).values(password_hash=renewed))

    async def find(self, user: str) -> Account:
        """Raises `Unauthorized` for the token of an account that is gone."""
        async with self.units() as unit:
            account = await unit.session.get(Account, UUID(user))
        if account is None:
            raise gone()
        return account


async def add(unit: Unit, account: Account) -> None:
    """Store it and tell. Raises `IntegrityError` if it is somebody's already."""
    unit.session.add(account)
    await unit.session.flush()
    unit.say(UserRegistered(user=str(account.id), username=account.username), stream=f"user/{account.id}")


def gone() -> Unauthorized:
    return Unauthorized("This account does not exist any more.", error="invalid_token")


def taken(constraint: str) -> Taken:
    """The violated constraint in words; `constraint` is the driver's message, which names it."""
    if "account_username" in constraint:
        return Taken("Somebody else has this username. Choose another.", errors=[("/username", "Is taken.")])
    words = "There is an account with this email address. Log in, or use another address."
    return Taken(words, errors=[("/email", "Is registered already.")])
