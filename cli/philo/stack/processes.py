"""Processes that outlive whoever started them: how to know one again, and how to end it."""

import contextlib
import os
import signal
import time

import psutil  # type: ignore[import-untyped]  # its types are a package of their own


def started(pid: int) -> float | None:
    """When the process was started (seconds since 1970), or None where it is gone.

    Pid and start together name one process for good.
    """
    try:
        process = psutil.Process(pid)
        return None if process.status() == psutil.STATUS_ZOMBIE else float(process.create_time())
    except psutil.NoSuchProcess:
        return None


def is_same(pid: int, start: float) -> bool:
    """Whether `pid` still is the process that was started at `start`, and not another one that got its number."""
    now = started(pid)
    return now is not None and abs(now - start) < 0.05


def has_argument(pid: int, argument: str) -> bool:
    """Whether `pid` is a living process that was started with exactly this argument."""
    try:
        return argument in psutil.Process(pid).cmdline()  # of a zombie there are none
    except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
        return False


def end(pid: int, start: float, stop_signal: signal.Signals, grace: float) -> None:
    """Ask a process to stop; after `grace` seconds end it and everything in its group."""
    if not is_same(pid, start):
        return
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, stop_signal)
    deadline = time.monotonic() + grace
    while is_same(pid, start):
        if time.monotonic() > deadline:
            end_group(pid)
        time.sleep(0.02)
    end_group(pid)


def end_group(leader: int) -> None:
    """Kill what is left of the group that `leader` leads or led."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)
