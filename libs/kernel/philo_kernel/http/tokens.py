"""Access tokens: EdDSA JWTs (RFC 7519, RFC 8037) that every service verifies on its own."""

from __future__ import annotations

from typing import Any

import jwt
from jwt.exceptions import ExpiredSignatureError, InvalidTokenError

from .keys import VerifyingKeys
from .problems import Unauthorized

ALGORITHM = "EdDSA"
ISSUER = "philo"
AUDIENCE = "philo"
GENERATION = "gen"
"""The claim that says how often its user had logged out everywhere when a token was made; 0 if it is left out."""
REQUIRED = ["sub", "iss", "aud", "iat", "exp"]
CLOCKS_DIFFER = 5.0
"""Seconds by which two machines' clocks may disagree."""

Claims = dict[str, Any]
"""A token's JSON; `sub` is the user id. What else stands in it may be of any type, hence `Any`."""


async def claims_of(token: str, keys: VerifyingKeys) -> Claims:
    """What a token says, verified. Raises `Unauthorized` in words, `ServiceUnavailable` if no key can be had."""
    try:
        header = jwt.get_unverified_header(token)
        kid = header.get("kid")
        key = await keys.find(kid) if header.get("alg") == ALGORITHM and isinstance(kid, str) else None
        if key is None:
            raise Unauthorized("This access token was not signed by us. Log in again.", error="invalid_token")
        claims: Claims = jwt.decode(
            token,
            key,
            algorithms=[ALGORITHM],
            issuer=ISSUER,
            audience=AUDIENCE,
            leeway=CLOCKS_DIFFER,
            options={"require": REQUIRED},
        )
    except ExpiredSignatureError as error:
        raise Unauthorized("The access token has expired. Refresh it, or log in.", error="invalid_token") from error
    except InvalidTokenError as error:
        raise Unauthorized("The access token is not valid. Log in again.", error="invalid_token") from error
    return claims
