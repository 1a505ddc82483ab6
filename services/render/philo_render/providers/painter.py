"""The port to those who paint for money."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from philo_contracts.shapes import Mood


@dataclass(frozen=True)
class Wish:
    """What to paint: `prompt` in the words of the scene, in pixels about `width` by `height`.

    `style` is a style of `styles.toml`, or says in words what it should look like. Who knows of no `seed` leaves it out.
    """

    prompt: str
    width: int
    height: int
    style: str = "paper"
    seed: int = 0
    mood: Mood = Mood.NEUTRAL


@dataclass(frozen=True)
class Painting:
    """`image` is whole and can be decoded; its size is the provider's, its shape near to the one wished for.

    `cost` is what everything asked for this painting cost, answers that could not be used included: None when no price
    is known. `revised_prompt` is what the provider made of the prompt, where it says so.
    """

    image: bytes
    media_type: str
    provider: str
    model: str
    cost: Decimal | None
    currency: str
    revised_prompt: str | None = None


class Painter(Protocol):
    """Raises `PictureRefused`, `PictureRejected`, `ProviderRejected` when asking again is of no use, `ProviderFailing`
    when it may be."""

    @property
    def name(self) -> str: ...

    async def paint(self, wish: Wish) -> Painting: ...

    async def close(self) -> None: ...
