"""Accounts over HTTP, on a real PostgreSQL."""

import asyncio
import json
import uuid
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import bcrypt
import httpx
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from argon2 import PasswordHasher
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from sqlalchemy import Connection, MetaData, text
from sqlalchemy.ext.asyncio import AsyncEngine

from philo_auth.main import api
from philo_auth.settings import AuthSettings
from philo_auth.tables import Account, ApiKey, RefreshFamily, RefreshToken
from philo_kernel.database import engine_for
from philo_kernel.http.pages import sealed
from philo_kernel.migrate import migrate
from philo_kernel.readiness import Started
from philo_kernel.unit import unit_of_work

pytestmark = pytest.mark.stack

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
ADA = {"email": "Ada@Example.org", "username": "Ada", "password": "correct horse"}
BOB = {"email": "bob@example.org", "username": "bob", "password": "correct horse"}
KEY = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


class Clock:
    def __init__(self) -> None:
        self.at = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **by: float) -> None:
        self.at += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def engine(database) -> AsyncIterator[AsyncEngine]:
    await migrate("auth", database)
    engine = engine_for(database, pool=8)
    yield engine
    await engine.dispose()


@pytest.fixture
async def client(engine, clock) -> AsyncIterator[httpx.AsyncClient]:
    settings = AuthSettings(
        service_instance="auth-0",
        database_url=engine.url.render_as_string(),
        kafka_bootstrap_servers="none",
        redis_url="none",
        s3_endpoint="none",
        s3_access_key="none",
        s3_secret_key="none",
        http_port=0,
        auth_signing_key=KEY,
    )
    transport = httpx.ASGITransport(api(settings, engine, Started(), hasher=CHEAP, now=clock))
    async with httpx.AsyncClient(transport=transport, base_url="http://auth/api/v1/auth") as client:
        yield client


async def registered(client: httpx.AsyncClient, who: dict[str, str] = ADA) -> dict:
    answer = await client.post("/register", json=who)
    assert answer.status_code == 201, answer.text
    return answer.json()


def bearer(logged_in: dict) -> dict[str, str]:
    return {"Authorization": f"Bearer {logged_in['access_token']}"}


async def refresh(client: httpx.AsyncClient, token: str) -> httpx.Response:
    return await client.post("/refresh", json={"refresh_token": token})


async def facts(engine: AsyncEngine) -> list[tuple[str, str, int, dict]]:
    async with engine.connect() as connection:
        rows = await connection.execute(text("select type, stream, version, envelope from event order by position"))
        return [(row.type, row.stream, row.version, json.loads(row.envelope)["data"]) for row in rows]


async def new_key(client: httpx.AsyncClient, logged_in: dict, **wish) -> dict:
    wish = {"name": "ci", "scopes": ["jobs:read", "jobs:write"], **wish}
    answer = await client.post("/api-keys", json=wish, headers=bearer(logged_in))
    assert answer.status_code == 201, answer.text
    return answer.json()


def refused(answer: httpx.Response, status: int, slug: str) -> dict:
    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{slug}"), answer.text
    return answer.json()


async def test_registering_logs_in(client):
    answer = await client.post("/register", json=ADA)
    assert answer.status_code == 201
    assert answer.headers["location"] == "/api/v1/auth/me"
    assert answer.headers["cache-control"] == "no-store"
    body = answer.json()
    assert (body["token_type"], body["expires_in"]) == ("bearer", 1800)
    assert (body["user"]["email"], body["user"]["username"]) == ("ada@example.org", "Ada")
    assert uuid.UUID(body["user"]["id"]).version == 7
    assert (await client.get("/me", headers=bearer(body))).json() == body["user"]


async def test_registering_is_a_fact_without_a_secret(client, engine):
    user = (await registered(client))["user"]["id"]
    assert await facts(engine) == [("UserRegistered", f"user/{user}", 1, {"user": user, "username": "Ada"})]


@pytest.mark.parametrize(
    ("changed", "pointer"),
    [
        ({"email": "ADA@example.ORG", "username": "other"}, "/email"),
        ({"email": "x@example.org", "username": "aDA"}, "/username"),
    ],
)
async def test_an_email_or_username_is_taken_once_in_any_case(client, engine, changed, pointer):
    await registered(client)
    told = refused(await client.post("/register", json=ADA | changed), 409, "taken")
    assert [error["pointer"] for error in told["errors"]] == [pointer]
    assert len(await facts(engine)) == 1


