"""What can go wrong with a film, in the words a person needs."""

from __future__ import annotations

import httpx


class FilmError(Exception):
    """The film was not made; the message says why and what to do."""


class Refused(FilmError):
    """The API answered with a problem."""

    def __init__(self, answer: httpx.Response) -> None:
        super().__init__(words_of(answer))
        self.status = answer.status_code


class NotReachable(FilmError):
    def __init__(self, base: str) -> None:
        super().__init__(f"Philo does not answer at {base}. Start it with `philo up`, and look at `philo status`.")


def words_of(answer: httpx.Response) -> str:
    """The problem in one line: what happened, where, and the request's id for the logs."""
    try:
        problem = answer.json()
        parts = "; ".join(f"{part['pointer']}: {part['detail']}" for part in problem.get("errors") or ())
        return f"{problem['detail']}{f' ({parts})' if parts else ''} [request {problem['request_id']}]"
    except (ValueError, KeyError, TypeError):
        return f"the API answered {answer.status_code} {answer.reason_phrase}"
