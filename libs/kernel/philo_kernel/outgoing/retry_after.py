"""How long a provider asks to be left alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_NUMBER = re.compile(r"\d{1,9}(\.\d{1,9})?")


def retry_after(headers: Mapping[str, str], now: datetime | None = None) -> float | None:
    """Seconds from now, by `retry-after-ms` or by `Retry-After` in either form of RFC 9110, 10.2.3."""
    if _NUMBER.fullmatch(said := headers.get("retry-after-ms", "").strip()):
        return float(said) / 1000
    if _NUMBER.fullmatch(said := headers.get("retry-after", "").strip()):
        return float(said)
    try:
        moment = parsedate_to_datetime(said)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (aware - (now or datetime.now(UTC))).total_seconds())
