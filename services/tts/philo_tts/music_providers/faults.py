"""How composing for money fails: by the wish, by the account, or for a while."""

from __future__ import annotations

from philo_kernel.outgoing.faults import Failing, Refused, Rejected


class MusicRefused(Refused):
    """The provider does not compose this: its rules forbid it, or it cannot do with the wish."""

    def __init__(self, message: str) -> None:
        super().__init__("music_refused", message)


class ProviderRejected(Rejected):
    """The provider composes nothing as it is set up: the key, the credit, the model or the address is wrong."""

    def __init__(self, message: str) -> None:
        super().__init__("music_provider_rejected", message)


class ProviderFailing(Failing):
    """The provider was busy, slow, away, or answered what cannot be used; `after` is the seconds it asked for."""

    def __init__(self, message: str, *, after: float | None = None) -> None:
        super().__init__(message, "music_provider_failing", after=after)


Fault = MusicRefused | ProviderRejected | ProviderFailing
