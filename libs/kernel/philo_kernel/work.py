"""Long work: a frozen order with a natural key, and the function that does it."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict

from philo_contracts.events import Event
from philo_contracts.shapes import Fault, Priority
from philo_kernel.children import LimitExceeded
from philo_kernel.limits import Limits, minutes

Say = Callable[[Event], Awaitable[None]]
Perform = Callable[..., Awaitable[Event | None]]


class Work(BaseModel):
    """An order. `effect` names what it brings about: its facts are the versions 1, 2, … of that stream, so that each
    can be said once only, whoever wakes up late. Facts of mere progress have a stream beside it."""

    model_config = ConfigDict(frozen=True)

    job: str
    priority: Priority = Priority.DEFAULT

    head_start: ClassVar[int] = 0
    """Seconds by which this kind of work goes before other kinds of the same priority."""

    kept: ClassVar[bool] = True
    """Whether it is laid aside when its job fails, for a retry to take up again."""

    @property
    def lead(self) -> int:
        """The same of this very order, less what of its job should be done before it: so large jobs let small ones in."""
        return self.head_start

    @property
    def effect(self) -> str:
        raise TypeError(f"{type(self).__name__} does not name its effect")


@dataclass(frozen=True)
class Retries:
    """How often and how soon work that failed for a passing reason is tried again (full jitter): the first attempt and
    three more."""

    attempts: int = 4
    first: timedelta = timedelta(seconds=60)
    longest: timedelta = timedelta(seconds=3600)


class Passing(Exception):
    """A failure that may be gone the next time: the provider was busy, slow or away. Says why in a person's words."""

    def __init__(self, message: str, code: str = "internal_error") -> None:
        super().__init__(message)
        self.code = code


class Hopeless(Exception):
    """A failure that trying again cannot mend. Carries the words a person needs."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Task:
    """How an order is carried out, within which limits, and what is said when it cannot be."""

    work: type[Work]
    perform: Perform
    limits: Limits
    retries: Retries
    failed: Callable[[Any, Fault], Event] | None
    dispensable: bool = False
    """Its job goes on when it has failed, so that a retry of the job does not ask for it again."""

    @property
    def takes(self) -> int:
        """How much it wants to be given: work and ports, and perhaps `say` and what was said before."""
        return len(inspect.signature(self.perform).parameters)


def task(
    work: type[Work],
    *,
    limits: Limits | None = None,
    retries: Retries | None = None,
    failed: Callable[[Any, Fault], Event] | None = None,
    dispensable: bool = False,
) -> Callable[[Perform], Task]:
    """Carry out `work` by `perform(work, ports)`, which returns its fact, or by `perform(work, ports, say)`, which says
    some on its way: each `await say(fact)` is committed at once. `perform(work, ports, say, said)` is told as well what
    an earlier run of the same work has said."""

    def decorate(perform: Perform) -> Task:
        limited = limits or Limits(minutes(60), minutes(66))
        return Task(work, perform, limited, retries or Retries(), failed, dispensable)

    return decorate


def fault_of(error: BaseException, attempt: int = 1) -> Fault:
    """What a person is told when work has failed for good, in this attempt of its job."""
    code = error.code if isinstance(error, Hopeless | Passing) else "internal_error"
    known = isinstance(error, Hopeless | Passing | TimeoutError | LimitExceeded)
    message = (
        str(error) if known and str(error) else "Something went wrong inside Philo; the cause is in its dead letters."
    )
    return Fault(code=code, message=message, retryable=not isinstance(error, Hopeless), attempt=attempt)
