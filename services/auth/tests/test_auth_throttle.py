"""Limits: how they are written, and that they are exact however many ask."""

import asyncio
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from pydantic import TypeAdapter, ValidationError

from philo_auth.addresses import counted
from philo_auth.limits import Limit
from philo_auth.throttle import Bound, Throttle
from philo_kernel.http.problems import TooManyRequests
from philo_kernel.unit import unit_of_work

HOUR = timedelta(hours=1)


def test_a_limit_is_a_number_and_a_duration():
    assert TypeAdapter(Limit).validate_python("5/PT1H") == Limit(5, HOUR)


@pytest.mark.parametrize("text", ["", "5", "five/PT1H", "5/hour", "0/PT1H", "-1/PT1H", "5/PT0S"])
def test_what_is_no_limit_is_refused_in_words(text):
    with pytest.raises(ValidationError, match=r"ISO 8601 duration|at least 1"):
        TypeAdapter(Limit).validate_python(text)


@pytest.mark.parametrize(
    ("host", "known_as"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", "nowhere"),
        ("unix", "nowhere"),
    ],
)
def test_addresses_of_one_household_count_as_one(host, known_as):
    assert counted(host) == known_as


@pytest.fixture
def throttle(engine, clock) -> Throttle:
    return Throttle(partial(unit_of_work, engine, "auth"), clock, b"k" * 32)


async def taken(throttle: Throttle, *bounds: Bound) -> bool:
    try:
        await throttle.take(bounds, "Too often.")
    except TooManyRequests:
        return False
    return True


@pytest.mark.stack
async def test_of_many_at_once_exactly_as_many_as_the_limit_get_through(throttle):
    bound = Bound("login", "ada", Limit(7, HOUR))
    assert sum(await asyncio.gather(*(taken(throttle, bound) for _ in range(40)))) == 7


@pytest.mark.stack
async def test_what_was_taken_comes_back_one_by_one(throttle, clock):
    bound = Bound("login", "ada", Limit(6, HOUR))
    assert [await taken(throttle, bound) for _ in range(7)] == [True] * 6 + [False]
    clock.forward(minutes=10)
    assert [await taken(throttle, bound) for _ in range(2)] == [True, False]
    clock.forward(hours=2)
    assert [await taken(throttle, bound) for _ in range(7)] == [True] * 6 + [False]


@pytest.mark.stack
async def test_the_refusal_says_exactly_how_long_to_wait(throttle, clock):
    bound = Bound("login", "ada", Limit(1, timedelta(seconds=90)))
    await throttle.take([bound], "Too often.")
    clock.forward(seconds=29.5)
    with pytest.raises(TooManyRequests) as refused:
        await throttle.take([bound], "Too often.")
    assert refused.value.headers == {"Retry-After": "61"}
    clock.forward(seconds=60.5)
    assert await taken(throttle, bound)


@pytest.mark.stack
async def test_of_several_bounds_all_are_taken_or_none(throttle):
    full, free = Bound("a", "x", Limit(1, HOUR)), Bound("b", "x", Limit(2, HOUR))
    assert await taken(throttle, full)
    assert not await taken(throttle, full, free)
    assert [await taken(throttle, free) for _ in range(3)] == [True, True, False]


@pytest.mark.stack
async def test_what_is_given_back_may_be_taken_again(throttle):
    bound = Bound("login", "ada", Limit(1, HOUR))
    await throttle.take([bound], "Too often.")
    await throttle.give_back([bound])
    assert [await taken(throttle, bound) for _ in range(2)] == [True, False]


def test_a_limit_that_cannot_be_divided_is_never_wider_than_it_says():
    limit = Limit(7, timedelta(seconds=1))
    assert limit.span <= timedelta(seconds=1)
    assert limit.wait(datetime.now(UTC), datetime.now(UTC) - limit.span) <= limit.step + timedelta(seconds=1)
