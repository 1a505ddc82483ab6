"""How a service answers a hello: with a fact of its own, by the same way on which all facts go."""

from __future__ import annotations

from philo_contracts.events import Event, HelloSaid
from philo_contracts.events.hello import HelloAnswered
from philo_kernel.handler import Handler, on
from philo_kernel.unit import Unit


def saying(answer: type[HelloAnswered], to: type[Event] = HelloSaid) -> Handler:
    """The handler; `to` is what this service hears of the hello."""

    @on(to)
    async def say_hello(fact: HelloSaid | HelloAnswered, unit: Unit) -> None:
        unit.say(answer(hello=fact.hello, user=fact.user), stream=f"hello/{fact.hello}", version=1)

    return say_hello
