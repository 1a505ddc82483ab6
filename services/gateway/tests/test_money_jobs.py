"""Money of jobs over a real database: put aside, spent call by call, given back; and what is refused."""

import asyncio
from decimal import Decimal

import pytest
from asyncpg import CheckViolationError, RaiseError
from editing_world import carried_out, stream
from gateway_world import goes_on, hears, reading, told
from money_world import (
    BOOKING,
    BOUGHT,
    JOBS,
    books,
    budget,
    cost_of,
    entries_of,
    month_of,
    painted,
    settles,
)

from philo_contracts.events import RenderFailed
from philo_contracts.shapes import Fault
from philo_gateway.money.handlers import settle_account
from philo_kernel.unit import unit_of_work

pytestmark = pytest.mark.stack
FREE = {"currency": "USD", "estimated": "0.0000", "reserved": "0.0000", "actual": "0.0000", "released": "0.0000"}
BROKEN = Fault(code="broken", message="It broke. Try again.")


def cost(**amounts: str) -> dict[str, str]:
    return FREE | amounts


async def test_a_film_that_philo_makes_alone_costs_nothing_and_books_nothing(ada, engine):
    job = await ada.ask()
    await carried_out(engine, job["id"])
    await settles(engine, job["id"])
    assert (job["cost"], await cost_of(ada, job["id"])) == (FREE, FREE)
    assert (await month_of(engine, ada.user), await entries_of(engine, ada.user)) == (None, [])
    assert "CostRecorded" not in [fact.type for fact in await stream(engine, job["id"])]


async def test_what_a_film_will_cost_is_put_aside_when_it_is_accepted(ada, engine):
    job = await ada.ask(config=BOUGHT)
    assert job["cost"] == cost(estimated="0.0600", reserved="0.0600")
    assert await month_of(engine, ada.user) == (Decimal("0.06"), 0, 0)
    assert await entries_of(engine, ada.user) == [
        ("reserve", "available", Decimal("-0.06")),
        ("reserve", "reserved", Decimal("0.06")),
    ]


async def test_calls_are_spent_as_they_are_told_and_the_rest_is_given_back(ada, engine):
    job = (await ada.ask(config=BOUGHT))["id"]
    await books(engine, painted(job, "s01"))
    assert await cost_of(ada, job) == cost(estimated="0.0600", reserved="0.0600", actual="0.0300")
    await failed(engine, job)
    await settles(engine, job)
    assert await cost_of(ada, job) == cost(estimated="0.0600", reserved="0.0600", actual="0.0300", released="0.0300")
    assert await month_of(engine, ada.user) == (0, Decimal("0.03"), Decimal("0.03"))


async def test_a_call_that_is_told_twice_is_spent_once(ada, engine):
    job = (await ada.ask(config=BOUGHT))["id"]
    call = painted(job)
    await books(engine, call, call)
    assert (await cost_of(ada, job))["actual"] == "0.0300"
    assert len((await ada.get(f"{JOBS}/{job}/costs")).json()) == 1


async def test_a_call_that_is_told_late_is_spent_all_the_same(ada, engine):
    job = (await ada.ask(config=BOUGHT))["id"]
    assert (await ada.delete(f"{JOBS}/{job}")).status_code == 202
    await settles(engine, job)
    await books(engine, painted(job))
    late = await cost_of(ada, job)
    assert (late["released"], late["actual"]) == ("0.0600", "0.0300")
    assert await month_of(engine, ada.user) == (0, Decimal("0.03"), Decimal("0.06"))


async def test_what_costs_more_than_was_put_aside_is_paid_from_the_budget(ada, engine):
    job = (await ada.ask(config=BOUGHT))["id"]
    await books(engine, *(painted(job, "s01", attempt=attempt) for attempt in (1, 2, 3)))
    assert await month_of(engine, ada.user) == (0, Decimal("0.09"), 0)
    assert sum(amount for _, _, amount in await entries_of(engine, ada.user)) == 0


