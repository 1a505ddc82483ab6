"""API keys: shown once, scoped, listed, revoked."""

import asyncio
import uuid

import pytest
from auth_world import BOB, bearer, facts, new_key, refused, registered
from sqlalchemy import text

from philo_kernel.http.pages import sealed

pytestmark = pytest.mark.stack


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
