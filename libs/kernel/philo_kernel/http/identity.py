"""Who is calling, and what they may do: an access token or an API key, checked without asking another service."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Protocol

from fastapi import Depends, Request, Security
from fastapi.security import APIKeyHeader, HTTPBearer
from starlette.requests import HTTPConnection
from starlette.websockets import WebSocket
from structlog.contextvars import bind_contextvars

from . import api_keys, tokens
from .api_keys import ApiKeys
from .keys import VerifyingKeys
from .problems import Forbidden, Unauthorized

OPERATOR = "operator"
CALLER = "caller"
NOBODY = "Send an access token (`Authorization: Bearer …`) or an API key (`X-API-Key: …`)."


@dataclass(frozen=True)
class Caller:
    """Somebody we know. `scopes` is none for a person who logged in: they may do all that is theirs."""

    user: str
    scopes: frozenset[str] | None = None
    key_id: str | None = None
    operator: bool = False
    """Runs this installation, by `role: operator` in the access token. An API key never does."""

    def may(self, scope: str) -> bool:
        return self.scopes is None or scope in self.scopes


class Generations(Protocol):
    """Who logged out everywhere."""

    async def generation(self, user: str) -> int:
        """The oldest generation of a user's access tokens that is still good; 0 if they never logged out so."""
        ...


@dataclass(frozen=True)
class Identity:
    """Tells callers by their credentials. Without `api_keys` only access tokens are taken.

    Without `generations` a token is good until it expires, wherever its user has logged out since.
    """

    keys: VerifyingKeys
    api_keys: ApiKeys | None = None
    generations: Generations | None = None

    async def of_token(self, token: str) -> Caller:
        claims = await tokens.claims_of(token, self.keys)
        user = str(claims["sub"])
        if self.generations and claims.get(tokens.GENERATION, 0) < await self.generations.generation(user):
            raise Unauthorized("This login was ended everywhere. Log in again.", error="invalid_token")
        return Caller(user, operator=claims.get("role") == OPERATOR)

    async def of_key(self, sent: str) -> Caller:
        if self.api_keys is None:
            raise Unauthorized("API keys are not taken here. Send an access token instead.")
        stored = await api_keys.verified(sent, self.api_keys)
        return Caller(stored.user, stored.scopes, stored.key_id)


async def identify(connection: HTTPConnection) -> Caller:
    """Who opened this request or WebSocket. Raises `Unauthorized`, or `ServiceUnavailable` if it cannot be known."""
    known = connection.scope["state"].get(CALLER)
    if isinstance(known, Caller):  # whoever bounds or repeats requests has asked before
        return known
    identity = connection.app.state.identity
    assert isinstance(identity, Identity), "the application was built without an identity"
    authorization, key = connection.headers.get("authorization"), connection.headers.get("x-api-key")
    if authorization:
        caller = await identity.of_token(bearer_token(authorization))
    elif key:
        caller = await identity.of_key(key)
    else:
        raise Unauthorized(NOBODY)
    connection.scope["state"][CALLER] = caller
    bind_contextvars(user=caller.user)
    return caller


def bearer_token(authorization: str) -> str:
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthorized(NOBODY, error="invalid_request")
    return token.strip()


async def caller(
    request: Request,
    _bearer: Annotated[object, Security(HTTPBearer(auto_error=False, bearerFormat="JWT"))],
    _key: Annotated[object, Security(APIKeyHeader(name="X-API-Key", auto_error=False))],
) -> Caller:
    """A dependency: who calls. The two schemes are named for the OpenAPI document; `identify` reads the headers."""
    return await identify(request)


SCOPES: dict[Callable[..., Awaitable[object]], str] = {}
"""The scope that each dependency asks for, so that a table of routes can be asked who reaches what."""


def allowed(scope: str) -> Callable[[Caller], Awaitable[Caller]]:
    """A dependency: who calls, if their credentials reach that far; 403 if not."""

    async def within(who: Annotated[Caller, Depends(caller)]) -> Caller:
        return reaching(who, scope)

    SCOPES[within] = scope
    return within


def allowed_socket(scope: str) -> Callable[[WebSocket], Awaitable[Caller]]:
    """The same for a WebSocket, whose handshake is refused with a problem."""

    async def within(websocket: WebSocket) -> Caller:
        return reaching(await identify(websocket), scope)

    SCOPES[within] = scope
    return within


def reaching(who: Caller, scope: str) -> Caller:
    """The same caller. Raises `Forbidden` if a key does not reach that far."""
    if not who.may(scope):
        raise Forbidden(f"This API key lacks the scope {scope}. Create one that has it.")
    return who


async def operator(who: Annotated[Caller, Depends(caller)]) -> Caller:
    """A dependency: who calls, if they run this installation; 403 if not."""
    if not who.operator:
        raise Forbidden("Only operators may do this. Log in with an account that has the role `operator`.")
    return who
