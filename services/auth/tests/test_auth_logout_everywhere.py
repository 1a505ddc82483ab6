"""Logging out everywhere ends every login at once, also one that is just being begun or continued."""

import asyncio

import pytest
from auth_world import ADA, bearer, facts, new_key, refresh, refused, registered

pytestmark = pytest.mark.stack
LOGIN = {"email": ADA["email"], "password": ADA["password"]}


async def everywhere(client, logged_in):
    return await client.post("/logout-everywhere", headers=bearer(logged_in))


async def test_every_login_and_every_access_token_of_before_is_refused(client):
    here = await registered(client)
    there = (await client.post("/login", json=LOGIN)).json()
    assert (await everywhere(client, here)).status_code == 204
    for login in (here, there):
        refused(await refresh(client, login["refresh_token"]), 401, "refresh-refused")
        told = refused(await client.get("/me", headers=bearer(login)), 401, "unauthorized")
        assert "ended everywhere" in told["detail"]


async def test_a_login_of_after_is_good_even_in_the_same_second(client):
    await everywhere(client, await registered(client))
    again = (await client.post("/login", json=LOGIN)).json()
    assert (await client.get("/me", headers=bearer(again))).status_code == 200
    continued = (await refresh(client, again["refresh_token"])).json()
    assert (await client.get("/me", headers=bearer(continued))).status_code == 200


async def test_every_service_is_told_by_a_fact(client, engine):
    for generation in (1, 2):
        logged_in = await registered(client) if generation == 1 else (await client.post("/login", json=LOGIN)).json()
        await everywhere(client, logged_in)
        user = logged_in["user"]["id"]
        assert (await facts(engine))[-1] == (
            "SessionsEnded", f"sessions/{user}", generation, {"user": user, "generation": generation}
        )  # fmt: skip


async def test_an_api_key_neither_ends_logins_nor_ends_with_them(client):
    logged_in = await registered(client)
    key = {"X-API-Key": (await new_key(client, logged_in))["key"]}
    refused(await client.post("/logout-everywhere", headers=key), 403, "forbidden")
    await everywhere(client, logged_in)
    assert (await client.get("/me", headers=key)).status_code == 200


async def test_no_login_that_is_begun_or_continued_meanwhile_slips_through(client):
    """Whichever comes first: what is good afterwards was begun after, so that a second one ends it."""
    first = await registered(client)
    logins, refreshes = [], []
    for _ in range(4):
        logins.append(client.post("/login", json=LOGIN))
        refreshes.append(refresh(client, first["refresh_token"]))
    ended, *answers = await asyncio.gather(everywhere(client, first), *logins, *refreshes)
    assert ended.status_code == 204
    good = [answer.json() for answer in answers if answer.status_code == 200]
    for tokens in good:
        entered = (await client.get("/me", headers=bearer(tokens))).status_code
        continued = (await refresh(client, tokens["refresh_token"])).status_code
        assert (entered, continued) in {(200, 200), (401, 401)}
