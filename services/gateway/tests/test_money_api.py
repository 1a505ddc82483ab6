"""Estimates and budgets on the wire."""

import pytest
from editing_world import a_film, patched
from money_world import BOUGHT, JOBS, budget, entries_of, operator

pytestmark = pytest.mark.stack
ESTIMATE = f"{JOBS}/estimate"
SCRIPT = "The old lighthouse stood on the cliff, and nobody had lit its lamp for years. " * 6


async def estimated(client, path: str = ESTIMATE, **body) -> dict:
    answer = await client.post(path, json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_an_estimate_says_that_philo_makes_it_alone_for_nothing(ada, engine):
    told = await estimated(ada, script=SCRIPT)
    assert told["cost"] == {"currency": "USD", "estimated": "0.0000", "free": True, "unpriced": False, "lines": []}
    assert 30 < told["duration"] < 60
    assert told["scenes"] == 4
    assert 0 < told["first_scene_seconds"] < told["eta_seconds"]


async def test_an_estimate_stores_nothing(ada, engine):
    await estimated(ada, script=SCRIPT, config=BOUGHT)
    assert (await ada.get(JOBS)).json()["items"] == []
    assert await entries_of(engine, ada.user) == []


async def test_an_estimate_is_what_is_put_aside(ada):
    wish = {"script": SCRIPT, "config": {"pictures": "openai", "scenes": 7}}
    told = (await estimated(ada, **wish))["cost"]
    assert [(line["provider"], line["quantities"]) for line in told["lines"]] == [("openai", {"pictures": 7})]
    assert told["estimated"] == (await ada.ask(**wish))["cost"]["reserved"] == "0.4410"


async def test_a_maker_without_a_price_is_told(ada):
    told = await estimated(ada, script=SCRIPT, config={"music": {"provider": "mubert"}})
    assert (told["cost"]["unpriced"], told["cost"]["free"], told["cost"]["estimated"]) == (True, False, "0.0000")


async def test_a_bad_wish_has_no_estimate(ada):
    answer = await ada.post(ESTIMATE, json={"script": "a", "prompt": "b"})
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/invalid-request")


async def test_the_price_of_one_change_is_that_of_what_it_makes_anew(ada, bob, engine):
    film = (await a_film(ada, engine, config=BOUGHT))["id"]
    path = f"{JOBS}/{film}/scenes/s02/estimate"
    words = await estimated(ada, path, visual_prompt="A red door in the snow")
    title = await estimated(ada, path, title="Another title")
    assert (words["cost"]["estimated"], title["cost"]["estimated"]) == ("0.0300", "0.0000")
    assert title["eta_seconds"] < words["eta_seconds"]
    assert (await bob.post(path, json={"title": "Mine"})).status_code == 404
    assert (await ada.post(path, json={"narration": "Said 2."})).status_code == 422


async def test_an_edit_puts_aside_what_it_costs_and_past_the_budget_nothing_begins(ada, engine):
    film = (await a_film(ada, engine, config=BOUGHT))["id"]
    await budget(engine, ada.user, "0.08")
    refused = await patched(ada, film, visual_prompt="A red door in the snow")
    assert (refused.status_code, refused.json()["type"]) == (402, "/problems/budget-exceeded")
    answer = await patched(ada, film, title="Another title")
    assert (answer.status_code, answer.json()["cost"]["estimated"]) == (202, "0.0000")


async def test_an_operator_sets_what_somebody_may_spend(app, ada):
    path = f"/api/v1/users/{ada.user}/budget"
    assert (await ada.put(path, json={"per_month": "1000"})).status_code == 403
    answer = await ada.put(path, json={"per_month": "0.05"}, headers=operator())
    assert answer.json() == {
        "user_id": ada.user,
        "currency": "USD",
        "per_month": "0.0500",
        "spent": "0.0000",
        "reserved": "0.0000",
    }
    assert (await ada.post(JOBS, json={"script": "a", "config": BOUGHT})).status_code == 402
    assert (await ada.get(path, headers=operator())).json()["per_month"] == "0.0500"


@pytest.mark.parametrize("amount", ["-1", "NaN", "Infinity", "0.00001", "1000001", None, "much"])
async def test_a_budget_that_is_no_amount_is_refused(ada, amount):
    answer = await ada.put("/api/v1/users/somebody/budget", json={"per_month": amount}, headers=operator())
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/invalid-request")


async def test_a_user_that_nobody_can_be_is_refused(ada):
    assert (await ada.get("/api/v1/users/%00/budget", headers=operator())).status_code == 422
