"""What a webhook is told of and may be, how a delivery is signed, and when it is tried again. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal
from urllib.parse import SplitResult, urlsplit

import orjson
from standardwebhooks import Webhook

from philo_contracts.events import (
    Event,
    FilmRevised,
    JobCancelled,
    JobCompleted,
    JobFailed,
    JobRefused,
    JobRequested,
    JobStarted,
)
from philo_contracts.job import Job
from philo_contracts.resource import shown
from philo_kernel.outgoing.addresses import is_local
from philo_notify.domain import UNSAID, moment

EventName = Literal["job.created", "job.started", "job.completed", "job.failed", "job.cancelled"]
State = Literal["waiting", "delivered", "failed"]

EVENTS: Final[dict[type[Event], EventName]] = {
    JobRequested: "job.created",
    JobStarted: "job.started",
    JobCompleted: "job.completed",
    FilmRevised: "job.completed",
    JobFailed: "job.failed",
    JobRefused: "job.failed",
    JobCancelled: "job.cancelled",
}
"""The transitions that a webhook can be told of."""
TEST: Final = "webhook.test"

RESTS: Final = tuple(
    timedelta(seconds=seconds) for seconds in (5, 30, 120, 600, 1800, 3600, 2 * 3600, 4 * 3600, 6 * 3600, 9 * 3600)
)
"""Between two attempts: some twenty-four hours together."""
SPREAD: Final = 0.2
"""A rest is longer or shorter by up to this share, so that those who failed together do not come back together."""
GONE: Final = 410
"""A receiver that wants nothing more says so (Standard Webhooks)."""
OLD_SECRET_LASTS: Final = timedelta(hours=24)
LONGEST_URL: Final = 2_000


@dataclass(frozen=True)
class Answer:
    """How one attempt ended. Without a `status` there was no answer, and `error` says why. `text` is how it began."""

    milliseconds: int
    status: int | None = None
    text: str = ""
    error: str | None = None

    @property
    def taken(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


@dataclass(frozen=True)
class Verdict:
    """What follows from an attempt. `rest` is how long until the next one; none if there is none."""

    state: State
    rest: timedelta | None = None
    pause: str | None = None
    """Why its receiver is left alone from now on."""


def verdict(answer: Answer, attempts: int, rests: Sequence[timedelta], chance: float) -> Verdict:
    """After so many attempts, this one counted. `chance` is a number from 0 to 1."""
    if answer.taken:
        return Verdict("delivered")
    if answer.status == GONE:
        return Verdict("failed", pause="Its receiver answered 410: it wants nothing more.")
    if attempts > len(rests):
        return Verdict("failed", pause=f"Nothing was taken for a day. The last attempt: {reason(answer)}")
    return Verdict("waiting", rest=rests[attempts - 1] * (1 - SPREAD + 2 * SPREAD * chance))


def reason(answer: Answer) -> str:
    return answer.error or f"The receiver answered with status {answer.status}."


def job_payload(event: str, at: datetime, job: Job) -> str:
    """The body of a delivery: a job without its words, which `GET /jobs/{id}` has."""
    told = shown(job.model_copy(update={"script": None})).model_dump_json(exclude=UNSAID)
    return f'{{"type":"{event}","timestamp":"{moment(at)}","data":{told}}}'


def trial_payload(at: datetime, webhook: str) -> str:
    return orjson.dumps({"type": TEST, "timestamp": moment(at), "data": {"webhook_id": webhook}}).decode()


def signed(delivery: str, at: datetime, body: str, secrets: Sequence[str]) -> dict[str, str]:
    """The headers of Standard Webhooks, with one signature a secret."""
    at = at.astimezone(UTC)
    return {
        "webhook-id": delivery,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(Webhook(secret).sign(delivery, at, body) for secret in secrets),
    }


def unfit(url: str, *, loopback: bool) -> str | None:
    """What is wrong with an address as it is written; where its name leads is seen when it is gone to."""
    if len(url) > LONGEST_URL or not url.isascii() or not url.isprintable() or " " in url:
        return f"Write it with at most {LONGEST_URL} plain characters, other ones percent-encoded."
    try:
        parts = urlsplit(url)
        strange = parts.scheme not in {"https", "http"} or not parts.hostname or parts.port == 0
    except ValueError:
        strange = True
    return "Write a URL such as https://example.com/philo." if strange else unwelcome(parts, loopback=loopback)


def unwelcome(parts: SplitResult, *, loopback: bool) -> str | None:
    """What is wrong with where an address leads, as far as it tells."""
    if parts.username is not None or parts.password is not None or parts.fragment:
        return "Leave out names, passwords and what follows a #. Deliveries are signed."
    host = parts.hostname or ""
    if loopback and is_loopback(host):
        return None
    if parts.scheme != "https":
        return "Only https is spoken to receivers."
    return "Philo goes to public addresses only." if is_local(host) else None


def is_loopback(host: str) -> bool:
    """By its name alone."""
    return host in {"localhost", "::1"} or (host.startswith("127.") and host.replace(".", "").isdigit())


def headers_of(
    delivery: str, at: datetime, body: str, secrets: Sequence[str], trace: Mapping[str, str]
) -> Mapping[str, str]:
    """All that is sent along. The trace is the job's, so that a receiver's own spans may go on in it."""
    plain = {"content-type": "application/json", "accept-encoding": "identity", "user-agent": "Philo-Webhooks/1"}
    return {**plain, **trace, **signed(delivery, at, body, secrets)}
