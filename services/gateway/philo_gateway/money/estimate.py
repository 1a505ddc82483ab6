"""What a job will cost, and how long it will take. Pure; one function for each, so that either can be bettered alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_UP, Decimal
from typing import NamedTuple

from philo_contracts.shapes import Value, VideoConfig
from philo_gateway.money.amounts import USUAL, ZERO
from philo_gateway.money.needs import Needs, uses
from philo_gateway.money.prices import Maker, Prices
from philo_gateway.money.rates import LEAD, TITLE, Rates, weight


class Line(Value):
    """What one of those who work for money will take; `amount` is none where there is no price."""

    maker: Maker
    quantities: dict[str, float]
    amount: Decimal | None


class Pace(NamedTuple):
    """Seconds from now until the first scene can be watched, and until all is done."""

    first_scene: float
    whole: float


class Estimate(Value):
    lines: tuple[Line, ...]
    amount: Decimal
    duration: float
    scenes: int
    pace: Pace


def estimate(
    needs: Needs, config: VideoConfig, makers: Sequence[Maker], prices: Prices, day: date, rates: Rates
) -> Estimate:
    wanted = tuple(uses(needs, config, makers))
    lines = tuple(
        Line(maker=use.maker, quantities=use.quantities, amount=prices.of(use.maker, use.quantities, day))
        for use in wanted
    )
    whole = sum((line.amount for line in lines if line.amount is not None), ZERO)
    return Estimate(
        lines=lines,
        amount=whole.quantize(USUAL, ROUND_UP),
        duration=round(needs.duration, 1),
        scenes=needs.scenes,
        pace=pace_of(needs, config, {line.maker.service for line in lines}, rates),
    )


def pace_of(needs: Needs, config: VideoConfig, bought: set[str], rates: Rates) -> Pace:
    """Voices and pictures are made side by side, and drawing keeps up with both."""
    read = (rates.ask if "text" in bought else rates.read) if needs.read or needs.judged else 0.0
    each = rates.buy if "picture" in bought else rates.paint
    drawing = rates.draw * weight(config)
    made = max(rates.speak * needs.spoken, each * needs.pictures / (4 if "picture" in bought else 2))
    opening = needs.first + LEAD + (TITLE if config.cards.title else 0)
    first = read + max(rates.speak * needs.first, each if needs.pictures else 0) + drawing * min(opening, needs.drawn)
    whole = read + max(made, first - read) + drawing * needs.drawn + rates.join
    return Pace(round(first, 1), round(max(whole, first + rates.join), 1))
