"""Whatever goes wrong in a request, told as a problem: our own, the framework's, pydantic's, and bugs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError, WebSocketRequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.responses import Response

from philo_kernel import telemetry
from philo_kernel.failures import database_away

from .context import request_id_of
from .problems import (
    MEDIA_TYPE,
    InvalidPart,
    MethodNotAllowed,
    NotFound,
    Problem,
    ProblemDocument,
    ServiceUnavailable,
    TooLarge,
    Unprocessable,
    UnsupportedMediaType,
)

FRAMEWORKS_OWN: dict[int, Problem] = {
    404: NotFound("There is nothing at this path. Check its spelling; every path is listed in /openapi.json."),
    405: MethodNotAllowed("Use one of the methods that the Allow header names."),
    413: TooLarge("The body is larger than this path takes. Send less, or upload it in parts."),
}
"""What the framework finds by itself, in our words."""

AWAY = "The database does not answer. Nothing was changed by this request; try again in a few seconds."
BUG = "An unexpected error happened; it is ours, not yours. Try again, and quote the request id if it stays."


def install(app: FastAPI) -> None:
    """Make every error of this application a problem."""
    app.add_exception_handler(HTTPException, refuse)
    app.add_exception_handler(RequestValidationError, refuse_invalid)
    app.add_exception_handler(WebSocketRequestValidationError, refuse_invalid)
    app.add_exception_handler(Exception, own_up)


async def refuse(connection: HTTPConnection, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return answer(connection, error)


async def refuse_invalid(connection: HTTPConnection, error: Exception) -> Response:
    assert isinstance(error, (RequestValidationError, WebSocketRequestValidationError))
    # FastAPI leaves a body undecoded when its content type is not JSON.
    if isinstance(getattr(error, "body", None), bytes):
        kind = connection.headers.get("content-type") or "of no declared type"
        unread = f"The body is {kind[:80]}; send application/json."
        return answer(connection, UnsupportedMediaType(unread, headers={"Accept": "application/json"}))
    return answer(connection, invalid(error.errors()))


async def own_up(connection: HTTPConnection, error: Exception) -> Response:
    """A bug, or a database that is away; without a trace: the request's context logs it."""
    return answer(connection, ServiceUnavailable(AWAY, retry_after=2) if database_away(error) else Problem(BUG))


def answer(connection: HTTPConnection, error: HTTPException) -> Response:
    """The problem as a response; also denies a WebSocket that is not accepted yet."""
    if error.status_code in {204, 304}:
        return Response(status_code=error.status_code, headers=error.headers)
    body = told(error, instance=connection.url.path, request_id=request_id_of(connection.scope))
    return Response(body, error.status_code, headers=error.headers, media_type=MEDIA_TYPE)


def told(error: HTTPException, *, instance: str, request_id: str) -> bytes:
    problem = error if isinstance(error, Problem) else FRAMEWORKS_OWN.get(error.status_code)
    phrase = HTTPStatus(error.status_code).phrase
    document = ProblemDocument(
        type=f"/problems/{problem.slug if problem else phrase.lower().replace(' ', '-')}",
        title=problem.title if problem else phrase,
        status=error.status_code,
        detail=problem.detail if problem else str(error.detail),
        instance=instance,
        request_id=request_id,
        trace_id=telemetry.trace_id(),
        errors=[InvalidPart(pointer=pointer, detail=detail) for pointer, detail in problem.errors] if problem else [],
    )
    return document.model_dump_json(exclude=None if document.errors else {"errors"}).encode()


def invalid(errors: Sequence[Mapping[str, Any]]) -> Unprocessable:
    """Pydantic's errors in words, each with its place. `Any` is pydantic's own: an error holds what was sent."""
    parts = [(pointer(error["loc"]), words(error)) for error in errors]
    much = "One part" if len(parts) == 1 else f"{len(parts)} parts"
    return Unprocessable(f"{much} of the request cannot be taken; `errors` says where and why.", errors=parts)


def pointer(place: Sequence[str | int]) -> str:
    """A JSON Pointer (RFC 6901) into the body, or `query/limit` for what is not in the body."""
    where, *path = place
    steps = [str(step).replace("~", "~0").replace("/", "~1") for step in path]
    return "".join(f"/{step}" for step in steps) if where == "body" else "/".join([str(where), *steps])


def words(error: Mapping[str, Any]) -> str:
    match error["type"]:
        case "missing":
            return "This is required."
        case "extra_forbidden":
            return f"There is no field named {str(error['loc'][-1])[:80]!r} here."
        case _:
            return str(error["msg"]).removeprefix("Value error, ").removeprefix("Assertion failed, ")
