"""A key for each tenant, with which all that is said of them is sealed at rest. When it is deleted, so are their facts:
in a table that nobody can change, and in every copy of it."""

from __future__ import annotations

import os
import zlib
from collections.abc import Mapping, Set
from uuid import UUID
from weakref import WeakKeyDictionary

from asyncpg import Connection
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SEALED = """
create table data_key(
  tenant text primary key,
  secret bytea check (length(secret) = 32),
  erased_at timestamptz,
  check ((secret is null) = (erased_at is not null)));

alter table event
  add column tenant text,
  add column sealed bytea,
  alter column envelope drop not null,
  add check (num_nonnulls(envelope, sealed) = 1);

alter table dead_letter add column tenant text;
create index dead_letter_tenant on dead_letter(tenant);
create index laid_aside_tenant on laid_aside((headers->>'tenant'));
create index pgqueuer_tenant on pgqueuer((headers->>'tenant'));
"""
# Older than every transaction that is still on, this one and its savepoints included: no rollback can take it back.
KNOWN = """
    select tenant, secret, age(xmin) > age(pg_snapshot_xmin(pg_current_snapshot())::xid) as settled
    from data_key where tenant = any($1::text[])"""
MAKE = "insert into data_key(tenant, secret) select * from unnest($1::text[], $2::bytea[]) on conflict do nothing"
ERASE = """
    insert into data_key(tenant, erased_at) values ($1, now())
    on conflict (tenant) do update set secret = null, erased_at = now() where data_key.erased_at is null"""
NONCE = 12
"""Bytes. Random ones are good for four thousand million facts of one tenant (NIST SP 800-38D, section 8.3)."""
FAST = 1
"""Of zlib: a third of the bytes in a few microseconds."""
REMEMBERED = 1_000
"""Keys a connection. A tenant's facts come in runs, and to ask anew for each cost a tenth of all statements."""

remembered: WeakKeyDictionary[Connection, dict[str, bytes]] = WeakKeyDictionary()
"""A key never changes, and who was erased is refused by the statement that writes their fact. One whose transaction may
still be undone is not remembered: what was sealed with it later would be nobody's to read."""


class TenantErased(Exception):
    """Whose fact this is has been erased: nothing is written of them any more."""


async def keys_of(connection: Connection, tenants: Set[str]) -> Mapping[str, bytes]:
    """The key of each, made now for those who have none. Raises `TenantErased`, if not `APPEND` does."""
    at_hand = remembered.setdefault(connection, {})
    if tenants <= at_hand.keys():
        return at_hand
    known = await found(connection, tenants)
    if missing := sorted(tenants - known.keys()):
        await connection.execute(MAKE, missing, [AESGCM.generate_key(256) for _ in missing])
        known = await found(connection, tenants)
    return known


async def found(connection: Connection, tenants: Set[str]) -> dict[str, bytes]:
    known: dict[str, bytes] = {}
    for row in await connection.fetch(KNOWN, sorted(tenants)) if tenants else ():
        if row["secret"] is None:
            raise TenantErased(row["tenant"])
        known[row["tenant"]] = row["secret"]
        if row["settled"]:
            remember(connection, row["tenant"], row["secret"])
    return known


def remember(connection: Connection, tenant: str, secret: bytes) -> None:
    at_hand = remembered.setdefault(connection, {})
    if len(at_hand) >= REMEMBERED:
        at_hand.clear()
    at_hand[tenant] = secret


async def erase(connection: Connection, tenant: str) -> None:
    """Delete the key. What remains says that there was somebody, so that nobody makes another one for them."""
    await connection.execute(ERASE, tenant)


def seal(secret: bytes, fact: UUID, body: bytes) -> bytes:
    """AES-256-GCM, bound to the fact's id: it opens in its own place only. PostgreSQL could not compress it any more."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(secret).encrypt(nonce, zlib.compress(body, FAST), fact.bytes)


def opened(secret: bytes, fact: UUID, sealed: bytes) -> bytes:
    """What was sealed. Raises `cryptography.exceptions.InvalidTag` if it was changed since."""
    return zlib.decompress(AESGCM(secret).decrypt(sealed[:NONCE], sealed[NONCE:], fact.bytes))
