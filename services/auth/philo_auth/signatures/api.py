"""`/auth/signing-secrets` on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from pydantic import Field

from philo_auth.rooms import PREFIX, Person, never_stored
from philo_auth.signatures.issuing import SigningSecrets
from philo_auth.signatures.tables import SigningSecret
from philo_contracts.shapes import Line, Value
from philo_kernel.http.idempotency import Creating

router = APIRouter(
    prefix=f"{PREFIX}/signing-secrets", tags=["auth"], dependencies=[Depends(never_stored)], route_class=Creating
)


class SecretWish(Value):
    name: Line


class SecretResource(Value):
    """`id` is what `X-Webhook-Key` of a signed request says."""

    id: str
    name: str
    created_at: datetime

    @classmethod
    def of(cls, row: SigningSecret) -> SecretResource:
        return cls(id=row.id, name=row.name, created_at=row.created_at)


class NewSecret(SecretResource):
    secret: str = Field(description="The key of the HMAC, as it stands: shown this once.")


class SecretsShown(Value):
    items: list[SecretResource]


def secrets_of(request: Request) -> SigningSecrets:
    secrets: SigningSecrets = request.app.state.signing_secrets
    return secrets


Issuing = Annotated[SigningSecrets, Depends(secrets_of)]


@router.post("", status_code=201)
async def issue_signing_secret(wish: SecretWish, user: Person, secrets: Issuing, response: Response) -> NewSecret:
    """A secret to sign `POST /jobs/generate` and `POST /jobs/edit` with."""
    row, text = await secrets.issue(user, wish.name)
    response.headers["Location"] = f"{PREFIX}/signing-secrets/{row.id}"
    return NewSecret(id=row.id, name=row.name, created_at=row.created_at, secret=text)


@router.get("")
async def list_signing_secrets(user: Person, secrets: Issuing) -> SecretsShown:
    return SecretsShown(items=[SecretResource.of(row) for row in await secrets.listed(user)])


@router.delete("/{key_id}", status_code=204)
async def revoke_signing_secret(key_id: str, user: Person, secrets: Issuing) -> None:
    await secrets.revoke(user, key_id)
