"""What it means when a provider answers with an error."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

import httpx2

from philo_tts.music_providers.faults import Fault, MusicRefused, ProviderFailing, ProviderRejected

_NUMBER: Final = re.compile(r"\d{1,9}(\.\d{1,9})?")
_LONGEST: Final = 240
_HIDDEN: Final = re.compile(r"\b(?:sk|pk|r8|hf|ct)[-_][\w*.-]{4,}|bearer\s+\S+|https?://\S+", re.IGNORECASE)
"""Keys, also half hidden, and links: they are signed."""
SILENT: Final = "it does not say why."
BUSY: Final = frozenset({408, 409, 425, 429})
NOT_THERE: Final = frozenset({404, 405, 410})


def retry_after(headers: Mapping[str, str], now: datetime | None = None) -> float | None:
    """Seconds from now, by `Retry-After` in either form of RFC 9110, 10.2.3."""
    said = headers.get("retry-after", "").strip()
    if _NUMBER.fullmatch(said):
        return float(said)
    try:
        moment = parsedate_to_datetime(said)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (aware - (now or datetime.now(UTC))).total_seconds())


def quoted(said: str, secret: str) -> str:
    """One line of at most 240 characters, without the key, what looks like one, or a link."""
    hidden = said.replace(secret, "***") if secret else said
    line = " ".join(_HIDDEN.sub("***", hidden).split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"


def complaint_of(answer: httpx2.Response, who: str, settings: str, secret: str) -> Fault:
    """An answer that is no success, in words. `settings` is what the names of the provider's settings begin with.

    What is said about a key is never repeated: it may quote it.
    """
    status, after = answer.status_code, retry_after(answer.headers)
    if status in {401, 403}:
        return ProviderRejected(f"{who} refused the key ({status}). Check {settings}_API_KEY and what it may do.")
    if status == 402:
        return ProviderRejected(f"{who} has no credit left for {settings}_API_KEY. Add credit, or let Philo compose.")
    if status in NOT_THERE or status < 400:
        wrong = f"{settings}_MUSIC_MODEL and {settings}_BASE_URL"
        return ProviderRejected(f"{who} has no such model or address ({status}). Check {wrong}.")
    if status in BUSY:
        return ProviderFailing(f"{who} takes no more orders for now ({status}).", after=after)
    if status >= 500:
        return ProviderFailing(f"{who} failed with status {status}.", after=after)
    return MusicRefused(f"{who} does not compose this ({status}): {quoted(_said(answer.content), secret)}")


def _said(content: bytes) -> str:
    """What an error tells a person, by the names that are usual."""
    try:
        told = json.loads(content)
    except ValueError:  # a proxy's page, say: the status tells enough
        return SILENT
    known = told if isinstance(told, dict) else {}
    return next((said for name in ("detail", "message", "error") if isinstance(said := known.get(name), str)), SILENT)
