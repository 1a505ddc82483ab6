"""What a page of ours may load: its own origin's, and nothing that stands in its text but the import map."""

from __future__ import annotations

import base64
import hashlib
import re

INLINE = re.compile(r"<script type=\"importmap\">(.*?)</script>", re.DOTALL)


def studio(text: str) -> str:
    """The Content-Security-Policy of the studio. An import map has to be inline, and is allowed by its sum (CSP 3)."""
    sums = " ".join(f"'sha256-{digest(one)}'" for one in INLINE.findall(text))
    return policy(script=f"'self' {sums}".strip(), style="'self'", picture="'self' blob:", media="'self' blob:")


def reference() -> str:
    """That of the API's pages, whose libraries write their own styles."""
    return policy(script="'self'", style="'self' 'unsafe-inline'", picture="'self' data:", media="'none'")


def policy(*, script: str, style: str, picture: str, media: str) -> str:
    parts = {
        "default-src": "'none'",
        "script-src": script,
        "style-src": style,
        "img-src": picture,
        "media-src": media,
        "font-src": "'self'",
        "connect-src": "'self'",
        "worker-src": "'self' blob:",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {allowed}" for name, allowed in parts.items())


def digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
