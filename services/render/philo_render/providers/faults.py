"""How painting for money fails: by the wish, by the account, or for a while."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

from philo_kernel.work import Hopeless, Passing


class PictureRefused(Hopeless):
    """The provider's rules forbid this picture. Other words may be painted."""

    def __init__(self, message: str) -> None:
        super().__init__("picture_refused", message)


class PictureRejected(Hopeless):
    """The provider cannot do with this wish: too long, or in a language it does not read. Others may be painted."""

    def __init__(self, message: str) -> None:
        super().__init__("picture_rejected", message)


class ProviderRejected(Hopeless):
    """The provider paints nothing as it is set up: the key, the credit, the model or the address is wrong."""

    def __init__(self, message: str) -> None:
        super().__init__("picture_provider_rejected", message)


class ProviderFailing(Passing):
    """The provider was busy, slow, away, or answered what cannot be used.

    `after` is the seconds it asked to be left alone, `cost` what was paid for nothing.
    """

    def __init__(self, message: str, *, after: float | None = None, cost: Decimal = Decimal(0)) -> None:
        super().__init__(message, "picture_provider_failing")
        self.after = after
        self.cost = cost


@contextmanager
def charged(cost: Decimal | None) -> Iterator[None]:
    """What fails in here was paid for all the same."""
    try:
        yield
    except ProviderFailing as failure:
        failure.cost = cost or Decimal(0)
        raise
