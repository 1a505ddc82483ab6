"""Subscriptions: granted and taken back by operators only, told as facts, shown to whoever has them."""

import asyncio
import uuid
from datetime import UTC, datetime, timedelta

import jwt
import pytest
from auth_world import ADA, BOB, bearer, facts, new_key, refresh, refused, registered

from philo_auth.operators import appoint
from philo_auth.subscriptions.grants import Grant
from philo_contracts.shapes import Tier

pytestmark = pytest.mark.stack
NOW = datetime(2026, 5, 1, tzinfo=UTC)


async def an_operator(client, engine) -> dict[str, str]:
    """The header of somebody who runs this installation."""
    bob = await registered(client, BOB)
    assert await appoint(engine, BOB["email"], "operator")
    return bearer((await refresh(client, bob["refresh_token"])).json())


def claims(access_token: str) -> dict:
    return jwt.decode(access_token, options={"verify_signature": False})


def written(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


async def test_a_granted_tier_is_told_shown_and_in_the_next_token(client, engine, clock):
    ada, operator = await registered(client), await an_operator(client, engine)
    assert (ada["user"]["tier"], claims(ada["access_token"])["tier"]) == ("free", "free")
    user, ends = ada["user"]["id"], written(clock.at + timedelta(days=30))
    answer = await client.put(f"/users/{user}/subscription", json={"tier": "vip", "ends_at": ends}, headers=operator)
    begun = written(clock.at)
    assert answer.json() == {"user_id": user, "tier": "vip", "starts_at": begun, "ends_at": ends}
    kind, stream, version, fact = (await facts(engine))[-1]
    assert (kind, stream, version) == ("SubscriptionChanged", f"subscription/{user}", 1)
    assert fact == {"user": user, "tier": "vip", "starts_at": begun, "ends_at": ends}
    me = (await client.get("/me", headers=bearer(ada))).json()
    assert (me["tier"], me["tier_ends_at"]) == ("vip", ends)
    renewed = (await refresh(client, ada["refresh_token"])).json()
    assert claims(renewed["access_token"])["tier"] == "vip"


async def test_a_subscription_ends_by_itself(client, engine, clock):
    ada, operator = await registered(client), await an_operator(client, engine)
    ends = written(clock.at + timedelta(minutes=1))
    path = f"/users/{ada['user']['id']}/subscription"
    await client.put(path, json={"tier": "studio", "ends_at": ends}, headers=operator)
    clock.forward(minutes=2)
    assert (await client.get("/me", headers=bearer(ada))).json()["tier"] == "free"


async def test_a_subscription_that_is_taken_back_is_over_and_told_once(client, engine):
    ada, operator = await registered(client), await an_operator(client, engine)
    path = f"/users/{ada['user']['id']}/subscription"
    await client.put(path, json={"tier": "vip"}, headers=operator)
    answers = [await client.delete(path, headers=operator) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [204, 204]
    assert (await client.get("/me", headers=bearer(ada))).json()["tier"] == "free"
    told = [(fact[2], fact[3]["tier"]) for fact in await facts(engine) if fact[0] == "SubscriptionChanged"]
    assert told == [(1, "vip"), (2, "free")]


async def test_grants_at_once_follow_each_other(client, engine):
    ada, operator = await registered(client), await an_operator(client, engine)
    path = f"/users/{ada['user']['id']}/subscription"
    wishes = [{"tier": tier} for tier in ("vip", "studio", "vip", "studio")]
    answers = await asyncio.gather(*(client.put(path, json=wish, headers=operator) for wish in wishes))
    assert {answer.status_code for answer in answers} == {200}
    versions = [fact[2] for fact in await facts(engine) if fact[0] == "SubscriptionChanged"]
    assert versions == list(range(1, len(versions) + 1))


async def test_the_same_grant_again_says_nothing_new(client, engine):
    ada, operator = await registered(client), await an_operator(client, engine)
    path = f"/users/{ada['user']['id']}/subscription"
    first = await client.put(path, json={"tier": "vip"}, headers=operator)
    again = await client.put(path, json={"tier": "vip"}, headers=operator)
    assert again.json() == first.json()
    assert [fact[0] for fact in await facts(engine)].count("SubscriptionChanged") == 1


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
async def test_only_operators_grant_and_take_back(client, method):
    ada = await registered(client)
    path, wish = f"/users/{ada['user']['id']}/subscription", {"tier": "studio"} if method == "PUT" else None
    refused(await client.request(method, path, json=wish, headers=bearer(ada)), 403, "forbidden")
    refused(await client.request(method, path, json=wish), 401, "unauthorized")


async def test_the_key_of_an_operator_is_no_operator(client, engine):
    operator = await an_operator(client, engine)
    bob = {"access_token": operator["Authorization"].removeprefix("Bearer ")}
    key = {"X-API-Key": (await new_key(client, bob))["key"]}
    path = f"/users/{uuid.uuid4()}/subscription"
    refused(await client.put(path, json={"tier": "vip"}, headers=key), 403, "forbidden")


async def test_nobody_can_be_granted_what_they_are_not_there_for(client, engine):
    operator = await an_operator(client, engine)
    path = f"/users/{uuid.uuid4()}/subscription"
    refused(await client.put(path, json={"tier": "vip"}, headers=operator), 404, "not-found")
    refused(await client.delete(path, headers=operator), 404, "not-found")


@pytest.mark.parametrize(
    ("wish", "pointer"),
    [
        ({"tier": "gold"}, "/tier"),
        ({"tier": "vip", "ends_at": "2020-01-01T00:00:00Z"}, "/ends_at"),
        ({"tier": "vip", "starts_at": "2090-01-02T00:00:00Z", "ends_at": "2090-01-01T00:00:00Z"}, "/ends_at"),
        ({"tier": "vip", "ends_at": "2090-01-01T00:00:00"}, "/ends_at"),
    ],
)
async def test_a_grant_that_cannot_be_is_told_in_words(client, engine, wish, pointer):
    ada, operator = await registered(client), await an_operator(client, engine)
    path = f"/users/{ada['user']['id']}/subscription"
    told = refused(await client.put(path, json=wish, headers=operator), 422, "invalid-request")
    assert told["errors"][0]["pointer"] == pointer


@pytest.mark.parametrize("name", ["email", "username", "id"])
async def test_an_operator_is_appointed_by_any_of_their_names_and_dismissed(client, engine, name):
    ada = await registered(client)
    who = ada["user"]["id"] if name == "id" else f" {ADA[name]} "
    assert await appoint(engine, who, "operator")
    assert (await client.get("/me", headers=bearer(ada))).json()["role"] == "operator"
    assert await appoint(engine, who, None)
    assert (await client.get("/me", headers=bearer(ada))).json()["role"] is None
    assert not await appoint(engine, "nobody@example.org", "operator")


@pytest.mark.parametrize(
    ("starts", "ends", "holds"), [(0, None, True), (0, 1, True), (0, 0.5, True), (1, None, False), (-2, 0, False)]
)
def test_a_grant_holds_from_its_beginning_to_before_its_end(starts, ends, holds):
    end = None if ends is None else NOW + timedelta(days=ends)
    assert Grant(Tier.VIP, NOW + timedelta(days=starts), end).holds(NOW) is holds
