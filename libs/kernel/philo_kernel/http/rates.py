"""How often something may be done, and how that is told (RateLimit header fields for HTTP, IETF httpapi draft)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

WRITTEN = re.compile(r"([1-9]\d{0,8})/([1-9]\d{0,5})", re.ASCII)
OFF = "off"


@dataclass(frozen=True)
class Rate:
    """`quota` requests at once at the most, and as many again spread evenly over every `window` seconds.

    As a setting it is written `600/60`, or `off` for no limit, which is false.
    """

    quota: int = 0
    window: int = 0

    def __bool__(self) -> bool:
        return self.quota > 0

    def __str__(self) -> str:
        return f"{self.quota}/{self.window}" if self else OFF

    @classmethod
    def of(cls, written: object) -> Rate:
        """Raises `ValueError` in words."""
        if isinstance(written, Rate):
            return written
        text = str(written).strip().lower()
        if text == OFF:
            return cls()
        if match := WRITTEN.fullmatch(text):
            return cls(int(match[1]), int(match[2]))
        raise ValueError("is written as requests/seconds, such as 600/60, or off")

    @classmethod
    def __get_pydantic_core_schema__(cls, source: type, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(cls.of)


@dataclass(frozen=True)
class Bucket:
    """What a request is counted against: a rate under a name that clients see, of one user or address."""

    name: str
    rate: Rate
    key: str


@dataclass(frozen=True)
class Finding:
    """What is left of a bucket; `wait` is the seconds until one more is allowed, `reset` until it is full again."""

    bucket: Bucket
    left: int
    reset: float
    wait: float = 0.0


def fields(findings: Sequence[Finding]) -> dict[str, str]:
    """The headers that tell a client how much it may still ask."""
    policies = [f'"{one.bucket.name}";q={one.bucket.rate.quota};w={one.bucket.rate.window}' for one in findings]
    lefts = [f'"{one.bucket.name}";r={one.left};t={ceil(one.reset)}' for one in findings]
    return {"RateLimit-Policy": ", ".join(policies), "RateLimit": ", ".join(lefts)} if findings else {}