async def test_settling_twice_gives_back_once(ada, engine):
    job = (await ada.ask(config=BOUGHT))["id"]
    await ada.delete(f"{JOBS}/{job}")
    await settles(engine, job)
    before = await stream(engine, job)
    await settles(engine, job)
    assert await stream(engine, job) == before
    assert await month_of(engine, ada.user) == (0, 0, Decimal("0.06"))


async def test_costs_are_a_line_a_scene_attempt_and_provider(ada, bob, engine):
    job = (await ada.ask(config=BOUGHT))["id"]
    await books(
        engine,
        painted(job, "s01", attempt=1, outcome="failed", quantities={}),
        painted(job, "s01", attempt=2),
        painted(job, "s02", provider="nobody", model="x"),
    )
    lines = (await ada.get(f"{JOBS}/{job}/costs")).json()
    said = [(line["scene_id"], line["attempt"], line["provider"], line["outcome"], line["amount"]) for line in lines]
    assert said == [
        ("s01", 1, "stability", "failed", "0.0000"),
        ("s01", 2, "stability", "answered", "0.0300"),
        ("s02", 1, "nobody", "answered", None),
    ]
    assert (await bob.get(f"{JOBS}/{job}/costs")).status_code == 404


async def test_past_the_budget_nothing_is_accepted_and_nothing_is_stored(ada, engine):
    await budget(engine, ada.user, "0.05")
    answer = await ada.post(JOBS, json={"script": "Once upon a time.", "config": BOUGHT})
    problem = answer.json()
    assert (answer.status_code, problem["type"]) == (402, "/problems/budget-exceeded")
    assert (
        "expected to cost 0.0600 USD, and 0.0500 USD of this month's budget of 0.0500 USD are left" in problem["detail"]
    )
    assert (await ada.get(JOBS)).json()["items"] == []
    assert await entries_of(engine, ada.user) == []


async def test_without_a_budget_films_that_cost_nothing_are_made(ada, engine):
    await budget(engine, ada.user, "0")
    assert (await ada.ask())["cost"] == FREE


async def test_what_was_given_back_can_be_put_aside_again(ada, engine):
    await budget(engine, ada.user, "0.06")
    first = (await ada.ask(config=BOUGHT))["id"]
    await ada.delete(f"{JOBS}/{first}")
    await settles(engine, first)
    assert (await ada.ask(config=BOUGHT))["cost"]["reserved"] == "0.0600"


async def failed(engine, job: str) -> None:
    await goes_on(engine, *reading(job), RenderFailed(job=job, fault=BROKEN))


async def test_a_retry_puts_aside_what_it_still_needs(ada, engine):
    job = (await ada.ask(config=BOUGHT))["id"]
    await books(engine, painted(job, "s01"))
    await failed(engine, job)
    await settles(engine, job)
    again = (await ada.post(f"{JOBS}/{job}/retry")).json()
    assert again["cost"] == cost(estimated="0.0600", reserved="0.0900", actual="0.0300", released="0.0300")
    assert await month_of(engine, ada.user) == (Decimal("0.03"), Decimal("0.03"), Decimal("0.03"))


async def test_a_retry_that_comes_before_the_settlement_keeps_what_was_put_aside(ada, engine):
    job = (await ada.ask(config=BOUGHT))["id"]
    await failed(engine, job)
    late = (await stream(engine, job))[-1]
    assert (await ada.post(f"{JOBS}/{job}/retry")).status_code == 202
    async with unit_of_work(engine, "gateway") as unit:
        unit.cause = late
        await settle_account.react(late.fact(), unit)
    assert await month_of(engine, ada.user) == (Decimal("0.06"), 0, 0)


async def test_a_retry_past_the_budget_is_refused(ada, engine):
    await budget(engine, ada.user, "0.06")
    job = (await ada.ask(config=BOUGHT))["id"]
    await failed(engine, job)
    await settles(engine, job)
    await ada.ask(config=BOUGHT)
    answer = await ada.post(f"{JOBS}/{job}/retry")
    assert (answer.status_code, answer.json()["type"]) == (402, "/problems/budget-exceeded")
    assert (await ada.get(f"{JOBS}/{job}")).json()["status"] == "failed"


