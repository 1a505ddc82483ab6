"""So much is under way at once, of all and of each; who finds no place waits for it, and is told when to come back."""

import asyncio
import gc

import pytest

from philo_gateway.quotas.places import Places
from philo_kernel.http.problems import ServiceUnavailable, TooManyRequests


async def test_no_more_are_inside_than_there_are_places_of_all_and_of_each():
    places, inside, most = Places("uploads", most=3, each=2), dict.fromkeys("abc", 0), {"all": 0, "each": 0}

    async def comes(user: str) -> None:
        async with places.of(user):
            inside[user] += 1
            most.update(all=max(most["all"], sum(inside.values())), each=max(most["each"], *inside.values()))
            await asyncio.sleep(0)
            inside[user] -= 1

    async with asyncio.timeout(10):
        await asyncio.gather(*(comes(user) for user in "abc" for _ in range(10)))
    assert most == {"all": 3, "each": 2}


async def test_whose_own_places_stay_taken_is_told_to_wait_for_those():
    places = Places("uploads", most=9, each=1, patience=0.01)
    async with places.of("ada"), places.of("bob"):
        with pytest.raises(TooManyRequests, match="1 of your uploads") as refused:
            await places.of("ada").__aenter__()
    assert int(refused.value.headers["Retry-After"]) > 0


async def test_where_all_places_stay_taken_it_is_said_when_to_come_back():
    places = Places("uploads", most=1, each=1, patience=0.01)
    async with places.of("ada"):
        with pytest.raises(ServiceUnavailable, match="no room") as refused:
            await places.of("bob").__aenter__()
        assert int(refused.value.headers["Retry-After"]) > 0
    async with places.of("bob"):
        pass


async def test_whoever_has_left_is_forgotten_and_has_their_place_again():
    places = Places("uploads", most=1, each=1, patience=0.01)
    with pytest.raises(KeyError):
        async with places.of("ada"):
            raise KeyError
    async with places.of("ada"):
        pass
    gc.collect()
    assert not places._own
