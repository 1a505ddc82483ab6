"""What work is worth: a list of prices with the days on which they hold. Pure, but for the reading of the file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from importlib.resources import files
from itertools import combinations
from pathlib import Path
from typing import Literal, NamedTuple, Self, cast, get_args

from pydantic import Field, model_validator

from philo_contracts.shapes import ProviderCall, Value
from philo_gateway.money.amounts import rounded

Service = Literal["text", "moderation", "speech", "music", "picture"]
Unit = Literal["input_tokens", "output_tokens", "characters", "pictures", "seconds"]
TOKENS = frozenset({"input_tokens", "output_tokens"})
ANY = "*"
SNAPSHOT = re.compile(r"-\d{4}-\d{2}-\d{2}$")
"""Models are listed without the date of their snapshot."""


class Maker(NamedTuple):
    """Somebody who does a service for money, with a model."""

    service: Service
    provider: str
    model: str | None

    @classmethod
    def read(cls, words: object) -> Self:
        """Of `service/provider/model`. Raises ValueError."""
        service, provider, model = [*str(words).split("/", 2), "", ""][:3]
        if service not in get_args(Service) or not provider or not model:
            raise ValueError(f"must be like text/openai/gpt-4o-mini, of the services {', '.join(get_args(Service))}")
        return cls(cast("Service", service), provider, model)


MAKERS = (Maker("picture", "openai", "gpt-image-1"), Maker("picture", "stability", "core"))
"""Who is asked for money where nobody says otherwise: painters, and they only where a film wishes for them."""


class Price(Value):
    """`amount` for `per` of a unit, for calls of the days from `since` to the day before `until`."""

    service: Service
    provider: str
    model: str
    unit: Unit
    amount: Decimal = Field(ge=0)
    per: int = Field(default=1, gt=0)
    since: date = Field(alias="from")
    until: date = date.max

    def holds(self, day: date) -> bool:
        return self.since <= day < self.until

    @property
    def about(self) -> tuple[str, str, str, str]:
        return self.service, self.provider, self.model, self.unit


class Prices(Value):
    """`checked` is the day on which somebody last compared them with what is really asked."""

    checked: date
    currency: Literal["USD"]
    prices: tuple[Price, ...]

    @classmethod
    def read(cls, path: Path | None = None) -> Self:
        """The list at `path`, else Philo's own. Raises OSError, or ValueError when it is no price list."""
        own = files(__package__).joinpath("prices.toml")
        return cls.model_validate(tomllib.loads((path or own).read_text("utf-8")))

    @model_validator(mode="after")
    def one_price_at_a_time(self) -> Self:
        for one, other in combinations(sorted(self.prices, key=lambda price: price.about), 2):
            if one.about == other.about and one.since < other.until and other.since < one.until:
                raise ValueError(f"{' '.join(one.about)} has two prices on {max(one.since, other.since)}")
        return self

    def of(self, maker: Maker, quantities: Mapping[str, float], day: date) -> Decimal | None:
        """What this much is worth, in whole millionths; None when something of it was used and nothing has a price."""
        used = {unit: amount for unit, amount in quantities.items() if amount}
        listed = {unit: price for unit in used if (price := self._line(maker, unit, day))}
        if used and not listed:
            return None
        if listed.keys() & TOKENS:
            listed = {unit: price for unit, price in listed.items() if unit in TOKENS}
        # A float's own decimal digits are what was said: 1.1 means 1.1.
        return rounded(
            sum((Decimal(str(used[unit])) * one.amount / one.per for unit, one in listed.items()), Decimal(0))
        )

    def of_call(self, call: ProviderCall, day: date) -> Decimal | None:
        """What the provider itself says it took counts for more than any list."""
        if call.charged is not None:
            return rounded(call.charged)
        return self.of(Maker(call.service, call.provider, call.model), call.quantities, day)

    def _line(self, maker: Maker, unit: str, day: date) -> Price | None:
        model = SNAPSHOT.sub("", maker.model or "")
        for name in (maker.model, model, ANY):
            about = (maker.service, maker.provider, name, unit)
            found = next((price for price in self.prices if price.about == about and price.holds(day)), None)
            if found:
                return found
        return None
