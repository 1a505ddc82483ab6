"""Who asks: by a signature, or by the usual credentials."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Header, Request, Security
from fastapi.security import APIKeyHeader, HTTPBearer
from structlog.contextvars import bind_contextvars

from philo_gateway.signed.secrets import Signatures, Signed
from philo_gateway.signed.signature import timely
from philo_kernel.http.identity import SCOPES, identify, reaching
from philo_kernel.unit import Unit

SCOPE = "jobs:write"


@dataclass(frozen=True)
class Asker:
    """Somebody who may ask for work, and the signature they did it with, if with one."""

    user: str
    signed: Signed | None = None

    def timely(self, timestamp: datetime | None) -> None:
        """Raises `SignatureRefused` if the body says that it was signed too long ago, or says nothing."""
        if self.signed:
            timely(timestamp, datetime.now(UTC))

    async def also(self, unit: Unit) -> None:
        """What has to be done in the unit that accepts the work: a signature is good once."""
        if self.signed:
            await self.signed.use(unit)


async def asking(
    request: Request,
    _bearer: Annotated[object, Security(HTTPBearer(auto_error=False, bearerFormat="JWT"))],
    _key: Annotated[object, Security(APIKeyHeader(name="X-API-Key", auto_error=False))],
    signature: Annotated[str | None, Header(alias="X-Webhook-Signature", max_length=200)] = None,
    key_id: Annotated[str, Header(alias="X-Webhook-Key", max_length=100)] = "",
) -> Asker:
    """A dependency: who asks. A signature is judged if one is sent, whatever else is sent with it."""
    if signature is None:
        return Asker(reaching(await identify(request), SCOPE).user)
    signatures: Signatures = request.app.state.signatures
    signed = await signatures.verified(key_id, signature, await request.body())
    bind_contextvars(user=signed.user)
    return Asker(signed.user, signed)


SCOPES[asking] = SCOPE
