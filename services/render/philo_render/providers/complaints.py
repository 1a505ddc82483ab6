"""What a maker of pictures says of itself when it answers with an error."""

from __future__ import annotations

from philo_kernel.outgoing.troubles import Complaint, Party, Trouble, account_words, passing_words, trouble_of
from philo_render.providers.faults import PictureRefused, PictureRejected, ProviderFailing, ProviderRejected

Fault = PictureRefused | PictureRejected | ProviderRejected | ProviderFailing


def fault_of(complaint: Complaint, who: str, settings: str) -> Fault:
    """In words. `settings` is what the names of the provider's settings begin with: `OPENAI`."""
    status, trouble = complaint.status, trouble_of(complaint.status, complaint.codes)
    party = Party(who, settings, f"{settings}_IMAGE_MODEL", "choose another maker of pictures")
    match trouble:
        case Trouble.FORBIDDEN_WISH:
            fault: Fault = refused(who, complaint.said)
        case Trouble.UNFIT_WISH:
            fault = PictureRejected(f"{who} cannot paint this scene ({status}): {complaint.said}")
        case Trouble.BUSY | Trouble.BROKEN:
            fault = ProviderFailing(passing_words(trouble, status, party), after=complaint.after)
        case _:
            fault = ProviderRejected(account_words(trouble, status, party))
    return fault


def refused(who: str, said: str) -> PictureRefused:
    return PictureRefused(f"{who} does not paint this scene: {said} Describe it in other words, or give a picture.")
