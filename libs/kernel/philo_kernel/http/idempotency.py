"""`Idempotency-Key`: what creates is done once a key, and whoever asks again is told the first answer again."""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable, Coroutine
from typing import Any, ClassVar

import structlog
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response

from .first_answers import Attempt
from .identity import identify
from .problems import Unprocessable

Handle = Callable[[Request], Coroutine[Any, Any, Response]]
HEADER = "Idempotency-Key"
SANE = re.compile(r"[\x21-\x7e]{1,255}")
NOT_A_KEY = "An Idempotency-Key has 1 to 255 visible ASCII characters, such as a UUID."
CREATES = frozenset({201, 202})
PARAMETER: dict[str, Any] = {  # a part of an OpenAPI document
    "name": HEADER,
    "in": "header",
    "required": False,
    "description": (
        "Any text that is new with every new request, such as a UUID. Within 24 hours the same request with the same key "
        "gets the first answer again, with `Idempotency-Replayed: true`; another request with it is refused (422), and so "
        "is one that comes while the first is still worked on (409)."
    ),
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": r"^[\x21-\x7e]+$"},
}

log = structlog.stdlib.get_logger("philo.http")


class Creating(APIRoute):
    """For `APIRouter(route_class=…)`: its POSTs that create (201) or begin work (202) honour the header.

    Keys belong to whoever sends them; those of people we do not know, to the very request. The rows lie beside the
    work: `application.state.idempotency` is the engine of the service's database.
    """

    lease: ClassVar[float] = 60.0
    """Seconds after which an attempt that has committed nothing is taken for dead."""

    def __init__(
        self,
        path: str,
        endpoint: Callable[..., Any],
        *,
        methods: set[str] | list[str] | None = None,
        status_code: int | None = None,
        openapi_extra: dict[str, Any] | None = None,
        **others: Any,  # noqa: ANN401 - whatever the framework passes on
    ) -> None:
        self.creates = "POST" in (methods or ()) and status_code in CREATES
        extra = {**(openapi_extra or {})}
        if self.creates:
            extra["parameters"] = [*extra.get("parameters", []), PARAMETER]
        super().__init__(
            path, endpoint, methods=methods, status_code=status_code, openapi_extra=extra or None, **others
        )

    def get_route_handler(self) -> Handle:
        handle = super().get_route_handler()
        if not self.creates:
            return handle

        async def once(request: Request) -> Response:
            key = request.headers.get(HEADER)
            return await handle(request) if key is None else await self.once(key, request, handle)

        return once

    async def once(self, key: str, request: Request, handle: Handle) -> Response:
        if not SANE.fullmatch(key):
            raise Unprocessable(NOT_A_KEY, errors=[("header/idempotency-key", NOT_A_KEY)])
        fingerprint = await self.fingerprint(request)
        attempt = Attempt(request.app.state.idempotency, await owner_of(request, fingerprint), key, self.lease)
        if first := await attempt.begin(fingerprint):
            first.headers["Idempotency-Replayed"] = "true"
            return first
        return await carried_out(attempt, request, handle)

    async def fingerprint(self, request: Request) -> bytes:
        """What makes a request the same as another one."""
        return digest(request, await request.body())


class CreatingFromStream(Creating):
    """The same for a body that is too large to be read twice: it is told by its length alone."""

    lease: ClassVar[float] = 3600.0

    async def fingerprint(self, request: Request) -> bytes:
        return digest(request, request.headers.get("content-length", "").encode())


async def carried_out(attempt: Attempt, request: Request, handle: Handle) -> Response:
    """What was refused has changed nothing and is forgotten, so that it can be sent again, mended."""
    try:
        async with attempt.marking():
            answer = await handle(request)
    except BaseException:
        await attempt.free()
        raise
    if answer.status_code < 400 or not await attempt.free():
        await kept(attempt, answer)
    return answer


async def kept(attempt: Attempt, answer: Response) -> None:
    """The work is committed, and its mark with it: whoever asked is told, whatever becomes of the copy."""
    try:
        await attempt.keep(answer)
    except Exception as error:  # noqa: BLE001 - a repetition is told that the answer was lost
        log.warning("the answer to an idempotency key was lost", error=repr(error))


async def owner_of(request: Request, fingerprint: bytes) -> str:
    if not {"authorization", "x-api-key"} & set(request.headers):
        # Who has no credentials is whoever can send this very request again, with the signature if it has one.
        return f"request/{fingerprint.hex()}/{request.headers.get('x-webhook-signature', '')[:200]}"
    who = await identify(request)
    return f"key/{who.key_id}" if who.key_id else f"user/{who.user}"


def digest(request: Request, body: bytes) -> bytes:
    """What is kept of a request, hashed with its key: a plain hash of a body with a password would let it be guessed."""
    head = f"{request.method}\n{request.url.path}\n{request.url.query}\n".encode()
    return hmac.digest(request.headers[HEADER].encode(), head + body, "sha256")
