"""What it means when a provider answers with an error."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final


@dataclass(frozen=True)
class Complaint:
    """`status` by HTTP, `codes` for programs, `said` for people, without secrets; `after` in seconds."""

    status: int
    codes: tuple[str, ...]
    said: str
    after: float | None


@dataclass(frozen=True)
class Party:
    """Who complained: `settings` is what the names of its settings begin with, `model` the one that names its model,
    `instead` what somebody may do who has no credit."""

    who: str
    settings: str
    model: str
    instead: str


class Trouble(Enum):
    FORBIDDEN_WISH = auto()
    UNFIT_WISH = auto()
    WRONG_KEY = auto()
    NO_CREDIT = auto()
    WRONG_ADDRESS = auto()
    BUSY = auto()
    BROKEN = auto()


_BY_CODE: Final = {
    "content_policy_violation": Trouble.FORBIDDEN_WISH,
    "moderation_blocked": Trouble.FORBIDDEN_WISH,
    "content_filter": Trouble.FORBIDDEN_WISH,
    "content_moderation": Trouble.FORBIDDEN_WISH,
    "insufficient_quota": Trouble.NO_CREDIT,
    "billing_hard_limit_reached": Trouble.NO_CREDIT,
    "billing_not_active": Trouble.NO_CREDIT,
    "model_not_found": Trouble.WRONG_ADDRESS,
}
_BY_STATUS: Final = {
    401: Trouble.WRONG_KEY,
    402: Trouble.NO_CREDIT,
    403: Trouble.WRONG_KEY,
    404: Trouble.WRONG_ADDRESS,
    405: Trouble.WRONG_ADDRESS,
    408: Trouble.BUSY,
    409: Trouble.BUSY,
    410: Trouble.WRONG_ADDRESS,
    425: Trouble.BUSY,
    429: Trouble.BUSY,
}


def trouble_of(status: int, codes: tuple[str, ...] = ()) -> Trouble:
    """Codes tell more than a status; a redirect leads to another address than the one that was set."""
    for code in codes:
        if code in _BY_CODE:
            return _BY_CODE[code]
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    if status >= 500:
        return Trouble.BROKEN
    return Trouble.UNFIT_WISH if status >= 400 else Trouble.WRONG_ADDRESS


def account_words(trouble: Trouble, status: int, party: Party) -> str:
    """What is wrong with the account. What is said about a key is never repeated: it may quote it."""
    who, settings = party.who, party.settings
    if trouble is Trouble.WRONG_KEY:
        return f"{who} refused the key ({status}). Check {settings}_API_KEY and what it may do."
    if trouble is Trouble.NO_CREDIT:
        return f"{who} has no credit left for {settings}_API_KEY. Add credit, or {party.instead}."
    return f"{who} has no such model or address ({status}). Check {party.model} and {settings}_BASE_URL."


def passing_words(trouble: Trouble, status: int, party: Party) -> str:
    """What may be gone the next time."""
    if trouble is Trouble.BUSY:
        return f"{party.who} takes no more requests for now ({status})."
    return f"{party.who} failed with status {status}."
