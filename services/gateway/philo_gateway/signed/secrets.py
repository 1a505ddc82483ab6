"""Secrets that people sign with, as auth tells of them: sealed, and opened only to verify."""

from __future__ import annotations

from dataclasses import dataclass

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine

from philo_contracts.events import SigningSecretIssued, SigningSecretRevoked
from philo_gateway.signed.signature import USED, WRONG, SignatureRefused, digest_of, fits
from philo_kernel.database import connected
from philo_kernel.handler import on
from philo_kernel.sealing import Sealer, Unsealable
from philo_kernel.unit import Unit

ISSUED = "insert into signing_secret(id, user_id, sealed) values ($1, $2, $3) on conflict (id) do nothing"
# A revocation that comes first leaves its mark, so that the secret never becomes good.
REVOKED = """
    insert into signing_secret(id, user_id, revoked) values ($1, $2, true)
    on conflict (id) do update set revoked = true, sealed = ''"""
FIND = "select user_id, sealed from signing_secret where id = $1 and not revoked"
USE = "insert into signed_request(key_id, digest) values ($1, $2) on conflict do nothing returning key_id"
# Kept for longer than any timestamp is taken.
FORGET = """
    delete from signed_request where (key_id, digest) in (
      select key_id, digest from signed_request where at < now() - interval '15 minutes' limit 100
      for update skip locked)"""
NOBODYS = "nobody's"

log = structlog.stdlib.get_logger("philo.signed")


@on(SigningSecretIssued, SigningSecretRevoked)
async def know_signing_secret(fact: SigningSecretIssued | SigningSecretRevoked, unit: Unit) -> None:
    if isinstance(fact, SigningSecretIssued):
        await unit.connection.execute(ISSUED, fact.key_id, fact.user, fact.sealed)
    else:
        await unit.connection.execute(REVOKED, fact.key_id, fact.user)


@dataclass(frozen=True)
class Signed:
    """Whose secret signed a request, and the digest by which this very request is known."""

    user: str
    key_id: str
    digest: str

    async def use(self, unit: Unit) -> None:
        """Once: whoever sends the same request meanwhile waits for this unit. Raises `SignatureRefused`."""
        await unit.connection.execute(FORGET)
        if await unit.connection.fetchval(USE, self.key_id, self.digest) is None:
            raise SignatureRefused(USED)


class Signatures:
    """Without a sealer no signature can be verified, so none is good."""

    def __init__(self, engine: AsyncEngine, sealer: Sealer | None) -> None:
        self.engine, self.sealer = engine, sealer

    async def verified(self, key_id: str, sent: str, body: bytes) -> Signed:
        """Raises `SignatureRefused`, equally for a secret that is not known and one that did not sign this."""
        user, secret = await self.secret_of(key_id)
        matches = fits(sent, secret, body)
        if not user or not matches:
            raise SignatureRefused(WRONG)
        return Signed(user, key_id, digest_of(secret, body))

    async def secret_of(self, key_id: str) -> tuple[str, str]:
        """Its owner and its text; nobody's, if there is none."""
        async with connected(self.engine) as connection:
            row = (await connection.exec_driver_sql(FIND, (key_id,))).first()
        if row is None or self.sealer is None:
            return "", NOBODYS
        try:
            return row.user_id, self.sealer.opened(row.sealed, f"{row.user_id}/{key_id}")
        except Unsealable as error:
            log.warning("a signing secret cannot be opened", key_id=key_id, reason=str(error))
            return "", NOBODYS
