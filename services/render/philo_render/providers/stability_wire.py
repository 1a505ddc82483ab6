"""The wire of Stability's Stable Image: a form out, bytes and faults in."""

from __future__ import annotations

import httpx2
from pydantic import BaseModel, ConfigDict, ValidationError

from philo_kernel.outgoing.retry_after import retry_after
from philo_kernel.outgoing.troubles import Complaint
from philo_kernel.outgoing.words import SILENT, quoted
from philo_render.providers.complaints import Fault, fault_of, refused

WHO = "Stability"
_SEEDS = 4_294_967_294


class Told(BaseModel):
    """What every answer but a picture says: `name` for programs, `errors` for people."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    name: str = ""
    errors: tuple[str, ...] = ()


def form_of(fields: dict[str, str | int]) -> dict[str, tuple[None, str]]:
    """Parts of a multipart form without files."""
    return {name: (None, str(value)) for name, value in fields.items()}


def seed_of(seed: int) -> int:
    """From 1 up: zero asks for a different picture every time."""
    return seed % _SEEDS + 1


def fault_in(answer: httpx2.Response, secret: str) -> Fault | None:
    """Why this is no picture; None if it may be one."""
    if answer.status_code == 200:
        withheld = answer.headers.get("finish-reason", "").upper() == "CONTENT_FILTERED"
        return refused(WHO, "its filter held the picture back.") if withheld else None
    told = _told(answer.content)
    said = quoted(" ".join(told.errors) or SILENT, secret)
    complaint = Complaint(answer.status_code, (told.name,), said, retry_after(answer.headers))
    return fault_of(complaint, WHO, "STABILITY")


def _told(content: bytes) -> Told:
    try:
        return Told.model_validate_json(content)
    except ValidationError:  # a proxy's page, say: the status tells enough
        return Told()
