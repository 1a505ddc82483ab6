"""How a span that failed says why."""

from __future__ import annotations

import asyncio

from opentelemetry.trace import Span, StatusCode, get_current_span

from philo_kernel.redaction import redacted

LONGEST = 2_000
"""Characters of an error's words, and of any other."""


def failed(why: BaseException | str) -> None:
    """What is on has failed, though nobody raises."""
    span = get_current_span()
    if isinstance(why, BaseException):
        broken_off(span, why)
    elif span.is_recording():
        span.set_status(StatusCode.ERROR, words(why))


def broken_off(span: Span, error: BaseException) -> None:
    """An error is a failure; being cancelled, or ended with the process, only happens.

    `record_exception` would tell the stack as well, with whatever stands in its lines: that lies in the log.
    """
    if not span.is_recording():
        return
    if isinstance(error, asyncio.CancelledError):
        span.add_event("cancelled")
    elif isinstance(error, Exception):
        told = {"exception.type": type(error).__qualname__, "exception.message": words(str(error))}
        span.add_event("exception", told)
        span.set_status(StatusCode.ERROR, words(str(error) or type(error).__name__))


def words(of_an_error: str) -> str:
    """Fit to be read by others: without secrets, not endless, and nothing that no collector could decode."""
    return redacted(of_an_error)[:LONGEST].encode(errors="replace").decode()
