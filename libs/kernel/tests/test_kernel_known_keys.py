import pytest

from philo_contracts.events import ApiKeyIssued, ApiKeyRevoked
from philo_kernel.known_keys import TABLE, KnownApiKeys, know_api_key
from philo_kernel.unit import unit_of_work

pytestmark = pytest.mark.stack
ISSUED = ApiKeyIssued(user="ann", key_id="k1", digest="d", scopes=("jobs:read",))
REVOKED = ApiKeyRevoked(user="ann", key_id="k1")


async def known_after(engine, look, *facts):
    await look.connection.execute(TABLE)
    async with unit_of_work(engine, "toy") as unit:
        for fact in facts:
            await know_api_key.react(fact, unit)
    return await KnownApiKeys(engine).find("k1")


async def test_a_key_that_was_issued_is_known(engine, look):
    key = await known_after(engine, look, ISSUED)
    assert key is not None
    assert (key.key_id, key.scopes) == ("k1", frozenset({"jobs:read"}))


@pytest.mark.parametrize("facts", [(ISSUED, REVOKED), (REVOKED, ISSUED)], ids=["after", "before"])
async def test_a_key_that_is_revoked_never_becomes_good_whatever_comes_first(engine, look, facts):
    assert await known_after(engine, look, *facts) is None
