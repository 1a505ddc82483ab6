"""The paths of accounts. Each is two lines: ask the room that knows, show what it says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from philo_kernel.http.identity import Caller, caller
from philo_kernel.http.pages import Page, PageRequest, page, page_request
from philo_kernel.http.problems import Forbidden

from .accounts import Accounts
from .keys import Keys
from .sessions import Sessions
from .signing import Signer
from .tables import Account
from .wire import JsonWebKey, JsonWebKeySet, Key, KeyWish, LoggedIn, Login, NewKey, Refresh, Registration, Tokens, User

PREFIX = "/api/v1/auth"


@dataclass(frozen=True)
class Auth:
    """The rooms behind the paths; `main` puts them into the application's state."""

    accounts: Accounts
    sessions: Sessions
    keys: Keys
    signer: Signer

    async def logged_in(self, account: Account) -> LoggedIn:
        refresh_token = await self.sessions.open(account.id)
        return LoggedIn(**self.tokens(account.id, refresh_token).model_dump(), user=User.of(account))

    def tokens(self, user: UUID, refresh_token: str) -> Tokens:
        return Tokens(access_token=self.signer.sign(str(user), self.sessions.now()), refresh_token=refresh_token)


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
router = APIRouter(prefix=PREFIX, tags=["auth"], dependencies=[Depends(never_stored)])
published = APIRouter(tags=["auth"])


@router.post("/register", status_code=201)
async def register(wish: Registration, auth: Rooms, response: Response) -> LoggedIn:
    account = await auth.accounts.register(wish.email, wish.username, wish.password.get_secret_value())
    response.headers["Location"] = f"{PREFIX}/me"
    return await auth.logged_in(account)


@router.post("/login")
async def login(credentials: Login, auth: Rooms) -> LoggedIn:
    account = await auth.accounts.login(credentials.email, credentials.password.get_secret_value())
    return await auth.logged_in(account)


@router.post("/refresh")
async def refresh(shown: Refresh, auth: Rooms) -> Tokens:
    user, following = await auth.sessions.refresh(shown.refresh_token.get_secret_value())
    return auth.tokens(user, following)


@router.post("/logout", status_code=204)
async def logout(shown: Refresh, auth: Rooms) -> None:
    await auth.sessions.end(shown.refresh_token.get_secret_value())


@router.get("/me")
async def me(who: Annotated[Caller, Depends(caller)], auth: Rooms) -> User:
    return User.of(await auth.accounts.find(who.user))


@router.post("/api-keys", status_code=201)
async def issue_key(wish: KeyWish, user: Person, auth: Rooms, response: Response) -> NewKey:
    scopes = list(dict.fromkeys(wish.scopes))
    key, text = await auth.keys.issue(user, wish.name, scopes, wish.expires_at)
    response.headers["Location"] = f"{PREFIX}/api-keys/{key.id}"
    return NewKey(**Key.of(key).model_dump(), key=text)


@router.get("/api-keys")
async def list_keys(user: Person, auth: Rooms, wanted: Annotated[PageRequest, Depends(page_request)]) -> Page[Key]:
    rows = await auth.keys.page(user, wanted)
    return page(rows, wanted, place=lambda key: (key.created_at.isoformat(), key.id), shown=Key.of)


@router.delete("/api-keys/{key_id}", status_code=204)
async def revoke_key(key_id: str, user: Person, auth: Rooms) -> None:
    await auth.keys.revoke(user, key_id)


@published.get("/.well-known/jwks.json")
async def jwks(auth: Rooms, response: Response) -> JsonWebKeySet:
    response.headers["Cache-Control"] = "public, max-age=300"
    return JsonWebKeySet(keys=[JsonWebKey(**auth.signer.jwk)])
