"""What a signature is, and when it counts. Pure."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta
from hashlib import sha256

from philo_kernel.http.problems import Unauthorized

PREFIX = "sha256="
WINDOW = timedelta(minutes=5)
"""By how much the timestamp of a signed request may differ from our clock, either way."""
WRONG = (
    "The signature does not fit. It is `sha256=` and the HMAC-SHA256 of the body as it is sent, in hex, with a secret of "
    "`POST /api/v1/auth/signing-secrets`, whose id goes into X-Webhook-Key."
)
LATE = "The timestamp is more than five minutes away from now. Set your clock, and sign each request when it is sent."
USED = "This request was sent before, and a signature is good for one. Sign it anew, with the time of now."
UNTIMED = "A signed request says in `timestamp` when it was signed."


class SignatureRefused(Unauthorized):
    slug, title = "signature-refused", "This signature is not good"


def digest_of(secret: str, body: bytes) -> str:
    """HMAC-SHA256 (RFC 2104), in hex."""
    return hmac.new(secret.encode(), body, sha256).hexdigest()


def fits(sent: str, secret: str, body: bytes) -> bool:
    """Compared in the same time wherever they differ."""
    return hmac.compare_digest(sent.strip().lower().encode(), f"{PREFIX}{digest_of(secret, body)}".encode())


def timely(timestamp: datetime | None, now: datetime) -> None:
    """Raises `SignatureRefused`."""
    if timestamp is None:
        raise SignatureRefused(UNTIMED)
    if abs(now - timestamp) > WINDOW:
        raise SignatureRefused(LATE)
