"""What the facts about paid calls have in common."""

from __future__ import annotations

from philo_contracts.events.base import Event
from philo_contracts.shapes import ProviderCall


class ProviderCalled(Event):
    """Somebody was asked for money; gateway's ledger knows what it costs.

    Money is spent whatever becomes of the work, so each call has a stream of its own: it is told once, and told even of
    work that nobody wants any more.
    """

    job: str
    call: ProviderCall

    @property
    def own_stream(self) -> str:
        return f"call/{self.call.id}"
