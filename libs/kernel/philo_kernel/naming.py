"""Names of objects, made of what went into them."""

from __future__ import annotations

import hashlib


def address(kind: str, *parts: str, suffix: str) -> str:
    """A name made of everything that went into the thing: equal work has an equal name and is done once."""
    digest = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
    return f"{kind}/{digest[:2]}/{digest}{suffix}"
