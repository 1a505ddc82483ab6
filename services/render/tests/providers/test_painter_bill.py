"""What attempts at one painting cost together."""

from decimal import Decimal

import pytest

from philo_render.providers.bill import Bill
from philo_render.providers.faults import ProviderFailing
from philo_render.providers.painter import Painting


async def test_a_painting_without_a_price_stays_without_one():
    async def fails() -> Painting:
        raise ProviderFailing("No.", cost=Decimal(1))

    async def paints() -> Painting:
        return Painting(b"", "image/png", "p", "m", None, "USD")

    bill = Bill()
    with pytest.raises(ProviderFailing):
        await bill.attempt(fails)
    assert (await bill.attempt(paints)).cost is None
