"""Logins and their refresh tokens: kept, rotated, ended; also when many ask at once."""

import asyncio

import pytest
from auth_world import ADA, bearer, refresh, refused, registered
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from philo_kernel.unit import unit_of_work

pytestmark = pytest.mark.stack


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
    assert again == lost
    assert (await refresh(client, again)).status_code == 200


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


async def test_of_fifty_who_refresh_one_token_at_once_all_stay_in_the_one_login(client, engine):
    first = (await registered(client))["refresh_token"]
    answers = await asyncio.gather(*(refresh(client, first) for _ in range(50)))
    assert {answer.status_code for answer in answers} == {200}
    (tip,) = {answer.json()["refresh_token"] for answer in answers}
    assert (await refresh(client, tip)).status_code == 200
    async with engine.connect() as connection:
        assert await connection.scalar(text("select count(*) from refresh_family where revoked_at is null")) == 1


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


async def test_expired_tokens_of_a_living_login_are_forgotten(client, clock, engine):
    token = (await registered(client))["refresh_token"]
    clock.forward(days=4)
    token = (await refresh(client, token)).json()["refresh_token"]
    clock.forward(days=4)
    await refresh(client, token)
    async with engine.connect() as connection:
        assert await connection.scalar(text("select count(*) from refresh_token")) == 2
