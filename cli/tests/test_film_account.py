"""The account of this machine is found again, and never given up for a passing refusal."""

import httpx
import pytest

from philo.films.account import enter, remembered
from philo.films.errors import Refused


class Gate:
    """Answers a login with `status`, and takes everybody who registers."""

    def __init__(self, status: int) -> None:
        self.status, self.registered = status, []

    async def login(self, email, password):
        if self.status != 200:
            raise Refused(httpx.Response(self.status, json={"title": "No", "detail": "Not now."}))

    async def register(self, **account):
        self.registered.append(account)


@pytest.fixture
def place(tmp_path):
    return tmp_path / "account.json"


async def test_whoever_comes_first_is_registered_and_remembered_for_their_eyes_alone(place):
    gate = Gate(200)
    await enter(gate, place)
    assert remembered(place) == gate.registered[0]
    assert place.stat().st_mode & 0o777 == 0o600


async def test_who_is_forgotten_is_registered_anew(place):
    await enter(Gate(200), place)
    before, gate = remembered(place), Gate(401)
    await enter(gate, place)
    assert remembered(place) == gate.registered[0] != before


@pytest.mark.parametrize("status", [429, 503])
async def test_a_refusal_that_passes_keeps_the_account(place, status):
    await enter(Gate(200), place)
    before, gate = remembered(place), Gate(status)
    with pytest.raises(Refused):
        await enter(gate, place)
    assert (remembered(place), gate.registered) == (before, [])
