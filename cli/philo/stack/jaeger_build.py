"""Jaeger from its source by Go: some five minutes and 120 MB, once; then it lies in Philo's cache.

`go install` refuses its module because of a `replace` there. So it is built as what another module needs: one that has
the very requirements, and so the very dependencies, that Jaeger's own has.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from philo.stack.errors import NotInstalled, StackError
from philo.stack.home import cache, locked

MODULE = "github.com/jaegertracing/jaeger"
VERSION = "v1.76.0"
"""Of the module; the binary is Jaeger 2.13."""
USUAL = Path("/usr/local/go/bin/go")
WITHOUT = (
    "Jaeger can be had here in none of these ways: JAEGER_ENDPOINT is not set to one that runs, no Docker engine answers, "
    "and there is no Go to build it with (https://go.dev/doc/install)."
)


def cached() -> Path:
    """Where the binary lies once it is built."""
    return cache() / "jaeger" / VERSION / "jaeger"


def go() -> Path | None:
    found = shutil.which("go")
    return Path(found) if found else USUAL if USUAL.exists() else None


def built() -> Path:
    """The binary, built if it is not there yet; two who want it build it once.

    Raises:
        NotInstalled: there is no Go.
        StackError: it could not be built, with the end of what Go said.
    """
    target = cached()
    if target.exists():
        return target
    tool = go()
    if tool is None:
        raise NotInstalled(WITHOUT)
    target.parent.mkdir(parents=True, exist_ok=True)
    with locked(target.parent / "build.lock"):
        if not target.exists():
            with TemporaryDirectory(dir=target.parent, prefix="build-") as folder:
                build(tool, Path(folder)).replace(target)
    return target


def build(tool: Path, folder: Path) -> Path:
    """Download the module, take over its requirements, and build its command."""
    (folder / "go.mod").write_text("module philo.invalid/jaeger\n")
    told = json.loads(run(tool, folder, "mod", "download", "-json", f"{MODULE}@{VERSION}"))
    source = Path(told["Dir"])
    own = re.sub(
        r"^module .*$", "module philo.invalid/jaeger", (source / "go.mod").read_text(), count=1, flags=re.MULTILINE
    )
    (folder / "go.mod").write_text(f"{own}\nrequire {MODULE} {VERSION}\n")
    (folder / "go.sum").write_text((source / "go.sum").read_text())
    run(tool, folder, "build", "-trimpath", "-o", "jaeger", f"{MODULE}/cmd/jaeger")
    return folder / "jaeger"


def run(tool: Path, folder: Path, *arguments: str) -> str:
    settings = os.environ | {"GOFLAGS": "-mod=mod", "GOWORK": "off", "CGO_ENABLED": "0"}
    done = subprocess.run(  # noqa: S603 - our own words
        [tool, *arguments], cwd=folder, env=settings, check=False, capture_output=True, text=True
    )
    if done.returncode:
        end = "".join(f"\n  {line}" for line in done.stderr.splitlines()[-12:])
        raise StackError(f"Jaeger could not be built: `go {arguments[0]}` ended with {done.returncode}.{end}")
    return done.stdout
