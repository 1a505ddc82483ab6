"""A Valkey of one test's own, which it may stop."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from philo.stack.valkey import binary


@dataclass
class PrivateValkey:
    port: int
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


@contextmanager
def private_valkey(port: int = 0) -> Iterator[PrivateValkey]:
    """It keeps nothing on disk, and is gone at the end of the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", port))
        port = free.getsockname()[1]
    about = ["--bind", "127.0.0.1", "--port", str(port), "--save", "", "--appendonly", "no", "--dir", "/"]
    with subprocess.Popen([binary(), *about], env={"PATH": os.defpath}, stdout=subprocess.DEVNULL) as process:
        valkey = PrivateValkey(port, process)
        try:
            wait_for(port)
            yield valkey
        finally:
            valkey.stop()


def wait_for(port: int) -> None:
    deadline = time.monotonic() + 10
    while not answers(port):
        if time.monotonic() > deadline:
            raise TimeoutError(f"Valkey does not answer on port {port}")
        time.sleep(0.02)


def answers(port: int) -> bool:
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0
