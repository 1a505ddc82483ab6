"""What it means when a provider answers with an error."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from philo_render.providers.faults import PictureRefused, PictureRejected, ProviderFailing, ProviderRejected

SILENT = "it does not say why."
Fault = PictureRefused | PictureRejected | ProviderRejected | ProviderFailing


@dataclass(frozen=True)
class Complaint:
    """`status` by HTTP, `codes` for programs, `said` for people, without secrets; `after` in seconds."""

    status: int
    codes: tuple[str, ...]
    said: str
    after: float | None


class Trouble(Enum):
    FORBIDDEN_PICTURE = auto()
    UNFIT_WISH = auto()
    WRONG_KEY = auto()
    NO_CREDIT = auto()
    WRONG_ADDRESS = auto()
    BUSY = auto()
    BROKEN = auto()


_BY_CODE: Final = {
    "content_policy_violation": Trouble.FORBIDDEN_PICTURE,
    "moderation_blocked": Trouble.FORBIDDEN_PICTURE,
    "content_filter": Trouble.FORBIDDEN_PICTURE,
    "content_moderation": Trouble.FORBIDDEN_PICTURE,
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


def trouble_of(complaint: Complaint) -> Trouble:
    """Codes tell more than a status; a redirect leads to another address than the one that was set."""
    for code in complaint.codes:
        if code in _BY_CODE:
            return _BY_CODE[code]
    if complaint.status in _BY_STATUS:
        return _BY_STATUS[complaint.status]
    if complaint.status >= 500:
        return Trouble.BROKEN
    return Trouble.UNFIT_WISH if complaint.status >= 400 else Trouble.WRONG_ADDRESS


def fault_of(complaint: Complaint, who: str, settings: str) -> Fault:
    """In words. `settings` is what the names of the provider's settings begin with: `OPENAI`.

    What is said about a key is never repeated: it may quote it.
    """
    status = complaint.status
    match trouble_of(complaint):
        case Trouble.FORBIDDEN_PICTURE:
            fault: Fault = refused(who, complaint.said)
        case Trouble.UNFIT_WISH:
            fault = PictureRejected(f"{who} cannot paint this scene ({status}): {complaint.said}")
        case Trouble.WRONG_KEY:
            fault = ProviderRejected(f"{who} refused the key ({status}). Check {settings}_API_KEY and what it may do.")
        case Trouble.NO_CREDIT:
            fault = ProviderRejected(
                f"{who} has no credit left for {settings}_API_KEY. Add credit, or choose another maker of pictures."
            )
        case Trouble.WRONG_ADDRESS:
            fault = ProviderRejected(
                f"{who} has no such model or address ({status}). Check {settings}_IMAGE_MODEL and {settings}_BASE_URL."
            )
        case Trouble.BUSY:
            fault = ProviderFailing(f"{who} takes no more requests for now ({status}).", after=complaint.after)
        case Trouble.BROKEN:
            fault = ProviderFailing(f"{who} failed with status {status}.", after=complaint.after)
    return fault


def refused(who: str, said: str) -> PictureRefused:
    return PictureRefused(f"{who} does not paint this scene: {said} Describe it in other words, or give a picture.")
