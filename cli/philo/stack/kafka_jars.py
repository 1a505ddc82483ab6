"""Kafka's jars from Maven Central: 45 MB, once; then they lie in Philo's cache.

They are fetched beside their place and moved there whole. What Maven keeps is not looked at: of a file that somebody
else is just fetching, or of which a crash left half, it cannot be seen that it is not whole.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from philo.stack.errors import NotInstalled
from philo.stack.home import cache, locked

VERSION = "4.1.1"
ARTIFACTS = f"org.apache.kafka:kafka_2.13:{VERSION}+org.slf4j:slf4j-simple:1.7.36"


def cached() -> Path:
    """The folder of the jars, once they are there."""
    return cache() / "kafka" / ARTIFACTS.replace(":", "_")


def jars() -> list[Path]:
    """Every jar of the broker, fetched if they are not there yet; two who want them fetch them once.

    Raises:
        NotInstalled: they could not be had.
    """
    target = cached()
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        with locked(target.parent / "fetch.lock"):
            if not target.exists():
                for abandoned in target.parent.glob("fetch-*"):  # by those who were killed: the lock is ours
                    shutil.rmtree(abandoned)
                with TemporaryDirectory(dir=target.parent, prefix="fetch-") as folder:
                    gathered(Path(folder)).replace(target)
    return sorted(target.glob("*.jar"))


def gathered(folder: Path) -> Path:
    """All of them side by side: jgo sorts modular ones into a second folder, and the broker wants all on one path."""
    together = folder / "together"
    together.mkdir()
    try:
        found = fetched(folder)
    except Exception as error:  # jgo and requests raise many kinds; all mean the same to the reader
        raise NotInstalled(
            f"Kafka {VERSION} could not be had from Maven Central ({type(error).__name__}: {error}). "
            "Check the network, or set KAFKA_BOOTSTRAP_SERVERS to a broker that runs already."
        ) from error
    for jar in found:
        jar.replace(together / jar.name)
    return together


def fetched(folder: Path) -> list[Path]:
    # Imported here: most starts do without, and it takes 0.3 s.
    from jgo.env import EnvironmentBuilder  # noqa: PLC0415
    from jgo.maven import MavenContext, PythonResolver  # noqa: PLC0415

    context = MavenContext(resolver=PythonResolver(), repo_cache=folder / "maven", timeout=60)
    return EnvironmentBuilder(context, cache_dir=folder / "jgo").from_endpoint(ARTIFACTS).all_jars
