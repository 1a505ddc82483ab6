"""API keys as a service knows them: auth says when one is issued or revoked, and nobody has to ask it."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncEngine

from philo_contracts.events import ApiKeyIssued, ApiKeyRevoked, UserErased
from philo_kernel.database import connected
from philo_kernel.handler import on
from philo_kernel.http.api_keys import StoredKey
from philo_kernel.tables import Migration, script
from philo_kernel.unit import Unit

TABLE = """
create table api_key(
  id text primary key,
  user_id text not null,
  digest text not null default '',
  scopes text[] not null default '{}',
  expires_at timestamptz,
  revoked boolean not null default false);
"""
ISSUED = """
    insert into api_key(id, user_id, digest, scopes, expires_at) values ($1, $2, $3, $4, $5)
    on conflict (id) do nothing"""
# A revocation that comes first leaves its mark, so that the key never becomes good.
REVOKED = """
    insert into api_key(id, user_id, revoked) values ($1, $2, true)
    on conflict (id) do update set revoked = true"""
ERASED = "delete from api_key where user_id = $1"
FIND = "select id, user_id, digest, scopes, expires_at from api_key where id = $1 and not revoked"


def create_api_key_table(op: Migration) -> None:
    script(op, TABLE)


@on(ApiKeyIssued, ApiKeyRevoked, UserErased)
async def know_api_key(fact: ApiKeyIssued | ApiKeyRevoked | UserErased, unit: Unit) -> None:
    if isinstance(fact, ApiKeyIssued):
        values = (fact.key_id, fact.user, fact.digest, list(fact.scopes), fact.expires_at)
        await unit.connection.execute(ISSUED, *values)
    elif isinstance(fact, UserErased):
        await unit.connection.execute(ERASED, fact.user)
    else:
        await unit.connection.execute(REVOKED, fact.key_id, fact.user)


class KnownApiKeys:
    """The lookup that `Identity` needs."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine

    async def find(self, key_id: str) -> StoredKey | None:
        async with connected(self.engine) as connection:
            row = (await connection.exec_driver_sql(FIND, (key_id,))).first()
        return StoredKey(row.id, row.user_id, row.digest, frozenset(row.scopes), row.expires_at) if row else None
