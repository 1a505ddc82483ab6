"""How much is too much: limits as they are written in settings, and the arithmetic of what is left of one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated

from pydantic import TypeAdapter, model_validator
from pydantic.dataclasses import dataclass
from pydantic_settings import NoDecode

DURATION: TypeAdapter[timedelta] = TypeAdapter(timedelta)


@dataclass(frozen=True)
class Limit:
    """`count` at once, and after that one whenever a `count`-th of `per` has passed (the GCRA of ATM networks)."""

    count: int
    per: timedelta

    @model_validator(mode="before")
    @classmethod
    def _written(cls, given: object) -> object:
        return read(given) if isinstance(given, str) else given

    @property
    def step(self) -> timedelta:
        return self.per // self.count

    @property
    def span(self) -> timedelta:
        """How far ahead of now what was taken may reach."""
        return self.step * self.count

    def wait(self, free_at: datetime, now: datetime) -> timedelta:
        """How long until one more can be taken, when all will have come back at `free_at`."""
        return max(free_at + self.step - self.span - now, timedelta())


WrittenLimit = Annotated[Limit, NoDecode]
"""As a setting has it: a text that is no JSON."""


def read(text: str) -> dict[str, int | timedelta]:
    """`5/PT1H` is five an hour. Raises `ValueError` in words."""
    written, _, per = text.partition("/")
    try:
        count, lasts = int(written), DURATION.validate_python(per)
    except ValueError as error:  # pydantic's are such as well
        raise ValueError("is a number, a slash and an ISO 8601 duration, such as 5/PT1H") from error
    if count < 1 or lasts <= timedelta():
        raise ValueError("needs a number of at least 1 and a duration that is not nothing")
    return {"count": count, "per": lasts}
