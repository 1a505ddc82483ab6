"""Signed, expiring addresses for objects: the gateway's own, so that a page needs one origin."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import jwt

from philo_contracts.shapes import Blob

ALGORITHM = "HS256"
AUDIENCE = "philo-media"


class BadLink(Exception):
    """The address was changed, or has expired."""


class Links:
    """Signs with a secret of this gateway; whoever holds a link may read that one object until it expires."""

    def __init__(self, secret: str, lasting: timedelta) -> None:
        self.secret, self.lasting = secret, lasting

    def sign(self, blob: Blob, *, filename: str | None = None) -> tuple[str, datetime]:
        """The path of the object, and when it stops working."""
        expires = datetime.now(UTC).replace(microsecond=0) + self.lasting
        claims: dict[str, Any] = {"aud": AUDIENCE, "exp": expires, "key": blob.key, "type": blob.media_type}
        if filename:
            claims["name"] = filename
        return f"/media/{jwt.encode(claims, self.secret, ALGORITHM)}", expires

    def opened(self, token: str) -> dict[str, str]:
        """`key`, `type` and maybe `name`. Raises `BadLink`."""
        try:
            claims: dict[str, str] = jwt.decode(
                token, self.secret, [ALGORITHM], audience=AUDIENCE, options={"require": ["exp", "key"]}
            )
        except jwt.PyJWTError as error:
            raise BadLink(str(error)) from error
        return claims
