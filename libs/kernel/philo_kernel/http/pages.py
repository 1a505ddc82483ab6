"""Lists in pages: newest first, each page ending in a cursor that continues it."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Annotated, Generic, TypeVar

import orjson
from fastapi import Query
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from .problems import Unprocessable

Place = tuple[str | int, ...]
"""The sort key of the last row that was shown, such as (created_at, id)."""
PLACE: TypeAdapter[Place] = TypeAdapter(Place)

Row = TypeVar("Row")
Item = TypeVar("Item")
SEAL = 6
"""Bytes that tell a damaged cursor. It hides nothing and guards nothing: every query is bound to its owner anyway."""


class Page(BaseModel, Generic[Item]):
    items: list[Item]
    next_cursor: str | None = Field(default=None, description="Send it as `cursor` for what follows; null at the end.")


@dataclass(frozen=True)
class PageRequest:
    """At most `limit` rows, `skip` rows after those up to and including `after`."""

    limit: int = 50
    after: Place | None = None
    skip: int = 0

    @property
    def fetch(self) -> int:
        """How many rows to ask the database for: one more than is shown tells whether there is a next page."""
        return self.limit + 1


def page_request(
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
    skip: Annotated[int, Query(ge=0, le=10_000)] = 0,
    take: Annotated[int | None, Query(ge=1, le=200, description="Another name for `limit`.")] = None,
) -> PageRequest:
    """A dependency: which page is wanted."""
    return PageRequest(limit=take or limit, after=opened(cursor) if cursor else None, skip=skip)


def page(
    rows: Sequence[Row], wanted: PageRequest, *, place: Callable[[Row], Place], shown: Callable[[Row], Item]
) -> Page[Item]:
    """The page of `wanted.fetch` rows; `place` is the key the rows are sorted by, `shown` what a client sees."""
    on_page = rows[: wanted.limit]
    following = sealed(place(on_page[-1])) if len(rows) > wanted.limit else None
    return Page(items=[shown(row) for row in on_page], next_cursor=following)


def sealed(place: Place) -> str:
    """An opaque, URL-safe cursor."""
    body = orjson.dumps(place)
    return urlsafe_b64encode(seal_of(body) + body).rstrip(b"=").decode()


def opened(cursor: str) -> Place:
    """Where a cursor stands. Raises `Unprocessable` if it was not made here, or was changed since."""
    try:
        raw = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    except (NotBase64, ValueError) as error:
        raise refusal() from error
    seal, body = raw[:SEAL], raw[SEAL:]
    if seal_of(body) != seal or urlsafe_b64encode(raw).rstrip(b"=").decode() != cursor:
        raise refusal()
    try:
        return PLACE.validate_json(body)
    except ValidationError as error:
        raise refusal() from error


def seal_of(body: bytes) -> bytes:
    return blake2b(body, digest_size=SEAL).digest()


def refusal() -> Unprocessable:
    words = "This is not a cursor of ours. Send the `next_cursor` of the page before, or none to start over."
    return Unprocessable("The page cannot be found.", errors=[("query/cursor", words)])
