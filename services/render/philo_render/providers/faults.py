"""How painting for money fails: by the wish, by the account, or for a while."""

from __future__ import annotations

from decimal import Decimal

from philo_kernel.outgoing.faults import Failing, Refused, Rejected


class PictureRefused(Refused):
    """The provider's rules forbid this picture. Other words may be painted."""

    def __init__(self, message: str) -> None:
        super().__init__("picture_refused", message)


class PictureRejected(Refused):
    """The provider cannot do with this wish: too long, or in a language it does not read. Others may be painted."""

    def __init__(self, message: str) -> None:
        super().__init__("picture_rejected", message)


class ProviderRejected(Rejected):
    """The provider paints nothing as it is set up: the key, the credit, the model or the address is wrong."""

    def __init__(self, message: str) -> None:
        super().__init__("picture_provider_rejected", message)


class ProviderFailing(Failing):
    """The provider was busy, slow, away, or answered what cannot be used. `cost` is what was paid for nothing."""

    def __init__(self, message: str, *, after: float | None = None, cost: Decimal = Decimal(0)) -> None:
        super().__init__(message, "picture_provider_failing", after=after)
        self.cost = cost
