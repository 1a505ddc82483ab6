"""What a composer says of itself when it answers with an error."""

from __future__ import annotations

import json

import httpx2

from philo_kernel.outgoing.retry_after import retry_after
from philo_kernel.outgoing.troubles import Party, Trouble, account_words, passing_words, trouble_of
from philo_kernel.outgoing.words import SILENT, quoted
from philo_tts.music_providers.faults import Fault, MusicRefused, ProviderFailing, ProviderRejected


def complaint_of(answer: httpx2.Response, who: str, settings: str, secret: str) -> Fault:
    """An answer that is no success, in words. `settings` is what the names of the provider's settings begin with."""
    status, trouble = answer.status_code, trouble_of(answer.status_code)
    party = Party(who, settings, f"{settings}_MUSIC_MODEL", "let Philo compose")
    match trouble:
        case Trouble.BUSY | Trouble.BROKEN:
            fault: Fault = ProviderFailing(passing_words(trouble, status, party), after=retry_after(answer.headers))
        case Trouble.FORBIDDEN_WISH | Trouble.UNFIT_WISH:
            fault = MusicRefused(f"{who} does not compose this ({status}): {quoted(_said(answer.content), secret)}")
        case _:
            fault = ProviderRejected(account_words(trouble, status, party))
    return fault


def _said(content: bytes) -> str:
    """What an error tells a person, by the names that are usual."""
    try:
        told = json.loads(content)
    except ValueError:  # a proxy's page, say: the status tells enough
        return SILENT
    known = told if isinstance(told, dict) else {}
    return next((said for name in ("detail", "message", "error") if isinstance(said := known.get(name), str)), SILENT)
