"""Who may read figures: whoever brings the token, and without one this very machine."""

from __future__ import annotations

from contextlib import suppress
from hmac import compare_digest
from ipaddress import ip_address

from starlette.requests import Request

from philo_kernel.http.problems import Forbidden, Unauthorized

PASSED_ON = ("forwarded", "x-forwarded-for", "x-real-ip", "via")
UNKNOWN = "Figures are told to whoever brings METRICS_TOKEN. Send it as a bearer token."
NOT_HERE = "Figures are told on this machine alone. To have them read from elsewhere, set METRICS_TOKEN."


def admit(request: Request, token: str | None) -> None:
    """Raises `Unauthorized` or `Forbidden`."""
    if token:
        if not compare_digest(request.headers.get("authorization", "").encode(), f"Bearer {token}".encode()):
            raise Unauthorized(UNKNOWN)
    elif not local(request):
        raise Forbidden(NOT_HERE)


def local(request: Request) -> bool:
    """Straight from this machine. What a proxy beside it passes on comes from anywhere."""
    if request.client is None or any(name in request.headers for name in PASSED_ON):
        return False
    with suppress(ValueError):  # no address at all
        return ip_address(request.client.host).is_loopback
    return False
