"""Scratch folders: gone with their work, and with the process that held them."""

import os
import subprocess
import sys

import pytest

from philo_render.tasks import scratch
from philo_render.tasks.scratch import scratch_folder, sweep

KILLED = """
import asyncio, os, pathlib, signal, sys
from philo_render.tasks.scratch import scratch_folder
async def work():
    async with scratch_folder(pathlib.Path(sys.argv[1])) as folder:
        (folder / "film.mp4").write_bytes(b"half a film")
        os.kill(os.getpid(), signal.SIGKILL)
asyncio.run(work())
"""


@pytest.fixture(autouse=True)
def made_long_ago(monkeypatch) -> None:
    monkeypatch.setattr(scratch, "NEW", -1.0)


async def test_a_folder_is_gone_with_its_work(tmp_path):
    async with scratch_folder(tmp_path) as folder:
        (folder / "part").write_bytes(b"part")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.heavy
async def test_what_a_killed_process_has_left_is_removed_by_the_next(tmp_path):
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False)  # noqa: ASYNC221 - our own words
    [left] = tmp_path.iterdir()
    assert (left / "film.mp4").exists()
    await sweep(tmp_path)
    assert list(tmp_path.iterdir()) == []


async def test_what_somebody_works_on_and_what_is_not_ours_stays(tmp_path):
    (tmp_path / "other").mkdir()
    async with scratch_folder(tmp_path) as folder:
        await sweep(tmp_path)
        assert sorted(tmp_path.iterdir()) == sorted([folder, tmp_path / "other"])


async def test_a_folder_that_was_just_made_and_is_not_held_yet_stays(tmp_path, monkeypatch):
    monkeypatch.setattr(scratch, "NEW", 60.0)
    os.mkdir(tmp_path / f"{scratch.PREFIX}new")  # noqa: PTH102
    await sweep(tmp_path)
    assert len(list(tmp_path.iterdir())) == 1
