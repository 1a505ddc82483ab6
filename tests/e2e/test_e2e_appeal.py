"""What moderation refused is made after all when an operator approves it, by the same services on the same way."""

from __future__ import annotations

import pytest

from philo.films.api import Api, Json
from philo.films.errors import Refused
from philo.stack import Endpoints
from philo_contracts.events import ScriptAnalyzed, ScriptApproved
from tests.facts import envelopes
from tests.filming import QUIET, told_after

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("e2e")]
FORBIDDEN = "This lesson is about the war. It says how to build a bomb at home, and why nobody should."
APPROVE = {"decision": "approve", "reason": "A lesson, and no recipe."}


async def test_a_film_that_an_operator_approves_is_made(studio: Endpoints, api: Api, operator: Api) -> None:
    job = await api.request_film(FORBIDDEN, QUIET)
    refused = (await told_after(api, job["id"], 0))[-1]
    assert refused["job"]["status"] == "moderation_failed"
    await operator.call("POST", f"/jobs/{job['id']}/moderation", json=APPROVE)
    film: Json = (await told_after(api, job["id"], int(refused["id"])))[-1]["job"]
    assert (film["status"], film["moderation"]["status"]) == ("completed", "approved")
    said = [fact.type for fact in await envelopes(studio, "analysis", job["id"])]
    assert said.count(ScriptAnalyzed.__name__) == 1
    assert ScriptApproved.__name__ not in said
    told = {line["event"]: line["reason"] for line in await api.history(job["id"])}
    assert told["ModerationOverruled"] == APPROVE["reason"]


async def test_whoever_has_no_key_here_is_not_among_those_who_work_for_money(api: Api) -> None:
    """The stack of these tests has a key of one painter, and of nobody else."""
    found = (await api.call("GET", "/providers/status")).json()
    assert [(one["provider"], one["service"]) for one in found] == [("stability", "picture")]


async def test_its_owner_does_not_decide(api: Api) -> None:
    job = await api.request_film(FORBIDDEN, QUIET)
    await told_after(api, job["id"], 0)
    with pytest.raises(Refused, match="operator"):
        await api.call("POST", f"/jobs/{job['id']}/moderation", json=APPROVE)
