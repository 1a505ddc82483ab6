"""Counting requests in Redis or Valkey, exactly however many ask at once: all replicas share one count."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from .rates import Bucket, Finding

# The generic cell rate algorithm (ITU-T I.371): a bucket is one number, the moment at which it will be full again. All
# buckets of a request are asked in one step, and nothing is taken from any unless each of them allows it. The time is
# the server's, in microseconds: clocks of replicas differ.
TAKE = """
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local found, allowed = {}, true
for i, key in ipairs(KEYS) do
  local quota, window = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i]) * 1000000
  local full = math.max(tonumber(redis.call('GET', key) or now), now)
  local wait = full + window / quota - window - now
  if wait > 0.5 then allowed = false end
  found[i] = {full = full, each = window / quota, window = window, wait = math.max(wait, 0)}
end
local told = {}
for i, key in ipairs(KEYS) do
  local one = found[i]
  if allowed then
    one.full = one.full + one.each
    redis.call('SET', key, string.format('%.0f', one.full), 'PX', math.ceil((one.full - now) / 1000) + 1)
  end
  told[3 * i - 2] = math.max(0, math.floor((now + one.window - one.full) / one.each + 0.001))
  told[3 * i - 1] = math.ceil((one.full - now) / 1000)
  told[3 * i] = allowed and 0 or math.ceil(one.wait / 1000)
end
return told
"""
REST = 1.0
"""Seconds for which a Redis that did not answer is not asked again: nobody should wait for it with every request."""
PATIENCE = 0.5
"""Seconds that it has to answer."""
AT_ONCE = 32
"""Connections; a rush waits for its turn here."""

log = structlog.stdlib.get_logger("philo.limits")


class CountAway(Exception):
    """Nobody can tell how often this was done."""


class Counter:
    """Takes requests out of buckets. `prefix` keeps the keys of several installations apart."""

    def __init__(self, url: str, prefix: str, *, rest: float = REST) -> None:
        self.redis: Redis = Redis.from_url(url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)
        self.turns = asyncio.Semaphore(AT_ONCE)
        self.take_script = self.redis.register_script(TAKE)
        self.prefix, self.rest, self.back_at = prefix, rest, 0.0

    async def take(self, buckets: Sequence[Bucket]) -> list[Finding]:
        """What is left of each bucket. If any has `wait`, nothing was taken. Raises `CountAway`."""
        keys = [f"{self.prefix}.rate.{bucket.name}.{bucket.key}" for bucket in buckets]
        rates = [number for bucket in buckets for number in (bucket.rate.quota, bucket.rate.window)]
        async with self.turns:  # who waits for a turn is told as soon as somebody finds the server away
            told = await self._asked(keys, rates)
        each = zip(buckets, told[::3], told[1::3], told[2::3], strict=True)
        return [Finding(bucket, left, reset / 1000, wait / 1000) for bucket, left, reset, wait in each]

    async def _asked(self, keys: list[str], rates: list[int]) -> list[int]:
        if time.monotonic() < self.back_at:
            raise CountAway
        try:
            told: list[int] = await self.take_script(keys=keys, args=rates)
        except (RedisError, OSError) as error:
            self.back_at = time.monotonic() + self.rest
            log.warning("requests cannot be counted", error=repr(error))
            raise CountAway from error
        return told

    async def close(self) -> None:
        await self.redis.aclose()
