"""The keeper, on programs of a few lines."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import psutil
import pytest

from philo.stack import StackError, State, ports
from philo.stack.home import Home
from philo.stack.keeper import Keeper
from philo.stack.ports import LOOPBACK
from philo.stack.program import Command, Program

pytestmark = pytest.mark.heavy
LISTEN = """
import os, socket, subprocess, sys, time
server = socket.create_server(("127.0.0.1", int(sys.argv[1])))
child = subprocess.Popen(["sleep", "600"])
open("child", "w").write(str(child.pid))
print("listening", flush=True)
while True: server.accept()[0].close()
"""
STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + LISTEN
Start = Callable[..., Keeper]


@pytest.fixture
async def start(tmp_path: Path) -> AsyncIterator[Start]:
    home = Home(tmp_path / "home")
    home.create()
    keepers: list[Keeper] = []

    def begin(code: str, port: int | None = None, **settings: float) -> Keeper:
        at = port or ports.choose(None, set())

        async def ready() -> None:
            (await asyncio.open_connection(LOOPBACK, at))[1].close()

        command = Command((sys.executable, "-S", "-c", code, str(at)), {"PATH": os.defpath})
        keeper = Keeper(Program("part", at, lambda: command, ready, **settings), home, lambda: None)
        keepers.append(keeper)
        keeper.start()
        return keeper

    yield begin
    for keeper in keepers:
        await keeper.stop()


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110 - a process's end is nobody's event
            await asyncio.sleep(0.01)


async def test_a_killed_program_is_started_again(start: Start) -> None:
    keeper = start(LISTEN)
    await keeper.settled()
    first = keeper.row.pid
    os.kill(first, signal.SIGKILL)
    await until(lambda: keeper.row.state is State.READY and keeper.row.pid != first)
    assert keeper.row.restarts == 1


async def test_what_a_killed_program_started_does_not_outlive_it(start: Start, tmp_path: Path) -> None:
    keeper = start(LISTEN)
    await keeper.settled()
    note = tmp_path / "home" / "child"
    await until(lambda: note.exists() and bool(note.read_text()))
    child = psutil.Process(int(note.read_text()))
    os.kill(keeper.row.pid, signal.SIGKILL)
    await until(lambda: not child.is_running() or child.status() == psutil.STATUS_ZOMBIE)


async def test_a_program_that_ends_at_once_fails_with_the_end_of_its_log(start: Start) -> None:
    keeper = start("raise SystemExit('the moon is full')")
    with pytest.raises(StackError, match=r"part did not come up: it ended with 1[\s\S]*the moon is full"):
        await keeper.settled()


async def test_a_program_that_stays_silent_fails(start: Start) -> None:
    keeper = start("import time; time.sleep(600)", patience=0.05)
    with pytest.raises(StackError, match="no answer within"):
        await keeper.settled()


async def test_a_failed_program_is_tried_again_when_it_is_asked_for(start: Start, tmp_path: Path) -> None:
    keeper = start(f"import os\nif not os.path.exists({str(tmp_path / 'cure')!r}): raise SystemExit(1)\n{LISTEN}")
    with pytest.raises(StackError):
        await keeper.settled()
    (tmp_path / "cure").touch()
    keeper.start()
    await keeper.settled()
    assert keeper.row.state is State.READY


async def test_a_port_that_a_stranger_took_is_said_in_words(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("philo.stack.probe.PORT_FREE_WITHIN", 0.05)
    with socket.create_server((LOOPBACK, 0)) as stranger:
        keeper = start(LISTEN, port=stranger.getsockname()[1])
        with pytest.raises(StackError, match="was taken by another program"):
            await keeper.settled()


async def test_a_program_that_does_not_stop_is_ended_firmly(start: Start) -> None:
    keeper = start(STUBBORN, grace=0.1)
    await keeper.settled()
    process = psutil.Process(keeper.row.pid)
    await keeper.stop()
    assert not process.is_running()
    assert keeper.row.state is State.STOPPED
