"""Where the health of providers is noted: in Redis, so that one replica's trouble spares the others.

Every process also remembers what it last knew. While Redis is away it goes by that alone, and a Redis that was emptied
learns it again from whoever comes first. Each step is written only over what it was decided on.
"""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable

import structlog
from pydantic import ValidationError
from redis.asyncio import Redis
from redis.exceptions import RedisError

from philo_kernel.outgoing.health import Health

Step = Callable[[Health, float], Health | None]
"""From what is known and the time to what is known then; None changes nothing, and is how a step says no."""
PATIENCE = 1.0
"""Seconds that Redis may take. Nobody waits longer to learn how somebody else is."""
REPLACE = """
if (redis.call('hget', KEYS[1], ARGV[1]) or '') ~= ARGV[2] then return 0 end
redis.call('hset', KEYS[1], ARGV[1], ARGV[3])
return 1
"""
TURNS = 100

log = structlog.stdlib.get_logger("philo.providers")


def board_key(prefix: str) -> str:
    return f"{prefix}.providers"


class Board:
    """The board of all providers. Without `redis` each process knows for itself; `clock` is that of Redis if unset."""

    def __init__(self, redis: Redis | None, prefix: str, clock: Callable[[], float] | None = None) -> None:
        self._redis, self._key, self._clock = redis, board_key(prefix), clock
        self._known: dict[str, Health] = {}
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._away = False

    async def change(self, name: str, step: Step) -> tuple[Health, bool]:
        """What is known of `name` after the step, and whether the step said yes."""
        if self._redis is not None:
            try:
                async with asyncio.timeout(PATIENCE), self._turns[name]:  # of this process nobody writes over another
                    answer = await self._shared(self._redis, name, step)
            except (RedisError, OSError) as error:  # a TimeoutError is an OSError
                self._is_away(error)
            else:
                self._away = False
                return answer
        now = (self._clock or time.time)()
        return self._stepped(name, self._known.get(name, Health()), now, step)

    async def _shared(self, redis: Redis, name: str, step: Step) -> tuple[Health, bool]:
        for _ in range(TURNS):
            noted, now = bytes_of(await redis.hget(self._key, name)), await self._now(redis)
            known = fresher(read(noted), self._known.get(name))
            after, agreed = step_of(known, now, step)
            new = after.model_dump_json()
            if noted == new.encode() or await redis.eval(REPLACE, 1, self._key, name, noted or b"", new):
                self._known[name] = after
                return after, agreed
        raise RedisError(f"what is known of {name} changed {TURNS} times while it was looked at")

    def _is_away(self, error: Exception) -> None:
        """Said once, for it concerns every request."""
        if not self._away:
            log.warning("the health of providers is not shared", error=repr(error))
        self._away = True

    async def _now(self, redis: Redis) -> float:
        if self._clock:
            return self._clock()
        seconds, micros = await redis.time()
        return float(seconds) + float(micros) / 1e6

    def _stepped(self, name: str, known: Health, now: float, step: Step) -> tuple[Health, bool]:
        after, agreed = step_of(known, now, step)
        self._known[name] = after
        return after, agreed


def bytes_of(said: bytes | str | None) -> bytes | None:
    return said.encode() if isinstance(said, str) else said


def step_of(known: Health, now: float, step: Step) -> tuple[Health, bool]:
    after = step(known, now)
    return (known, False) if after is None else (after, True)


def read(noted: bytes | None) -> Health | None:
    """None for what another version of Philo wrote: it is noted anew."""
    try:
        return Health.model_validate_json(noted) if noted else None
    except ValidationError:
        return None


def fresher(noted: Health | None, remembered: Health | None) -> Health:
    """Redis knows best, unless it was away or emptied since."""
    if noted is None or remembered is None:
        return noted or remembered or Health()
    return remembered if remembered.changed_at > noted.changed_at else noted


async def all_known(redis: Redis, prefix: str) -> dict[str, Health]:
    """Everything on the board, by `service/provider`. Raises RedisError or OSError."""
    noted = await redis.hgetall(board_key(prefix))
    named = {bytes_of(name) or b"": read(bytes_of(value)) for name, value in noted.items()}
    return {name.decode(): health for name, health in named.items() if health}
