"""Who asks for much at once keeps nobody else waiting."""

import asyncio
import gc

from philo_gateway.quotas.turns import Turns


async def test_requests_of_one_user_go_one_after_the_other_and_of_others_beside_them():
    turns, inside, most = Turns(), {"ada": 0, "bob": 0}, {"ada": 0, "bob": 0}
    met = asyncio.Barrier(2)

    async def asks(user: str) -> None:
        async with turns.of(user):
            inside[user] += 1
            most[user] = max(most[user], inside[user])
            await met.wait()  # one of each user at a time, or nobody gets through
            inside[user] -= 1

    async with asyncio.timeout(10):
        await asyncio.gather(*(asks(user) for user in ("ada", "bob") for _ in range(5)))
    assert most == {"ada": 1, "bob": 1}


async def test_whoever_has_been_served_is_forgotten():
    turns = Turns()
    async with turns.of("ada"):
        assert turns.of("ada").locked()
    gc.collect()
    assert not turns._locks
