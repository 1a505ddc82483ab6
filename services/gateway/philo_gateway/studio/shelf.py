"""Files of a page, read once: what is not on the shelf is not there, whatever a path looks like."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
}
WORTH_PACKING = 512
"""Bytes. Below that an answer is one packet anyway."""


@dataclass(frozen=True)
class Leaf:
    """One file."""

    content: bytes
    media_type: str

    @cached_property
    def tag(self) -> str:
        """A strong ETag of the unpacked content."""
        return f'"{hashlib.sha256(self.content).hexdigest()[:24]}"'

    @cached_property
    def packed(self) -> bytes | None:
        """The same with gzip, where that is smaller; fonts are packed already."""
        if self.media_type.startswith("font/") or len(self.content) < WORTH_PACKING:
            return None
        return gzip.compress(self.content, 9, mtime=0)


class Shelf:
    """Every file below a folder by its path there. `version` changes with any of them."""

    def __init__(self, folder: Path) -> None:
        paths = sorted(path for path in folder.rglob("*") if path.suffix in TYPES)
        self.leaves = {
            path.relative_to(folder).as_posix(): Leaf(path.read_bytes(), TYPES[path.suffix]) for path in paths
        }
        told = "".join(f"{name}{leaf.tag}" for name, leaf in self.leaves.items())
        self.version = hashlib.sha256(told.encode()).hexdigest()[:12]

    def page(self, name: str) -> Leaf:
        """An HTML file, in which `@version` is the version of its shelf."""
        text = self.leaves[name].content.decode().replace("@version", self.version)
        return Leaf(text.encode(), TYPES[".html"])
