"""The paths of accounts. Each is two lines: ask the room that knows, show what it says."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from philo_kernel.http.idempotency import Creating
from philo_kernel.http.identity import Caller, caller
from philo_kernel.http.pages import Page, PageRequest, page, page_request

from .rooms import PREFIX, Address, Person, Rooms, never_stored
from .wire import (
    CodeSent,
    Erasing,
    Farewell,
    JsonWebKey,
    JsonWebKeySet,
    Key,
    KeyWish,
    LoggedIn,
    Login,
    NewKey,
    PhoneLogin,
    Refresh,
    Registration,
    SendCode,
    Tokens,
    User,
)

router = APIRouter(prefix=PREFIX, tags=["auth"], dependencies=[Depends(never_stored)], route_class=Creating)
published = APIRouter(tags=["auth"])


@router.post("/register", status_code=201)
async def register(wish: Registration, auth: Rooms, response: Response) -> LoggedIn:
    account = await auth.accounts.register(wish.email, wish.username, wish.password.get_secret_value())
    response.headers["Location"] = f"{PREFIX}/me"
    return await auth.logged_in(account)


@router.post("/login")
async def login(credentials: Login, auth: Rooms, address: Address) -> LoggedIn:
    return await auth.logged_in(await auth.enter(credentials, address))


@router.post("/send-verification", status_code=202)
async def send_verification(wish: SendCode, auth: Rooms, address: Address) -> CodeSent:
    """Send a code to a phone. The answer is the same whether anybody has it or not."""
    await auth.codes.send(wish.phone, address)
    terms = auth.codes.terms
    return CodeSent(expires_in=int(terms.lasts.total_seconds()), retry_after=int(terms.pause.total_seconds()))


@router.post("/verify-phone")
async def verify_phone(shown: PhoneLogin, auth: Rooms, address: Address) -> LoggedIn:
    """Log in with the code that was sent; whoever does so for the first time is registered."""
    return await auth.logged_in(await auth.enter(shown, address))


@router.post("/refresh")
async def refresh(shown: Refresh, auth: Rooms) -> Tokens:
    return await auth.tokens(await auth.sessions.refresh(shown.refresh_token.get_secret_value()))


@router.post("/logout", status_code=204)
async def logout(shown: Refresh, auth: Rooms) -> None:
    await auth.sessions.end(shown.refresh_token.get_secret_value())


@router.post("/logout-everywhere", status_code=204)
async def logout_everywhere(user: Person, auth: Rooms) -> None:
    """End every login of yours, on every machine. Access tokens are refused a few seconds later, everywhere."""
    await auth.sessions.end_all(user)


@router.get("/me")
async def me(who: Annotated[Caller, Depends(caller)], auth: Rooms) -> User:
    return await auth.shown(await auth.accounts.find(who.user))


@router.delete("/me", status_code=202)
async def delete_account(shown: Farewell, user: Person, auth: Rooms, address: Address) -> Erasing:
    """Delete your account and all that is yours: films, projects, uploads, keys. Nobody can bring it back."""
    account = await auth.confirmed(user, shown, address)
    await auth.farewells.erase(account)
    return Erasing()


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
    return JsonWebKeySet(keys=[JsonWebKey(**jwk) for jwk in auth.signer.jwks])
