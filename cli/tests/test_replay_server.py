"""The server in which a recording is run again: there as long as the replay is, however that ends."""

import asyncio
import subprocess
import sys
from pathlib import Path

import asyncpg
import pytest

from philo.replay.run_databases import throwaway_server

pytestmark = pytest.mark.heavy

HOLD = """
import sys
from philo.replay.run_databases import throwaway_server
with throwaway_server() as url:
    print(url, flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)


async def answers(url: str) -> bool:
    try:
        connection = await asyncpg.connect(url)
    except (OSError, asyncpg.PostgresError):
        return False
    await connection.close()
    return True


def left(folder: Path) -> list[Path]:
    return list(folder.glob("philo-replay-*"))


async def gone(url: str, folder: Path) -> None:
    """The limit only keeps a broken test from hanging."""
    async with asyncio.timeout(60):
        while await answers(url) or left(folder):  # noqa: ASYNC110 - the condition lies in another process
            await asyncio.sleep(0.05)


def test_a_server_is_there_in_the_block_and_gone_with_its_data_afterwards(tmp_path: Path):
    with throwaway_server() as url:
        assert asyncio.run(answers(url))
        assert left(tmp_path)
    assert not asyncio.run(answers(url))
    assert not left(tmp_path)


def test_a_server_whose_replay_was_killed_ends_by_itself_and_leaves_no_data(tmp_path: Path):
    holder = subprocess.Popen([sys.executable, "-c", HOLD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with holder:
        assert holder.stdout
        url = holder.stdout.readline().strip()
        assert asyncio.run(answers(url))
        holder.kill()
    asyncio.run(gone(url, tmp_path))
