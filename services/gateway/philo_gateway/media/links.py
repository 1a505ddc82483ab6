"""Signed, expiring addresses: the gateway's own, so that a page needs one origin and a player no headers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import jwt

from philo_contracts.shapes import Blob

ALGORITHM = "HS256"
AUDIENCE = "philo-media"
PREVIEWS = "philo-preview"
"""A link to a playlist opens no object, and a link to an object no playlist."""


class BadLink(Exception):
    """The address was changed, or has expired."""


class PreviewLink(NamedTuple):
    """A playlist of a job, and until when it may be read."""

    job: str
    revision: int
    until: datetime


class Links:
    """Signs with a secret of this gateway; whoever holds a link may read that one thing until it expires."""

    def __init__(self, secret: str, lasting: timedelta) -> None:
        self.secret, self.lasting = secret, lasting

    def sign(self, blob: Blob, *, filename: str | None = None, until: datetime | None = None) -> tuple[str, datetime]:
        """The path of the object, and when it stops working."""
        expires = until or datetime.now(UTC).replace(microsecond=0) + self.lasting
        claims: dict[str, Any] = {"aud": AUDIENCE, "exp": expires, "key": blob.key, "type": blob.media_type}
        if filename:
            claims["name"] = filename
        return f"/media/{jwt.encode(claims, self.secret, ALGORITHM)}", expires

    def sign_preview(self, job: str, revision: int) -> str:
        """The path of a playlist. It is the same for a while, so that a player is not sent elsewhere with each look."""
        claims = {"aud": PREVIEWS, "exp": self.steady(), "job": job, "revision": revision}
        return f"/media/preview/{jwt.encode(claims, self.secret, ALGORITHM)}/index.m3u8"

    def steady(self) -> datetime:
        """A moment that is at least as far as a link lasts, and the same for whoever asks in the same stretch of time."""
        stretch = max(1, int(self.lasting.total_seconds()))
        return datetime.fromtimestamp((int(datetime.now(UTC).timestamp()) // stretch + 2) * stretch, UTC)

    def half_lives(self) -> int:
        """Counts on twice in the life of a link: what was told with the same count still works for a while."""
        return int(datetime.now(UTC).timestamp() / max(1.0, self.lasting.total_seconds() / 2))

    def opened(self, token: str) -> dict[str, Any]:
        """`key`, `type` and maybe `name` of an object. Raises `BadLink`."""
        return self._read(token, AUDIENCE, ["exp", "key"])

    def opened_preview(self, token: str) -> PreviewLink:
        """Raises `BadLink`."""
        claims = self._read(token, PREVIEWS, ["exp", "job", "revision"])
        return PreviewLink(claims["job"], claims["revision"], datetime.fromtimestamp(claims["exp"], UTC))

    def _read(self, token: str, audience: str, required: list[str]) -> dict[str, Any]:
        try:
            claims: dict[str, Any] = jwt.decode(
                token, self.secret, [ALGORITHM], audience=audience, options={"require": required}
            )
        except jwt.PyJWTError as error:
            raise BadLink(str(error)) from error
        return claims
