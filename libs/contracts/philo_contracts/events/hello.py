"""What answers to a hello have in common: each service says one, which proves that it hears and is heard."""

from __future__ import annotations

from philo_contracts.events.base import Event


class HelloAnswered(Event):
    """This service has heard the hello."""

    hello: str
    user: str
