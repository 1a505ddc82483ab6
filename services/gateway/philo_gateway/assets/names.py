"""What an upload is called: as its owner called it, and as it lies in the object store. Pure."""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256

UNSAFE = re.compile(r"[^a-z0-9]+")
LONGEST = 60


def original(sent: str) -> str:
    """The last part of the path that was sent, without what cannot be shown; at most 255 characters."""
    name = re.split(r"[/\\]", sent)[-1]
    return "".join(sign for sign in name if sign.isprintable()).strip()[-255:] or "unnamed"


def stored(name: str, asset: str, ending: str) -> str:
    """Plain letters of the name, a hash that makes it the only one, and the ending of what it really is."""
    stem = unicodedata.normalize("NFKD", name.rpartition(".")[0] or name).lower()
    plain = UNSAFE.sub("-", stem.encode("ascii", "ignore").decode()).strip("-")[:LONGEST].strip("-")
    digest = sha256(f"{asset}\0{name}".encode()).hexdigest()[:16]
    return f"{plain or 'file'}-{digest}{ending}"


def key_of(user: str, filename: str) -> str:
    """Where it lies: names of users stay out of the object store."""
    return f"uploads/{sha256(user.encode()).hexdigest()[:32]}/{filename}"
