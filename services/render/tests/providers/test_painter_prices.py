"""What pictures cost."""

from decimal import Decimal

import pytest

from philo_render.providers.models import model_of
from philo_render.providers.prices import Prices

PRICES = Prices.read()


def test_a_picture_is_priced_by_quality_and_size():
    assert PRICES.of_picture("openai", "dall-e-3", "1792x1024", "hd") == Decimal("0.120")


def test_a_picture_may_have_one_price():
    assert PRICES.of_picture("stability", "core", "16:9") == Decimal("0.03")


def test_tokens_are_priced_by_the_million():
    assert PRICES.of_tokens("openai", "gpt-image-1", 1_000_000, 500_000) == Decimal(25)


def test_a_snapshot_costs_what_its_model_costs():
    assert PRICES.of_tokens("openai", "gpt-image-2-2026-04-21", 0, 1_000_000) == Decimal(30)


@pytest.mark.parametrize("model", ["gpt-image-2.5-flare", "unheard-of", ""])
def test_a_model_that_is_not_listed_has_no_price(model):
    assert PRICES.of_tokens("openai", model, 1, 1) is None
    assert PRICES.of_picture("openai", model, "1024x1024", "medium") is None


@pytest.mark.parametrize("model", ["gpt-image-1", "gpt-image-1.5", "dall-e-3"])
def test_every_size_a_listed_model_is_asked_for_has_a_price(model):
    can = model_of("openai", model)
    assert all(PRICES.of_picture("openai", model, size, can.quality) for size in can.sizes)


def test_a_list_of_ones_own_replaces_the_list(tmp_path):
    own = tmp_path / "prices.toml"
    own.write_text('currency = "EUR"\n[openai.house.pictures]\nany = "0.01"\n')
    prices = Prices.read(own)
    assert (prices.currency, prices.of_picture("openai", "house", "512x512")) == ("EUR", Decimal("0.01"))


def test_a_file_that_is_no_price_list_is_refused(tmp_path):
    own = tmp_path / "prices.toml"
    own.write_text("nothing = 1\n")
    with pytest.raises(ValueError, match="currency"):
        Prices.read(own)
