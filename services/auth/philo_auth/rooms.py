"""The rooms behind the paths, and who may enter: what every router of auth stands on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request, Response

from philo_kernel.http.identity import Caller, caller
from philo_kernel.http.problems import Forbidden

from .accounts import Accounts, WrongCredentials
from .addresses import address_of
from .cookies import PageCookies
from .farewells import NO_SUCH_PROOF, WRONG_PROOF, Farewells, NotConfirmed
from .keys import Keys
from .phone_codes import PhoneCodes
from .phone_logins import PhoneLogins, WrongCode
from .sessions import Session, Sessions
from .signing import Signer
from .subscriptions.grants import Standing
from .tables import Account
from .wire import AccessToken, Farewell, LoggedIn, Login, PhoneLogin, Tokens, User

PREFIX = "/api/v1/auth"
StandingOf = Callable[[UUID], Awaitable[Standing]]


@dataclass(frozen=True)
class Auth:
    """The rooms; `main` puts them into the application's state."""

    accounts: Accounts
    phones: PhoneLogins
    codes: PhoneCodes
    sessions: Sessions
    keys: Keys
    signer: Signer
    cookies: PageCookies
    standing: StandingOf
    farewells: Farewells

    async def enter(self, way_in: Login | PhoneLogin, address: str) -> Account:
        """Whose login that is. Raises as the way in does."""
        if isinstance(way_in, PhoneLogin):
            return await self.phones.login(way_in.phone, way_in.code.get_secret_value(), address)
        return await self.accounts.login(way_in.email, way_in.password.get_secret_value(), address)

    async def confirmed(self, user: UUID, shown: Farewell, address: str) -> Account:
        """Whose account that is, if they have proved it once more. Raises `NotConfirmed`, and as the way in does when it was
        tried too often."""
        way_in = shown.way_in(await self.accounts.find(str(user)))
        if way_in is None:
            raise NotConfirmed(NO_SUCH_PROOF)
        try:
            return await self.enter(way_in, address)
        except (WrongCredentials, WrongCode) as wrong:
            raise NotConfirmed(WRONG_PROOF) from wrong

    async def logged_in(self, account: Account) -> LoggedIn:
        tokens = await self.tokens(await self.sessions.open(account.id))
        return LoggedIn(**tokens.model_dump(), user=await self.shown(account))

    async def shown(self, account: Account) -> User:
        return User.of(account, await self.standing(account.id))

    async def tokens(self, session: Session) -> Tokens:
        access = await self.access(session)
        return Tokens(**access.model_dump(), refresh_token=session.refresh_token)

    async def access(self, session: Session) -> AccessToken:
        more = (await self.standing(session.user)).claims()
        now = self.sessions.now()
        return AccessToken(
            access_token=self.signer.sign(str(session.user), now, generation=session.generation, more=more)
        )


def rooms(request: Request) -> Auth:
    auth = request.app.state.auth
    assert isinstance(auth, Auth)
    return auth


async def never_stored(response: Response) -> None:
    """No cache on the way may keep a credential (RFC 6749, section 5.1)."""
    response.headers["Cache-Control"] = "no-store"


async def person(who: Annotated[Caller, Depends(caller)]) -> UUID:
    """The id of somebody who logged in: a key must not make keys."""
    if who.key_id:
        raise Forbidden("API keys are managed with an access token, not with an API key. Log in first.")
    return UUID(who.user)


Rooms = Annotated[Auth, Depends(rooms)]
Person = Annotated[UUID, Depends(person)]
Address = Annotated[str, Depends(address_of)]
