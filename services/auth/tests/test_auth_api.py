"""What holds for all of auth: nothing secret is stored, nobody gets in unnamed, its key is public, its tables are true."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from auth_world import ADA, new_key, refused, registered
from sqlalchemy import Connection, MetaData, text

from philo_auth.signatures.tables import SigningSecret
from philo_auth.subscriptions.tables import Subscription
from philo_auth.tables import Account, ApiKey, PhoneCode, RefreshFamily, RefreshToken, Throttle

pytestmark = pytest.mark.stack


async def test_no_secret_is_stored(client, engine):
    body = await registered(client)
    key = await new_key(client, body)
    secrets = (ADA["password"], body["refresh_token"], key["key"], key["key"].split("_", 2)[2])
    tables = ("account", "refresh_family", "refresh_token", "api_key", "event")
    async with engine.connect() as connection:
        rows = [str((await connection.execute(text(f"select * from {table}"))).all()) for table in tables]
    assert not [secret for secret in secrets for row in rows if secret in row]


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/me"), ("GET", "/api-keys"), ("POST", "/api-keys"), ("DELETE", "/api-keys/x")]
)
async def test_nobody_is_asked_who_they_are(client, method, path):
    answer = await client.request(
        method, path, json={"name": "x", "scopes": ["jobs:read"]} if method == "POST" else None
    )
    refused(answer, 401, "unauthorized")
    assert answer.headers["www-authenticate"].startswith("Bearer")


async def test_the_key_is_published_and_may_be_cached(client):
    answer = await client.get("http://auth/.well-known/jwks.json")
    (key,) = answer.json()["keys"]
    assert (key["kty"], key["crv"], key["alg"], key["use"]) == ("OKP", "Ed25519", "EdDSA", "sig")
    assert "d" not in key
    assert answer.headers["cache-control"] == "public, max-age=300"


async def test_the_migrations_make_the_columns_that_the_tables_name(engine):
    def difference(connection: Connection) -> list[tuple]:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        tables = MetaData()
        for table in (Account, RefreshFamily, RefreshToken, PhoneCode, Throttle, ApiKey, Subscription, SigningSecret):
            table.__table__.to_metadata(tables)
        flat = [
            step
            for steps in compare_metadata(context, tables)
            for step in (steps if isinstance(steps, list) else [steps])
        ]
        return [step for step in flat if "column" in step[0] or "nullable" in step[0]]

    async with engine.connect() as connection:
        assert await connection.run_sync(difference) == []


async def test_it_is_ready_while_its_database_answers(client):
    assert (await client.get("http://auth/health/ready")).json()["checks"]["postgres"]["status"] == "ok"
