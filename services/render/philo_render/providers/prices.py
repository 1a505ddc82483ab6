"""What a picture costs, by the providers' price lists."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Self

from philo_contracts.shapes import Value
from philo_render.providers.models import Provider, family


class TokenPrice(Value):
    """For a million tokens: words that go in, and the picture that comes out."""

    text: Decimal
    image: Decimal


class ModelPrice(Value):
    tokens: TokenPrice | None = None
    pictures: dict[str, Decimal] = {}


class Prices(Value):
    currency: str
    openai: dict[str, ModelPrice] = {}
    stability: dict[str, ModelPrice] = {}

    @classmethod
    def read(cls, path: Path | None = None) -> Self:
        """The list at `path`, else Philo's own. Raises OSError, or ValueError when it is no price list."""
        own = files(__package__).joinpath("prices.toml")
        return cls.model_validate(tomllib.loads((path or own).read_text("utf-8")))

    def of_picture(self, provider: Provider, model: str, size: str, quality: str | None = None) -> Decimal | None:
        """For one picture; None when the list does not say."""
        pictures = self._of(provider, model).pictures
        return next((pictures[name] for name in (f"{quality} {size}", size, "any") if name in pictures), None)

    def of_tokens(self, provider: Provider, model: str, text: int, image: int) -> Decimal | None:
        """For what was counted; None when the list does not say."""
        price = self._of(provider, model).tokens
        return (price.text * text + price.image * image) / 1_000_000 if price else None

    def _of(self, provider: Provider, model: str) -> ModelPrice:
        listed = self.openai if provider == "openai" else self.stability
        return listed.get(family(model)) or ModelPrice()
