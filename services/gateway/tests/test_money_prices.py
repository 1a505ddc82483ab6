"""Prices as data: what a call is worth on its day, and what has no price."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import ValidationError

from philo_contracts.shapes import ProviderCall
from philo_gateway.money.amounts import shown
from philo_gateway.money.prices import MAKERS, Maker, Prices

DAY = date(2026, 11, 21)


def line(model: str, unit: str, amount: str, dates: str, service: str = "text") -> str:
    about = f'service = "{service}", provider = "acme", model = "{model}", unit = "{unit}"'
    per = 1 if unit == "pictures" else 1_000_000
    return f'{{ {about}, amount = "{amount}", per = {per}, {dates} }},\n'


LINES = [
    line("big", "input_tokens", "2.00", "from = 2026-01-01, until = 2026-07-01"),
    line("big", "input_tokens", "1.00", "from = 2026-07-01"),
    line("*", "input_tokens", "9.00", "from = 2026-01-01"),
    line("art", "pictures", "0.05", "from = 2026-01-01", "picture"),
    line("art", "output_tokens", "40", "from = 2026-01-01", "picture"),
]
LIST = f'checked = 2026-01-01\ncurrency = "USD"\nprices = [\n{"".join(LINES)}]\n'


@pytest.fixture
def prices(tmp_path: Path) -> Prices:
    path = tmp_path / "prices.toml"
    path.write_text(LIST)
    return Prices.read(path)


def text(model: str) -> Maker:
    return Maker("text", "acme", model)


@pytest.mark.parametrize(("day", "worth"), [((2026, 6, 30), "2.0"), ((2026, 7, 1), "1.0"), ((2027, 1, 1), "1.0")])
def test_a_price_holds_from_its_first_day_until_the_day_before_its_end(prices, day, worth):
    assert prices.of(text("big"), {"input_tokens": 1_000_000}, date(*day)) == Decimal(worth)


def test_before_its_first_day_a_model_has_the_price_of_no_one(prices):
    assert prices.of(text("big"), {"input_tokens": 1}, date(2025, 1, 1)) is None


def test_models_without_a_line_are_priced_by_the_providers_star(prices):
    assert prices.of(text("new"), {"input_tokens": 1_000_000}, DAY) == Decimal("9.0")


def test_a_snapshot_has_the_price_of_its_model(prices):
    assert prices.of(text("big-2026-08-01"), {"input_tokens": 1_000_000}, DAY) == Decimal("1.0")


@pytest.mark.parametrize("maker", [Maker("text", "other", "big"), Maker("music", "acme", "big")])
def test_what_has_no_price_is_never_guessed(prices, maker):
    assert prices.of(maker, {"input_tokens": 1, "seconds": 3}, DAY) is None


def test_a_call_that_used_nothing_costs_nothing(prices):
    assert prices.of(Maker("text", "other", None), {}, DAY) == 0


def test_a_picture_whose_tokens_are_priced_is_not_paid_twice(prices):
    art = Maker("picture", "acme", "art")
    assert prices.of(art, {"pictures": 1, "output_tokens": 1_000}, DAY) == Decimal("0.04")
    assert prices.of(art, {"pictures": 2}, DAY) == Decimal("0.1")


def test_what_the_provider_says_it_took_counts(prices):
    call = ProviderCall(id="1", service="text", provider="x", outcome="failed", charged=Decimal("0.0123456"), seconds=1)
    assert prices.of_call(call, DAY) == Decimal("0.012346")


def test_two_prices_on_one_day_are_refused(tmp_path):
    path = tmp_path / "prices.toml"
    path.write_text(LIST.replace("until = 2026-07-01", "until = 2026-07-02"))
    with pytest.raises(ValidationError, match="text acme big input_tokens has two prices on 2026-07-01"):
        Prices.read(path)


def test_whoever_is_asked_by_default_has_a_price():
    own = Prices.read()
    assert all(own.of(maker, {"pictures": 1}, DAY) for maker in MAKERS)
    assert own.of(Maker("text", "openai", "gpt-4o-mini"), {"input_tokens": 1_000_000}, DAY) == Decimal("0.15")


@pytest.mark.parametrize(
    ("amount", "words"), [("0", "0.0000"), ("12", "12.0000"), ("0.12", "0.1200"), ("0.000045", "0.000045")]
)
def test_amounts_have_four_decimals_or_as_many_as_they_need(amount, words):
    assert str(shown(Decimal(amount))) == words


@pytest.mark.parametrize("words", ["openai", "text/openai", "song/a/b", "text//b"])
def test_makers_are_named_whole(words):
    with pytest.raises(ValueError, match="must be like text/openai/gpt-4o-mini"):
        Maker.read(words)


def test_a_maker_may_have_strokes_in_its_model():
    assert Maker.read("music/replicate/meta/musicgen") == Maker("music", "replicate", "meta/musicgen")
