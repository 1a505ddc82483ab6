"""Somebody has deleted their account: gateway keeps nothing of them but what was paid, and nothing of others is touched."""

from decimal import Decimal

import pytest
from assets_world import brought, lies_at
from editing_world import a_film
from gateway_world import Client, key_for
from money_world import BOUGHT, entries_of, month_of

from philo_contracts.envelope import wrap
from philo_contracts.events import UserErased
from philo_gateway.erasure import erase_user
from philo_kernel.clearing import Clear
from philo_kernel.clearing import clear as clearing
from philo_kernel.consumer import Consumer
from philo_kernel.erasure import erase_tenant
from philo_kernel.known_keys import know_api_key
from philo_kernel.relay import headers
from philo_kernel.unit import unit_of_work

pytestmark = pytest.mark.stack
JOBS, PROJECTS = "/api/v1/jobs", "/api/v1/projects"
WORDS = "Zwalibor the dragon"
TABLES = "select tablename from pg_tables where schemaname = 'public'"


@pytest.fixture(autouse=True)
async def bucket(app) -> None:
    await app.state.objects.ensure_bucket()


class Lying:
    """The fact as Kafka brings it."""

    topic, partition, offset, key = "philo.auth", 0, 0, b"user"

    def __init__(self, fact) -> None:
        self.value, self.headers = fact.model_dump_json().encode(), headers(fact.id, fact.type, None)


def word_of(user: str) -> Lying:
    return Lying(wrap(UserErased(user=user), source="auth", stream=f"erasure/{user}", version=1))


async def hears(engine, *records: Lying) -> None:
    async def tell_dead(record) -> None:
        raise AssertionError(f"parked: {record.value}")

    consumer = Consumer("gateway", [erase_tenant, erase_user, know_api_key], engine, tell_dead)
    await consumer.receive(records)


async def erased(engine, client: Client) -> None:
    await hears(engine, word_of(client.user))


async def lies_in(engine, words: str) -> list[str]:
    found = "select exists (select from {} t where t::text like $1)"
    async with unit_of_work(engine, "gateway") as unit:
        tables = [row[0] for row in await unit.connection.fetch(TABLES)]
        return [table for table in tables if await unit.connection.fetchval(found.format(table), f"%{words}%")]


async def a_life(client: Client, engine, words: str) -> dict:
    """Something of everything; the film."""
    await client.post(PROJECTS, json={"name": words})
    await brought(client, name=f"{words}.png")
    await client.post(JOBS, json={"script": words}, headers={"Idempotency-Key": words})
    return await a_film(client, engine, script=words, title=words)


async def test_nothing_of_their_words_stays_and_nobody_elses_go(engine, ada, bob):
    theirs, others = f"{WORDS} of {ada.user}", f"{WORDS} of {bob.user}"
    mine, his = await a_life(ada, engine, theirs), await a_life(bob, engine, others)
    assert "job" in await lies_in(engine, theirs)
    await erased(engine, ada)
    assert await lies_in(engine, theirs) == []
    assert (await ada.get(f"{JOBS}/{mine['id']}")).status_code == 404
    assert (await ada.get(f"{JOBS}/{mine['id']}/history")).status_code == 404
    assert (await bob.get(f"{JOBS}/{his['id']}")).json()["script"] == others
    assert (await bob.get(f"{JOBS}/{his['id']}/history")).status_code == 200
    assert len((await bob.get(PROJECTS)).json()["items"]) == 1


async def test_what_is_left_of_a_user_is_the_ledger_and_that_they_are_gone(engine, ada):
    await a_life(ada, engine, WORDS)
    await ada.ask(config=BOUGHT)
    await erased(engine, ada)
    kept = {"ledger_month", "ledger_transaction", "data_key", "event", "pgqueuer"}
    assert set(await lies_in(engine, ada.user)) == kept


async def test_what_was_put_aside_for_their_films_is_given_back(engine, ada):
    await ada.ask(config=BOUGHT)
    reserved, spent, released = await month_of(engine, ada.user)
    assert reserved > 0
    await erased(engine, ada)
    assert await month_of(engine, ada.user) == (Decimal(0), spent, released + reserved)
    assert sum(amount for *_, amount in await entries_of(engine, ada.user)) == 0


async def test_their_uploads_are_removed_from_the_store(app, engine, ada, bob):
    await brought(ada), await brought(bob)
    await erased(engine, ada)
    async with unit_of_work(engine, "gateway") as unit:
        orders = await unit.connection.fetch("select payload from pgqueuer where headers->>'job' = $1", ada.user)
    works = [Clear.model_validate_json(order["payload"]) for order in orders]
    assert [work.again for work in works] == [False, True]
    await clearing.perform(works[0], app.state.assets.uploads)
    assert lies_at(app, ada.user) == []
    assert len(lies_at(app, bob.user)) == 1


async def test_their_keys_are_refused(app, engine, ada):
    key = {"X-API-Key": await key_for(engine, ada.user, "jobs:read")}
    del ada.headers["authorization"]
    assert (await ada.get(JOBS, headers=key)).status_code == 200
    await erased(engine, ada)
    assert (await ada.get(JOBS, headers=key)).status_code == 401


async def test_to_hear_of_it_again_changes_nothing(engine, ada):
    await ada.ask(config=BOUGHT)
    await erased(engine, ada)
    before = await entries_of(engine, ada.user)
    again = word_of(ada.user)
    await hears(engine, again, again)
    assert await entries_of(engine, ada.user) == before