async def test_two_hundred_at_once_against_a_budget_for_ten(ada, engine):
    """Exactly ten are accepted, and the ledger sums."""
    await budget(engine, ada.user, "0.30")
    wish = {"script": "Once upon a time.", "config": {"pictures": "stability", "scenes": 1}}
    answers = await asyncio.gather(*(ada.post(JOBS, json=wish) for _ in range(200)))
    codes = [answer.status_code for answer in answers]
    assert (codes.count(202), codes.count(402)) == (10, 190)
    assert await month_of(engine, ada.user) == (Decimal("0.30"), 0, 0)
    assert sum(amount for _, _, amount in await entries_of(engine, ada.user)) == 0


async def booked(engine, job: str, user: str, *statements: str) -> None:
    async with unit_of_work(engine, "gateway") as unit:
        for statement in statements:
            await unit.connection.execute(statement.format(job=job, user=user))


BEGIN = (
    "insert into ledger_transaction(id, user_id, month, job, kind) select gen_random_uuid(), user_id, month, '{job}x',"
    " 'reserve' from ledger_month where user_id = '{user}'"
)
ENTRY = (
    "insert into ledger_entry(transaction_id, account, amount)"
    " select id, 'reserved', {} from ledger_transaction where job = '{{job}}x'"
)


@pytest.mark.parametrize(
    ("statements", "words"),
    [
        ((BEGIN,), "has no entries"),
        ((BEGIN, ENTRY.format("1")), "do not sum to zero"),
        (("update ledger_entry set amount = amount * 2",), "append-only"),
        (("delete from ledger_transaction where user_id = '{user}'",), "append-only"),
    ],
)
async def test_the_database_refuses_what_a_ledger_may_not_hold(ada, engine, statements, words):
    job = (await ada.ask(config=BOUGHT))["id"]
    with pytest.raises(RaiseError, match=words):
        await booked(engine, job, ada.user, *statements)
    assert await month_of(engine, ada.user) == (Decimal("0.06"), 0, 0)


async def test_the_database_refuses_to_give_back_what_is_not_there(ada, engine):
    job = (await ada.ask(config=BOUGHT))["id"]
    with pytest.raises(CheckViolationError):
        await booked(engine, job, ada.user, BEGIN, ENTRY.format("-1"))


async def test_one_unit_may_hear_the_calls_and_the_ends_of_many_jobs(ada, bob, engine):
    """Whoever has locked a month waits for nothing any more, however many jobs a run is about."""
    jobs = [(await who.ask(config=BOUGHT))["id"] for who in (bob, ada, bob)]
    async with unit_of_work(engine, "gateway") as unit:
        for job in jobs:
            for scene in ("s01", "s02"):
                call = painted(job, scene)
                unit.cause = told(call)
                await BOOKING.react(call, unit)
    assert [(await cost_of(who, job))["actual"] for who, job in zip((bob, ada, bob), jobs, strict=True)] == [
        "0.0600"
    ] * 3
    assert await month_of(engine, bob.user) == (0, Decimal("0.12"), 0)
    for job in jobs:
        story = await stream(engine, job)
        assert [fact.streamversion for fact in story] == list(range(1, len(story) + 1))
        assert story[-1].causationid is not None


async def test_a_call_and_the_end_of_its_job_may_come_in_one_unit(ada, engine):
    job = (await ada.ask(config=BOUGHT))["id"]
    call = painted(job)
    async with unit_of_work(engine, "gateway") as unit:
        unit.cause = told(call)
        await BOOKING.react(call, unit)
        await hears(unit, [told(fact) for fact in (*reading(job), RenderFailed(job=job, fault=BROKEN))])
    await settles(engine, job)
    seen = (await ada.get(f"{JOBS}/{job}")).json()
    assert (seen["status"], seen["cost"]["actual"], seen["cost"]["released"]) == ("failed", "0.0300", "0.0300")
