"""What is done is about somebody's job, and happens for some fact: handed down from span to span, recorded or not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from opentelemetry.context import Context, create_key, get_value, set_value

KEY = create_key("philo-subject")
NOTHING: Mapping[str, str] = {}


def subject(context: Context | None = None) -> Mapping[str, str]:
    """`correlation_id` (the job, or the user or thing) and `causation_id` (the fact), as far as they are known here."""
    return cast("Mapping[str, str]", get_value(KEY, context) or NOTHING)


def concerning(context: Context, correlation: str | None, causation: str | None) -> Context:
    """What is not given is what it was."""
    given = {"correlation_id": correlation, "causation_id": causation}
    known = {name: value for name, value in given.items() if value}
    return set_value(KEY, {**subject(context), **known}, context) if known else context
