"""Errors that know their HTTP status and the words that help (RFC 9457, Problem Details for HTTP APIs)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

MEDIA_TYPE = "application/problem+json"


class InvalidPart(BaseModel):
    """One thing that is wrong with a request."""

    pointer: str = Field(
        description="JSON Pointer into the body (`/script`); `query/limit`, `path/id`, `header/if-match` for the rest.",
        examples=["/script"],
    )
    detail: str


class ProblemDocument(BaseModel):
    """What an error answers, as `application/problem+json`."""

    type: str = Field(examples=["/problems/not-found"])
    title: str
    status: int = Field(ge=400, le=599)
    detail: str = Field(description="What happened, and what to do.")
    instance: str = Field(description="The path that was asked for.")
    request_id: str
    trace_id: str | None = Field(default=None, description="The trace of this request, in logs and in Jaeger.")
    errors: list[InvalidPart] | None = None


class Problem(HTTPException):
    """An error a client is told about. A kind of problem is a subclass that names itself.

    `detail` says what happened and what to do; `errors` are pairs of (pointer, detail).
    """

    slug: ClassVar[str] = "internal-error"
    title: ClassVar[str] = "Something broke on our side"
    status: ClassVar[int] = 500

    def __init__(
        self, detail: str, *, errors: Sequence[tuple[str, str]] = (), headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(status_code=self.status, detail=detail, headers=headers)
        self.errors = tuple(errors)


class BadRequest(Problem):
    slug, title, status = "bad-request", "The request cannot be read", 400


class Unauthorized(Problem):
    """`error` is the code of RFC 6750, section 3.1; none when no credentials were sent at all."""

    slug, title, status = "unauthorized", "We do not know who you are", 401

    def __init__(self, detail: str, *, error: str | None = None) -> None:
        challenge = 'Bearer realm="philo"' + (f', error="{error}"' if error else "")
        super().__init__(detail, headers={"WWW-Authenticate": challenge})


class Forbidden(Problem):
    slug, title, status = "forbidden", "This is not allowed to you", 403


class NotFound(Problem):
    slug, title, status = "not-found", "There is no such thing here", 404


class MethodNotAllowed(Problem):
    slug, title, status = "method-not-allowed", "This path does not take that method", 405


class Conflict(Problem):
    slug, title, status = "conflict", "This does not fit the present state", 409


class PreconditionFailed(Problem):
    slug, title, status = "precondition-failed", "It has changed in the meantime", 412


class TooSlow(Problem):
    slug, title, status = "too-slow", "The request took too long to come", 408


class TooLarge(Problem):
    slug, title, status = "too-large", "The request is too large", 413


class UnsupportedMediaType(Problem):
    slug, title, status = "unsupported-media-type", "The body is of a kind we do not read", 415


class Unprocessable(Problem):
    slug, title, status = "invalid-request", "The request does not say what it should", 422


class PreconditionRequired(Problem):
    slug, title, status = "precondition-required", "Say which version you mean to change", 428


class TooManyRequests(Problem):
    """`retry_after` is in seconds, rounded up."""

    slug, title, status = "too-many-requests", "That is too often", 429

    def __init__(self, detail: str, *, retry_after: float, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail, headers={**(headers or {}), "Retry-After": whole_seconds(retry_after)})


class ServiceUnavailable(Problem):
    """`retry_after` is in seconds, rounded up."""

    slug, title, status = "service-unavailable", "A part that is needed is away", 503

    def __init__(self, detail: str, *, retry_after: float, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail, headers={**(headers or {}), "Retry-After": whole_seconds(retry_after)})


def whole_seconds(wait: float) -> str:
    """For `Retry-After`: at least one, so that nobody comes back at once."""
    return str(max(1, -int(-wait // 1)))