async def test_of_many_who_register_the_same_at_once_one_succeeds(client, engine):
    answers = await asyncio.gather(*(client.post("/register", json=ADA) for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7
    assert len(await facts(engine)) == 1


@pytest.mark.parametrize(
    ("changed", "pointer", "words"),
    [
        ({"email": "nobody"}, "/email", "This is not an email address"),
        ({"username": "a b"}, "/username", "A username has letters"),
        ({"password": "short"}, "/password", "A password needs at least 8 characters"),
        ({"password": "x" * 201}, "/password", "A password has at most 200 characters"),
        ({"tier": "vip"}, "/tier", "There is no field"),
    ],
)
async def test_what_is_wrong_with_a_registration_is_said(client, changed, pointer, words):
    (error,) = refused(await client.post("/register", json=ADA | changed), 422, "invalid-request")["errors"]
    assert error["pointer"] == pointer
    assert error["detail"].startswith(words)
    assert "x" * 201 not in error["detail"]


async def test_login_takes_the_email_in_any_case(client):
    user = (await registered(client))["user"]
    answer = await client.post("/login", json={"email": "ADA@EXAMPLE.ORG", "password": ADA["password"]})
    assert (answer.status_code, answer.json()["user"]) == (200, user)


async def test_a_wrong_password_and_an_unknown_email_are_answered_alike(client):
    await registered(client)
    wrong = await client.post("/login", json={"email": ADA["email"], "password": "wrong horse"})
    unknown = await client.post("/login", json={"email": "nobody@example.org", "password": "wrong horse"})
    one, other = refused(wrong, 401, "wrong-credentials"), refused(unknown, 401, "wrong-credentials")
    assert {**one, "request_id": ""} == {**other, "request_id": ""}
    assert wrong.headers["www-authenticate"] == unknown.headers["www-authenticate"]


async def test_an_imported_bcrypt_hash_logs_in_and_is_upgraded(client, engine):
    await registered(client)
    imported = bcrypt.hashpw(ADA["password"].encode(), bcrypt.gensalt(4)).decode()
    async with engine.begin() as connection:
        await connection.execute(text("update account set password_hash = :hash"), {"hash": imported})
    for _ in range(2):
        answer = await client.post("/login", json={"email": ADA["email"], "password": ADA["password"]})
        assert answer.status_code == 200
    async with engine.connect() as connection:
        assert (await connection.scalar(text("select password_hash from account"))).startswith("$argon2id$")


async def test_refreshing_answers_a_new_pair(client):
    first = await registered(client)
    answer = await refresh(client, first["refresh_token"])
    assert answer.status_code == 200
    assert answer.json().keys() == {"access_token", "refresh_token", "token_type", "expires_in"}
    assert answer.json()["refresh_token"] != first["refresh_token"]
    assert (await client.get("/me", headers=bearer(answer.json()))).json() == first["user"]


async def test_reuse_after_the_grace_ends_the_whole_family(client, clock):
    first = (await registered(client))["refresh_token"]
    second = (await refresh(client, first)).json()["refresh_token"]
    clock.forward(seconds=11)
    assert "used before" in refused(await refresh(client, first), 401, "refresh-refused")["detail"]
    assert "was ended" in refused(await refresh(client, second), 401, "refresh-refused")["detail"]


async def test_the_immediate_predecessor_is_taken_within_the_grace(client, clock):
    first = (await registered(client))["refresh_token"]
    lost = (await refresh(client, first)).json()["refresh_token"]
    clock.forward(seconds=9)
    again = (await refresh(client, first)).json()["refresh_token"]
    assert [(await refresh(client, token)).status_code for token in (lost, again)] == [200, 200]


async def test_an_older_ancestor_has_no_grace(client):
    first = (await registered(client))["refresh_token"]
    second = (await refresh(client, first)).json()["refresh_token"]
    third = (await refresh(client, second)).json()["refresh_token"]
    refused(await refresh(client, first), 401, "refresh-refused")
    refused(await refresh(client, third), 401, "refresh-refused")


async def test_of_many_late_reuses_at_once_none_slips_through(client, clock):
    first = (await registered(client))["refresh_token"]
    second = (await refresh(client, first)).json()["refresh_token"]
    clock.forward(seconds=11)
    late = await asyncio.gather(*(refresh(client, first) for _ in range(8)))
    assert {answer.status_code for answer in late} == {401}
    refused(await refresh(client, second), 401, "refresh-refused")


async def test_of_a_token_and_its_ancestor_at_once_the_family_ends(client):
    """Whichever is first: the reuse of the ancestor is seen, and nothing that came of the race is good afterwards."""
    first = (await registered(client))["refresh_token"]
    second = (await refresh(client, first)).json()["refresh_token"]
    third = (await refresh(client, second)).json()["refresh_token"]
    answers = await asyncio.gather(*(refresh(client, token) for token in [third, first] * 4))
    heads = [answer.json()["refresh_token"] for answer in answers if answer.status_code == 200]
    for head in heads:
        refused(await refresh(client, head), 401, "refresh-refused")


async def test_a_refresh_that_meets_a_revocation_waits_for_it_and_is_refused(client, engine):
    token = (await registered(client))["refresh_token"]
    async with unit_of_work(engine, "auth") as revoking:
        await revoking.session.execute(text("update refresh_family set revoked_at = now()"))
        answer = asyncio.create_task(refresh(client, token))
        async with asyncio.timeout(10):
            while not await somebody_waits(engine):
                assert not answer.done()
    assert "was ended" in refused(await answer, 401, "refresh-refused")["detail"]


async def somebody_waits(engine: AsyncEngine) -> bool:
    waiting = (
        "select exists(select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')"
    )
    async with engine.connect() as connection:
        return bool(await connection.scalar(text(waiting)))


async def test_tabs_that_refresh_at_once_all_stay_logged_in(client):
    first = (await registered(client))["refresh_token"]
    answers = await asyncio.gather(*(refresh(client, first) for _ in range(6)))
    assert {answer.status_code for answer in answers} == {200}
    heads = [answer.json()["refresh_token"] for answer in answers]
    assert [(await refresh(client, head)).status_code for head in heads] == [200] * 6


async def test_one_login_that_ends_leaves_the_others(client):
    first = (await registered(client))["refresh_token"]
    other = (await client.post("/login", json={"email": ADA["email"], "password": ADA["password"]})).json()
    assert (await client.post("/logout", json={"refresh_token": first})).status_code == 204
    refused(await refresh(client, first), 401, "refresh-refused")
    assert (await refresh(client, other["refresh_token"])).status_code == 200


async def test_logging_out_ends_the_login_with_any_of_its_tokens_and_twice(client):
    first = (await registered(client))["refresh_token"]
    second = (await refresh(client, first)).json()["refresh_token"]
    for _ in range(2):
        assert (await client.post("/logout", json={"refresh_token": first})).status_code == 204
    refused(await refresh(client, second), 401, "refresh-refused")


async def test_an_unknown_refresh_token_is_refused_and_has_nothing_to_end(client):
    refused(await refresh(client, "made up"), 401, "refresh-refused")
    assert (await client.post("/logout", json={"refresh_token": "made up"})).status_code == 204


async def test_a_refresh_token_lives_for_seven_days_from_its_own_birth(client, clock):
    token = (await registered(client))["refresh_token"]
    for _ in range(3):
        clock.forward(days=6.9)
        token = (await refresh(client, token)).json()["refresh_token"]
    clock.forward(days=7)
    assert "has expired" in refused(await refresh(client, token), 401, "refresh-refused")["detail"]


async def test_old_tokens_are_forgotten(client, clock, engine):
    token = (await registered(client))["refresh_token"]
    clock.forward(days=4)
    token = (await refresh(client, token)).json()["refresh_token"]
    clock.forward(days=4)
    await refresh(client, token)
    async with engine.connect() as connection:
        assert await connection.scalar(text("select count(*) from refresh_token")) == 2
    clock.forward(days=8)
    await client.post("/login", json={"email": ADA["email"], "password": ADA["password"]})
    async with engine.connect() as connection:
        assert await connection.scalar(text("select count(*) from refresh_family")) == 1


async def test_no_secret_is_stored(client, engine):
    body = await registered(client)
    key = await new_key(client, body)
    secrets = (ADA["password"], body["refresh_token"], key["key"], key["key"].split("_", 2)[2])
    tables = ("account", "refresh_family", "refresh_token", "api_key", "event")
    async with engine.connect() as connection:
        rows = [str((await connection.execute(text(f"select * from {table}"))).all()) for table in tables]
    assert not [secret for secret in secrets for row in rows if secret in row]


async def test_an_api_key_is_shown_once_and_works(client, engine):
    body = await registered(client)
    key = await new_key(client, body)
    assert key["key"].startswith(f"phk_{key['id']}_")
    assert (await client.get("/me", headers={"X-API-Key": key["key"]})).json() == body["user"]
    (listed,) = (await client.get("/api-keys", headers=bearer(body))).json()["items"]
    assert listed == {name: value for name, value in key.items() if name != "key"}
    kind, stream, version, fact = (await facts(engine))[-1]
    assert (kind, stream, version) == ("ApiKeyIssued", f"api-key/{key['id']}", 1)
    assert (fact["key_id"], fact["scopes"]) == (key["id"], ["jobs:read", "jobs:write"])


async def test_a_revoked_key_is_refused_and_that_is_a_fact(client, engine):
    body = await registered(client)
    key = await new_key(client, body)
    path = f"/api-keys/{key['id']}"
    assert (await client.delete(path, headers=bearer(body))).status_code == 204
    refused(await client.get("/me", headers={"X-API-Key": key["key"]}), 401, "unauthorized")
    refused(await client.delete(path, headers=bearer(body)), 404, "not-found")
    assert (await client.get("/api-keys", headers=bearer(body))).json()["items"] == []
    user = body["user"]["id"]
    told = ("ApiKeyRevoked", f"api-key/{key['id']}", 2, {"user": user, "key_id": key["id"]})
    assert (await facts(engine))[-1] == told


async def test_a_key_that_is_revoked_twice_at_once_is_revoked_once(client, engine):
    body = await registered(client)
    path = f"/api-keys/{(await new_key(client, body))['id']}"
    answers = await asyncio.gather(*(client.delete(path, headers=bearer(body)) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [204, 404, 404, 404]
    assert [fact[0] for fact in await facts(engine)].count("ApiKeyRevoked") == 1


async def test_somebody_elses_key_is_not_there(client):
    ada, bob = await registered(client), await registered(client, BOB)
    key = await new_key(client, ada)
    refused(await client.delete(f"/api-keys/{key['id']}", headers=bearer(bob)), 404, "not-found")
    assert (await client.get("/api-keys", headers=bearer(bob))).json() == {"items": [], "next_cursor": None}


async def test_keys_come_newest_first_in_pages(client, clock):
    body, made = await registered(client), []
    for number in range(5):
        clock.forward(seconds=number % 2)
        made.append((await new_key(client, body, name=f"key {number}"))["id"])
    seen, query = [], {"limit": "2"}
    while query:
        answer = (await client.get("/api-keys", params=query, headers=bearer(body))).json()
        seen += [key["id"] for key in answer["items"]]
        query = {"limit": "2", "cursor": answer["next_cursor"]} if answer["next_cursor"] else {}
    assert sorted(seen) == sorted(made)
    assert set(seen[:2]) == set(made[3:])


@pytest.mark.parametrize("place", [("0199",), ("yesterday", "a"), ("2026-01-01", "a", "b")])
async def test_the_cursor_of_another_list_is_refused(client, place):
    body = await registered(client)
    answer = await client.get("/api-keys", params={"cursor": sealed(place)}, headers=bearer(body))
    refused(answer, 422, "invalid-request")


async def test_an_api_key_cannot_make_or_see_keys(client):
    key = await new_key(client, await registered(client))
    headers = {"X-API-Key": key["key"]}
    refused(await client.get("/api-keys", headers=headers), 403, "forbidden")
    refused(
        await client.post("/api-keys", json={"name": "x", "scopes": ["jobs:read"]}, headers=headers), 403, "forbidden"
    )


@pytest.mark.parametrize(
    ("changed", "pointer"),
    [
        ({"scopes": []}, "/scopes"),
        ({"scopes": ["everything"]}, "/scopes/0"),
        ({"name": " "}, "/name"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "/expires_at"),
        ({"expires_at": "2099-01-01T00:00:00"}, "/expires_at"),
    ],
)
async def test_what_is_wrong_with_a_key_is_said(client, changed, pointer):
    body = await registered(client)
    wish = {"name": "ci", "scopes": ["jobs:read"], **changed}
    told = refused(await client.post("/api-keys", json=wish, headers=bearer(body)), 422, "invalid-request")
    assert told["errors"][0]["pointer"] == pointer


async def test_a_user_has_at_most_fifty_keys_even_at_once(client, engine):
    body = await registered(client)
    async with engine.begin() as connection:
        await connection.execute(
            text("""insert into api_key(id, user_id, name, digest, scopes, created_at)
                    select 'k' || n, :user, 'k', repeat('0', 64), '{}', now() from generate_series(1, 48) n"""),
            {"user": uuid.UUID(body["user"]["id"])},
        )
    wish = {"name": "ci", "scopes": ["jobs:read"]}
    answers = await asyncio.gather(*(client.post("/api-keys", json=wish, headers=bearer(body)) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [201, 201, 409, 409]


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
        for table in (Account, RefreshFamily, RefreshToken, ApiKey):
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
