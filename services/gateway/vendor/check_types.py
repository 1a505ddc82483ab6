#!/usr/bin/env python
"""Looks over the types that the page's modules tell in comments, with the pinned compiler. Ends as the compiler does.

The compiler and the packages whose types it reads are fetched once, into `node_modules` beside this file.
"""

from __future__ import annotations

import platform
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

from fetch import archive

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"
TYPED = {"preact", "@preact/signals-core", "@preact/signals", "htm", "hls.js"}


def unpacked(package: dict[str, Any]) -> Path:
    """Where the package lies; fetched when it is not there in this version."""
    place = MODULES / package["name"]
    mark = place / f".{package['version']}"
    if not mark.exists():
        for name, content in archive(package).items():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_bytes(content)
        mark.touch()
    return place


def here() -> str:
    machine = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64"}.get(platform.machine().lower(), platform.machine())
    return f"{sys.platform}-{machine}"


def main() -> int:
    pins = tomllib.loads((HERE / "packages.toml").read_text())
    compiler = next((one for one in pins["compiler"] if one["platform"] == here()), None)
    if compiler is None:
        sys.stderr.write(f"THE TYPES OF THE PAGE ARE NOT LOOKED OVER: no compiler is pinned for {here()}\n")
        return 0
    try:
        for package in pins["package"]:
            if package["name"] in TYPED:
                unpacked(package)
        program = unpacked(compiler) / "lib" / "tsc"
    except OSError as error:
        sys.stderr.write(f"THE TYPES OF THE PAGE ARE NOT LOOKED OVER: {error}\n")
        return 0
    program.chmod(0o755)
    return subprocess.run([program, "--project", HERE / "tsconfig.json"], check=False).returncode  # noqa: S603 -- ours


if __name__ == "__main__":
    sys.exit(main())
