"""What only all services together can answer: whatever the document allows may be sent, and each answer is one it names."""

from __future__ import annotations

import asyncio

import pytest

from philo.films.api import Api
from philo.stack import Endpoints
from tests.contract.surface_world import Somebody
from tests.contract.test_contract_surface import ELSEWHERE
from tests.contract.trying import complaints, described, in_words

pytestmark = [pytest.mark.stack, pytest.mark.heavy, pytest.mark.xdist_group("e2e")]
STREAM = "/events"
"""How the paths of streams end. They have no end themselves, so only who is not let in sees an answer that has one."""


async def wrong_with(studio: Endpoints, caller: Somebody, *, streams: bool) -> dict[str, str]:
    document = described(lambda path: bool(ELSEWHERE.search(path)) and (streams or not path.endswith(STREAM)))
    assert len(document["paths"]) > 5, "most of the document is not here"
    return await asyncio.to_thread(complaints, document, studio.gateway, lambda: caller)


async def test_somebody_who_has_logged_in_meets_nothing_undescribed(studio: Endpoints, api: Api) -> None:
    found = await wrong_with(studio, Somebody(dict(api.client.headers)), streams=False)
    assert found == {}, in_words(found)


async def test_an_operator_meets_nothing_undescribed(studio: Endpoints, operator: Api) -> None:
    found = await wrong_with(studio, Somebody(dict(operator.client.headers)), streams=False)
    assert found == {}, in_words(found)


async def test_a_stranger_meets_nothing_undescribed(studio: Endpoints) -> None:
    found = await wrong_with(studio, Somebody(), streams=True)
    assert found == {}, in_words(found)
