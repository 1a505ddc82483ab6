"""Plans of twenty sample texts against the plans that were wished for them."""

import pytest
from plan_agreement import WISHES, agreement

FLOORS = {"borders": 0.85, "moods": 0.85, "shown": 0.9, "titles": 0.85, "people": 0.9, "unsaid": 1.0}


@pytest.fixture(scope="module")
def agreed():
    return {name: agreement(name) for name in WISHES}


@pytest.mark.parametrize("part", FLOORS)
def test_plans_agree_with_what_was_wished_for(agreed, part):
    shares = [told[part] for told in agreed.values()]
    assert sum(shares) / len(shares) >= FLOORS[part], {name: round(told[part], 2) for name, told in agreed.items()}


@pytest.mark.parametrize("name", WISHES)
def test_no_plan_is_far_from_what_was_wished_for(agreed, name):
    shares = agreed[name].values()
    assert sum(shares) / len(shares) >= 0.75, agreed[name]
