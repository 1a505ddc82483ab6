"""What every fact has in common."""

from __future__ import annotations

from typing import ClassVar

from pydantic import BaseModel, ConfigDict

KNOWN: dict[str, type[Event]] = {}
"""Every fact by its type on the wire, filled as the modules of this package are imported."""


class Event(BaseModel):
    """A fact in the past tense. Its class name is its type on the wire; `source` is the one service that says it."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    schema_version: ClassVar[int] = 1
    source: ClassVar[str] = ""
    progress: ClassVar[bool] = False
    """True for news on the way to a result: saying it twice, or not at all, changes nothing."""

    def __init_subclass__(cls, *, source: str | None = None, **_: object) -> None:
        if source is not None:
            cls.source = source
        KNOWN[cls.__name__] = cls

    @property
    def own_stream(self) -> str | None:
        """Where it stands by itself, once, whatever becomes of the work that says it. None: with that work's effect."""
        return None

    @property
    def belongs_to(self) -> str:
        """What the fact is about, and the Kafka key that keeps its order: the job, else the user."""
        key: str | None = getattr(self, "job", None) or self.tenant
        if not key:
            raise TypeError(f"{type(self).__name__} belongs to nobody: give it a job or a user")
        return key

    @property
    def tenant(self) -> str | None:
        """The user whose fact this is, where the fact itself knows."""
        user: str | None = getattr(self, "user", None)
        return user
