#!/usr/bin/env python
"""Lays what the pages are made with onto their shelves: files out of npm archives, a sprite of icons, licences, a lock.

Archives are checked against the sums in `packages.toml`. Run it after a version or the icons of the page have changed.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import re
import sys
import tarfile
import tomllib
import urllib.request
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).parent
STUDIO = HERE.parent / "philo_gateway" / "studio"
REGISTRY = os.environ.get("NPM_CONFIG_REGISTRY", "").rstrip("/")
STROKE = 'stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"'
DRAWN = f'viewBox="0 0 24 24" fill="none" {STROKE}'


class Laid(NamedTuple):
    """A file of ours, what package it came from, and the sum that it has to have."""

    file: str
    package: str
    version: str
    licence: str
    sha256: str


def archive(package: dict[str, Any]) -> dict[str, bytes]:
    """The files of a package by their paths in it.

    Raises `ValueError` when it is not what was pinned, `OSError` when the registry is not told or does not answer.
    """
    if not REGISTRY:
        raise OSError("NPM_CONFIG_REGISTRY does not say where packages come from")
    name, version = package["name"], package["version"]
    url = f"{REGISTRY}/{name}/-/{name.rpartition('/')[2]}-{version}.tgz"
    with urllib.request.urlopen(url, timeout=120) as answer:  # noqa: S310 -- the registry's own address
        packed = answer.read()
    kind, _, wanted = package["integrity"].partition("-")
    if base64.b64encode(hashlib.new(kind, packed).digest()).decode() != wanted:
        raise ValueError(f"{url} is not what packages.toml pins")
    with tarfile.open(fileobj=io.BytesIO(packed)) as opened:
        files = [one for one in opened if one.isfile()]
        return {one.name.partition("/")[2]: read(opened, one) for one in files}


def read(opened: tarfile.TarFile, one: tarfile.TarInfo) -> bytes:
    stream = opened.extractfile(one)
    return stream.read() if stream else b""


def lay(package: dict[str, Any], name: str, content: bytes) -> Laid:
    """Write one file onto its shelf. References to maps that are not laid beside it are left out."""
    shelf = STUDIO / package["shelf"]
    shelf.mkdir(parents=True, exist_ok=True)
    for theirs, ours in package.get("instead", {}).items():
        content = replaced(content, theirs.encode(), ours.encode())
    content = re.sub(rb"\n?(?://# sourceMappingURL=\S+|/\*# sourceMappingURL=\S+ ?\*/)\s*$", b"\n", content)
    (shelf / name).write_bytes(content)
    sha256 = hashlib.sha256(content).hexdigest()
    return Laid(f"{package['shelf']}/{name}", package["name"], package["version"], package["licence"], sha256)


def replaced(content: bytes, theirs: bytes, ours: bytes) -> bytes:
    """Raises `ValueError` where it is not there any more: then look what the package does now."""
    if theirs not in content:
        raise ValueError(f"{theirs.decode()} is not in the package")
    return content.replace(theirs, ours)


def licence(package: dict[str, Any], files: dict[str, bytes]) -> None:
    text = next((files[name] for name in files if re.fullmatch(r"LICEN[CS]E(\.md|\.txt)?", name, re.IGNORECASE)), None)
    if text is None:
        raise ValueError(f"{package['name']} has no licence file")
    slug = package["name"].replace("@", "").replace("/", "-")
    (STUDIO / package["shelf"] / f"LICENCE.{slug}.txt").write_bytes(text)


def sprite(names: list[str], files: dict[str, bytes]) -> bytes:
    """The icons that the page shows, in one file."""
    symbols = "".join(symbol(name, files) for name in names)
    return f'<svg xmlns="http://www.w3.org/2000/svg">{symbols}</svg>\n'.encode()


def symbol(name: str, files: dict[str, bytes]) -> str:
    drawn = re.sub(r"\s*\n\s*", "", files[f"icons/{name}.svg"].decode())
    inner = drawn[drawn.index(">", drawn.index("<svg")) + 1 : drawn.rindex("</svg>")]
    return f'<symbol id="{name}" {DRAWN}>{inner}</symbol>'


def main() -> None:
    pins = tomllib.loads((HERE / "packages.toml").read_text())
    laid: list[Laid] = []
    for package in pins["package"]:
        files = archive(package)
        laid += [lay(package, name, files[path]) for path, name in package["files"].items()]
        licence(package, files)
    icons, files = pins["icons"], archive(pins["icons"])
    laid.append(lay(icons, icons["file"], sprite(icons["names"], files)))
    licence(icons, files)
    lock = json.dumps([one._asdict() for one in sorted(laid)], indent=1)
    (STUDIO / "vendor.lock.json").write_text(f"{lock}\n")
    sys.stdout.write(f"{len(laid)} files\n")


if __name__ == "__main__":
    main()
