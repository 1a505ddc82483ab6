"""Render is killed again and again in the middle of one long film: at most the chunks in work are drawn again."""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from philo.films.api import Json
from philo.stack import Endpoints, Stack
from philo.testing import folder_of_the_run, shared_stack
from tests.chaos.victims import found
from tests.filming import QUIET, elsewhere, filmed, newcomer, unheard

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("chaos")]

FULL = os.environ.get("PHILO_CHAOS") == "full"
SCENES, KILLS = (20, 20) if FULL else (4, 3)
WORKERS = 2


@dataclass(frozen=True)
class Struck:
    """The film in the end, how often render died of what was drawn for it, and how often each chunk was drawn."""

    job: Json
    kills: int
    drawn: Counter[str]


@pytest.fixture(scope="module")
def struck(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Struck]:
    home = folder_of_the_run(tmp_path_factory) / "philo-struck"
    folder = tmp_path_factory.mktemp("struck")
    with shared_stack(home, services=True) as at:
        yield elsewhere(lambda: ordeal(at, home, folder))


async def ordeal(at: Endpoints, home: Path, folder: Path) -> Struck:
    log = home / "logs" / "render.log"
    async with newcomer(at.gateway) as api:
        killing = asyncio.create_task(kill_while_drawing(Stack(home), log))
        film = await filmed(api, script(), QUIET | {"scenes": SCENES}, folder)
        killing.cancel()
    kills = await asyncio.gather(killing, return_exceptions=True)
    done = kills[0] if isinstance(kills[0], int) else 0
    return Struck(film.job, done, Counter(chunks(log)))


def script() -> str:
    told = (f"{unheard()} The fox runs over hill {number}, and looks back once." for number in range(SCENES))
    return "\n\n".join(told)


async def kill_while_drawing(stack: Stack, log: Path) -> int:
    """Each kill waits for at least one more chunk, so that the film gets on. How often it was done."""
    dice = random.Random(4)
    for kill in range(KILLS):
        seen = len(chunks(log))
        while len(chunks(log)) <= seen:  # noqa: ASYNC110 - written by another process
            await asyncio.sleep(0.05)
        await asyncio.sleep(dice.uniform(0, 0.4))
        async with asyncio.timeout(60):
            while (victim := found(stack, "render", dice)) is None:  # noqa: ASYNC110 - in another process
                await asyncio.sleep(0.05)
        os.kill(victim.pid, signal.SIGKILL)
        print(f"render was killed for time {kill + 1}, after {len(chunks(log))} chunks")
    return KILLS


def chunks(log: Path) -> list[str]:
    """The names of all chunks that were drawn, in order. A line that was cut off by the kill tells of none."""
    return [
        json.loads(line)["chunk"]
        for line in log.read_text().splitlines()
        if '"chunk drawn"' in line and line[-1] == "}"
    ]


def test_render_was_killed_as_often_as_was_meant(struck: Struck) -> None:
    assert struck.kills == KILLS


def test_the_film_is_whole_all_the_same(struck: Struck) -> None:
    assert len(struck.job["scenes"]) == SCENES
    assert struck.job["status"] == "completed"


def test_of_a_kill_at_most_the_chunks_in_work_are_drawn_again(struck: Struck) -> None:
    again = sum(struck.drawn.values()) - len(struck.drawn)
    assert again <= WORKERS * KILLS
    assert max(struck.drawn.values()) <= 1 + KILLS
