"""Rate limits: who asks too often is told when to come back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, Field
from pydantic_settings import NoDecode
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .counting import CountAway, Counter
from .identity import identify
from .problems import Problem, ServiceUnavailable, TooManyRequests
from .rates import Bucket, Finding, Rate, fields
from .refusals import answer

READING = frozenset({"GET", "HEAD", "OPTIONS", "WEBSOCKET"})
UNCOUNTED = frozenset({"/health", "/health/ready", "/metrics"})
NOT_COUNTED = "Requests cannot be counted right now, so none is taken. Try again in a moment."


Written = Annotated[Rate, NoDecode]
"""As a person writes it, and no JSON."""


class RateLimits(BaseModel):
    """Settings: how often what may be asked, and what holds while nobody can count."""

    rate_limit_reads: Written = Field(default=Rate(3000, 60), description="Per user.")
    rate_limit_writes: Written = Field(default=Rate(600, 60), description="Per user.")
    rate_limit_logins: Written = Field(default=Rate(60, 60), description="Per address.")
    rate_limit_address: Written = Field(default=Rate(12_000, 60), description="Per address, of everything.")
    rate_limits_when_away: Literal["open", "closed"] = "open"


@dataclass(frozen=True)
class Limits:
    """What is limited, where it is counted, and which paths log in (prefixes, for POSTs)."""

    settings: RateLimits
    counter: Counter
    login_paths: tuple[str, ...] = ()

    def of_address(self, connection: HTTPConnection) -> Iterator[Bucket]:
        address = connection.client.host if connection.client else "unknown"
        if rate := self.settings.rate_limit_address:
            yield Bucket("address", rate, address)
        logs_in = method_of(connection) == "POST" and connection.scope["path"].startswith(self.login_paths)
        if self.login_paths and logs_in and (rate := self.settings.rate_limit_logins):
            yield Bucket("logins", rate, address)

    def of_user(self, connection: HTTPConnection, user: str) -> Iterator[Bucket]:
        reads = method_of(connection) in READING
        if rate := self.settings.rate_limit_reads if reads else self.settings.rate_limit_writes:
            yield Bucket("reads" if reads else "writes", rate, user)


def method_of(connection: HTTPConnection) -> str:
    return str(connection.scope.get("method", "WEBSOCKET"))


class RateLimited:
    """ASGI middleware. Who is not let in tells nothing of a user, and is counted by address alone."""

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self.app, self.limits = app, limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"} or scope["path"] in UNCOUNTED:
            await self.app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        try:
            told = fields(await self.counted(connection))
        except Problem as refusal:
            await answer(connection, refusal)(scope, receive, send)
            return

        async def telling(message: Message) -> None:
            if message["type"].endswith("http.response.start") or message["type"] == "websocket.accept":
                MutableHeaders(raw=message.setdefault("headers", [])).update(told)
            await send(message)

        await self.app(scope, receive, telling if told else send)

    async def counted(self, connection: HTTPConnection) -> list[Finding]:
        """Raises `TooManyRequests`, or `ServiceUnavailable` when nobody can count and that is not to be overlooked."""
        buckets = [*self.limits.of_address(connection)]
        if user := await user_of(connection):
            buckets.extend(self.limits.of_user(connection, user))
        if not buckets:
            return []
        try:
            findings = await self.limits.counter.take(buckets)
        except CountAway as error:
            if self.limits.settings.rate_limits_when_away == "open":
                return []
            raise ServiceUnavailable(NOT_COUNTED, retry_after=1) from error
        if full := [one for one in findings if one.wait]:
            wait = max(one.wait for one in full)
            raise TooManyRequests(words(full), retry_after=wait, headers=fields(findings))
        return findings


async def user_of(connection: HTTPConnection) -> str | None:
    """Whoever calls, if that can be told; what is wrong with their credentials is for the path to say."""
    if not {"authorization", "x-api-key"} & set(connection.headers):
        return None
    try:
        return (await identify(connection)).user
    except Problem:
        return None


def words(full: list[Finding]) -> str:
    rate = max(full, key=lambda one: one.wait).bucket.rate
    return f"At most {rate.quota} such requests in {rate.window} s. Wait for the seconds that Retry-After names."
