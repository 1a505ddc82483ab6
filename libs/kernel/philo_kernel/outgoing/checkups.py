"""Looking at providers when an operator wishes: whoever asks for it tells all, and whoever owns the line looks.

Redis carries the wish and the answer. Both are of the moment: nobody needs them once the operator has gone.
"""

from __future__ import annotations

import asyncio

from pydantic import ValidationError
from redis.asyncio import Redis
from uuid_utils.compat import uuid7

from philo_contracts.shapes import Value
from philo_kernel.outgoing.health import Health
from philo_kernel.outgoing.line import Line

KEPT = 120
"""Seconds for which an answer waits to be fetched."""


class Wish(Value):
    id: str
    provider: str
    timeout: float


class Checked(Value):
    """How a line was found."""

    key: str
    health: Health


class Checkups:
    """The wire of checkups; both ends know the topic prefix."""

    def __init__(self, redis: Redis, prefix: str) -> None:
        self._redis, self._prefix = redis, prefix

    @property
    def channel(self) -> str:
        return f"{self._prefix}.checkups"

    async def ask(self, provider: str, timeout: float, lines: int, grace: float = 2.0) -> list[Checked]:  # noqa: ASYNC109
        """Have the `lines` to this provider looked at; those that answered in `timeout`, a wish of the operator's, and
        `grace`, which the way there and back may take. Raises RedisError."""
        wish = Wish(id=str(uuid7()), provider=provider, timeout=timeout)
        await self._redis.publish(self.channel, wish.model_dump_json())
        found: list[Checked] = []
        while len(found) < lines:
            said = await self._redis.blpop([self._answers(wish)], timeout=timeout + grace)
            if said is None:
                break
            found.append(Checked.model_validate_json(said[1]))
        return found

    async def hear(self, lines: dict[str, Line]) -> None:
        """Carry out what is wished for, for as long as the service runs. Raises RedisError."""
        async with self._redis.pubsub() as heard:
            await heard.subscribe(self.channel)
            async for message in heard.listen():
                if message["type"] == "message":
                    await self._carry_out(message["data"], lines)

    async def _carry_out(self, said: bytes, lines: dict[str, Line]) -> None:
        try:
            wish = Wish.model_validate_json(said)
        except ValidationError:  # of another version of Philo
            return
        asked = [line for line in lines.values() if line.provider == wish.provider]
        await asyncio.gather(*(self._look(wish, line) for line in asked))

    async def _look(self, wish: Wish, line: Line) -> None:
        if await self._first(wish, line.key):
            checked = Checked(key=line.key, health=await line.examine(wish.timeout))
            await self._redis.rpush(self._answers(wish), checked.model_dump_json())
            await self._redis.expire(self._answers(wish), KEPT)

    async def _first(self, wish: Wish, key: str) -> bool:
        """One replica looks for all."""
        return bool(await self._redis.set(f"{self.channel}.{wish.id}.{key}", b"", nx=True, ex=KEPT))

    def _answers(self, wish: Wish) -> str:
        return f"{self.channel}.{wish.id}"
