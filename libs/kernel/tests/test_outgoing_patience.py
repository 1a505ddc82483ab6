"""How often and how soon a provider is asked again."""

from datetime import UTC, datetime

import pytest

from philo_kernel.outgoing.patience import Patience
from philo_kernel.outgoing.retry_after import retry_after

NOW = datetime(2026, 11, 21, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after-ms": "250", "retry-after": "1"}, 0.25),
        ({"retry-after": "Sat, 21 Nov 2026 12:00:30 GMT"}, 30),
        ({"retry-after": "Sat, 21 Nov 2026 11:00:00 GMT"}, 0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "9" * 400}, None),
        ({}, None),
    ],
)
def test_a_wish_to_be_left_alone_is_read_in_every_form(headers, seconds):
    assert retry_after(headers, NOW) == seconds


def test_pauses_double_up_to_the_longest():
    patience = Patience(first=1, longest=5, chance=lambda: 1.0)
    assert [patience.pause(turn, None) for turn in range(5)] == [1, 2, 4, 5, 5]


@pytest.mark.parametrize("chance", [0.0, 0.5, 1.0])
def test_a_pause_is_never_shorter_than_the_provider_asked_for(chance):
    assert Patience(chance=lambda: chance).pause(0, 8) >= 8
