"""Versions of things: `ETag`, `If-Match` and `If-None-Match` (RFC 9110, sections 8.8.3 and 13.1)."""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import Annotated, Any

from fastapi import Header, Response

from .problems import PreconditionFailed, PreconditionRequired

TAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"')
IfMatch = Annotated[str | None, Header(alias="If-Match", description="The ETag of what was read.")]
IfNoneMatch = Annotated[str | None, Header(alias="If-None-Match", description="The ETag of what you have.")]
UNCHANGED: dict[int | str, dict[str, Any]] = {304: {"description": "It is as you have it."}}
"""For `responses` of a route that takes `If-None-Match`."""


def tag_of(version: int) -> str:
    """The ETag of a thing that counts its changes."""
    return f'"{version}"'


def tag_of_content(content: bytes) -> str:
    """A weak ETag: equal for answers that say the same, though not to the byte."""
    return f'W/"{blake2b(content, digest_size=12).hexdigest()}"'


def not_stale(if_match: str | None, tag: str, *, missing: str, stale: str) -> None:
    """Raises `PreconditionRequired` with the words `missing`, or `PreconditionFailed` with `stale`.

    Several tags may be sent, and one of them has to be it; a weak one (`W/"1"`) never is.
    """
    if if_match is None:
        raise PreconditionRequired(missing, errors=[("header/if-match", missing)])
    if if_match.strip() != "*" and tag not in TAG.findall(if_match):
        raise PreconditionFailed(stale)


def known(if_none_match: str | None, tag: str) -> Response | None:
    """304 for who has it already, told weakly; none for everybody else."""
    if if_none_match is None:
        return None
    theirs = {one.removeprefix("W/") for one in TAG.findall(if_none_match)}
    if if_none_match.strip() != "*" and tag.removeprefix("W/") not in theirs:
        return None
    return Response(status_code=304, headers={"ETag": tag})
