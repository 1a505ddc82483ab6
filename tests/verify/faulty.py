"""Services whose adapters cost nothing, and fail or dawdle as the dice have it: `python -m tests.verify.faulty tts`."""

from __future__ import annotations

import asyncio
import inspect
import os
import random
import sys
from collections.abc import Callable
from typing import Any

from uuid_utils.compat import uuid7

from benchmarks.instant import Cutter, Fine, Forgetful, Idle, Nowhere, Room, Silence, Speaker, run
from philo_analysis import reactions as analysis
from philo_analysis.reading import Reading, ReadingRequest
from philo_analysis.tasks import Ports as AnalysisPorts
from philo_contracts.shapes import ProviderCall
from philo_kernel.outgoing import calls
from philo_kernel.work import Passing
from philo_render import reactions as render
from philo_render.ports import Ports as RenderPorts
from philo_render.providers.fallback import Fallback
from philo_render.reporter import Reporter
from philo_tts import reactions as tts
from philo_tts.music_providers.fallback import Fallback as Composers
from philo_tts.ports import Ports as TtsPorts

BEFORE, AFTER, BROKEN, SLOW = 0.03, 0.015, 0.0005, 0.08
"""Shares of all calls: refused for now; done, but the answer is lost; a bug; late."""


class Shaky:
    """Any port, whose calls fail and dawdle."""

    def __init__(self, port: object, dice: random.Random) -> None:
        self.port, self.dice = port, dice

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.port, name)
        return self.shaken(found) if inspect.iscoroutinefunction(found) else found

    def shaken(self, call: Callable[..., Any]) -> Callable[..., Any]:
        async def asked(*about: Any, **named: Any) -> Any:
            if self.dice.random() < SLOW:
                await asyncio.sleep(self.dice.uniform(0.01, 0.1))
            chance = self.dice.random()
            if chance < BROKEN:
                raise RuntimeError("an adapter has a bug")
            if chance < BROKEN + BEFORE:
                raise Passing("an adapter is away")
            answer = await call(*about, **named)
            if chance > 1 - AFTER:
                raise Passing("the answer was lost")
            return answer

        return asked


class Paid:
    """A reader who takes money, whether or not it answers."""

    async def read(self, request: ReadingRequest) -> Reading:
        used = {"input_tokens": float(len(request.text)), "output_tokens": 900.0}
        about = {"provider": "openai", "model": "gpt-4o-mini", "outcome": "answered", "seconds": 0.1}
        await calls.tell(ProviderCall(id=str(uuid7()), service="text", quantities=used, **about))
        return await Cutter().read(request)


def rooms(dice: random.Random) -> dict[str, Room]:
    """What each service is made of. Everything but the ports is as in production."""

    def shaky(port: object) -> Any:
        return Shaky(port, dice)

    hands = RenderPorts(shaky(Idle()), shaky(Nowhere()), Reporter(), Fallback({}))
    voices = TtsPorts(shaky(Speaker()), shaky(Forgetful()), shaky(Silence()), Composers({}), shaky(Nowhere()))
    return {
        "analysis": (
            analysis.LISTENS_TO,
            analysis.HANDLERS,
            analysis.TASKS,
            AnalysisPorts(shaky(Fine()), shaky(Paid()), 0.7),
        ),
        "tts": (tts.LISTENS_TO, tts.HANDLERS, tts.TASKS, voices),
        "render": (render.LISTENS_TO, render.HANDLERS, render.TASKS, hands),
    }


if __name__ == "__main__":
    service = sys.argv[1]
    run(service, rooms(random.Random(f"{service} {os.environ['PHILO_VERIFY_SEED']}"))[service])
