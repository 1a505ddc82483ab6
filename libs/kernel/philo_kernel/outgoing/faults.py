"""How those who work for money fail: by the wish, by the account, or for a while."""

from __future__ import annotations

from philo_kernel.work import Hopeless, Passing


class Refused(Hopeless):
    """About the wish: its maker's rules forbid it, or it does not fit. Other wishes may be granted."""


class Rejected(Hopeless):
    """About the account: key, credit, model or address is wrong, and nothing works until that is mended."""


class Failing(Passing):
    """Busy, slow, away, or answering what cannot be used. `after` is the seconds it asked to be left alone."""

    def __init__(self, message: str, code: str = "provider_failing", *, after: float | None = None) -> None:
        super().__init__(message, code)
        self.after = after


class LeftAlone(Passing):
    """It has failed too often and is not asked for a while. Code and words are those of its last fault.

    `hopeless` when a rest alone mends nothing: somebody has to look at the account.
    """

    def __init__(self, provider: str, message: str, code: str, *, hopeless: bool) -> None:
        super().__init__(message, code)
        self.provider = provider
        self.hopeless = hopeless
