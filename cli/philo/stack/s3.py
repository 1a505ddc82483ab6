"""The S3 server: ministack's S3 alone, out of its own locked environment in `deploy/local/s3`."""

import os
import shutil
import subprocess
from pathlib import Path

from philo.stack.errors import NotInstalled
from philo.stack.home import Home
from philo.stack.knock import http
from philo.stack.ports import LOOPBACK
from philo.stack.program import Command, Program

CHECKOUT = Path(__file__).resolve().parents[3]
PROJECT = CHECKOUT / "deploy" / "local" / "s3"


def uv() -> str | None:
    """The `uv` that runs us, that is on PATH, or that the checkout brought along."""
    own = CHECKOUT / ".uv" / "bin" / "uv"
    return os.environ.get("UV") or shutil.which("uv") or (str(own) if own.exists() else None)


def install() -> Path:
    """Bring the environment in line with its lock (some milliseconds when it is) and return its Python.

    The server is then executed directly: under `uv run` it would outlive a killed uv and keep the port.
    """
    python = PROJECT / ".venv" / "bin" / "python"
    tool = uv()
    if tool is None:
        if python.exists():
            return python
        raise NotInstalled(
            "uv, which installs the S3 server, is missing. Get it from https://docs.astral.sh/uv, "
            "or run `python3 -m venv .uv && .uv/bin/pip install uv`."
        )
    synced = subprocess.run(  # noqa: S603 - our own words
        [tool, "sync", "--frozen", "--quiet", "--project", str(PROJECT)],
        check=False, capture_output=True, text=True, env=_without_our_environment(),
    )  # fmt: skip
    if synced.returncode != 0 and not python.exists():
        raise NotInstalled(f"uv could not install the S3 server: {synced.stderr.strip()}")
    return python


def program(home: Home, port: int, access_key: str, secret_key: str) -> Program:
    """S3 with its objects on disk under the home."""

    async def ready() -> None:
        await http(port, "/_ministack/health")

    def prepare() -> Command:
        data = home.data("s3")
        settings = {
            "GATEWAY_PORT": str(port),
            "BIND_HOST": LOOPBACK,
            "MINISTACK_HOST": LOOPBACK,
            "SERVICES": "s3",
            "AUTH": "true",
            "AWS_ACCESS_KEY_ID": access_key,
            "AWS_SECRET_ACCESS_KEY": secret_key,
            "S3_PERSIST": "1",
            "S3_DATA_DIR": str(data / "objects"),
            "PERSIST_STATE": "1",
            "STATE_DIR": str(data / "state"),
            # Without these two it opens ports on every interface.
            "IOT_MTLS_ENABLED": "0",
            "SFTP_ENABLED": "0",
            "LOG_LEVEL": "WARNING",
            "PATH": os.environ.get("PATH", os.defpath),
            "TMPDIR": str(data),
        }
        data.mkdir(exist_ok=True)
        return Command((str(install()), "-m", "ministack"), settings)

    return Program(name="s3", port=port, prepare=prepare, ready=ready)


def _without_our_environment() -> dict[str, str]:
    foreign = ("VIRTUAL_ENV", "UV_PROJECT_ENVIRONMENT", "UV_PROJECT", "UV_PYTHON")
    return {name: value for name, value in os.environ.items() if name not in foreign}
