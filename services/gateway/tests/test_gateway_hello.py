"""`/test/hello`: whoever answers is named with the time that it took, and whoever does not is missing."""

import pytest
from gateway_world import told

from philo_contracts.envelope import Envelope
from philo_contracts.events import HelloSaid, RenderSaidHello, TtsSaidHello
from philo_gateway.greetings.hellos import ANSWERS, SERVICES, hear_hello
from philo_kernel.store import load
from philo_kernel.unit import unit_of_work

pytestmark = pytest.mark.stack
HELLO, TASK = "/api/v1/test/hello", "/api/v1/test/task"


async def heard(engine, fact) -> None:
    async with unit_of_work(engine, "gateway", told(fact)) as unit:
        await hear_hello.react(fact, unit)


async def said(ada, engine, name: str = "World") -> tuple[str, Envelope]:
    """The id of a hello, and the fact that tells of it."""
    answer = await ada.post(HELLO, params={"name": name})
    task = answer.json()["task_id"]
    assert (answer.status_code, answer.headers["location"]) == (202, f"{TASK}/{task}")
    async with unit_of_work(engine, "gateway") as unit:
        [envelope] = await load(unit.connection, f"hello/{task}")
    return task, envelope


async def test_a_hello_is_a_fact_that_every_service_may_hear(ada, engine):
    task, envelope = await said(ada, engine, "Ada")
    assert envelope.fact() == HelloSaid(hello=task, user=ada.user, name="Ada")
    told_of = (await ada.get(f"{TASK}/{task}")).json()
    assert (told_of["status"], told_of["result"]["greeting"]) == ("pending", "Hello, Ada!")
    assert set(told_of["result"]["missing"]) == SERVICES


async def test_who_has_answered_is_told_with_the_time_and_who_has_not_is_missing(ada, engine):
    task, envelope = await said(ada, engine)
    for fact in (envelope.fact(), TtsSaidHello(hello=task, user=ada.user)):
        await heard(engine, fact)
    result = (await ada.get(f"{TASK}/{task}")).json()["result"]
    assert result["answers"].keys() == {"gateway", "tts"}
    assert all(seconds >= 0 for seconds in result["answers"].values())
    assert set(result["missing"]) == SERVICES - {"gateway", "tts"}


async def test_it_is_completed_when_all_have_answered(ada, engine):
    task, envelope = await said(ada, engine)
    for fact in (envelope.fact(), *(answer(hello=task, user=ada.user) for answer in ANSWERS)):
        await heard(engine, fact)
    assert (await ada.get(f"{TASK}/{task}")).json()["status"] == "completed"


async def test_an_answer_counts_once(ada, engine):
    task, _ = await said(ada, engine)
    await heard(engine, RenderSaidHello(hello=task, user=ada.user))
    first = (await ada.get(f"{TASK}/{task}")).json()
    await heard(engine, RenderSaidHello(hello=task, user=ada.user))
    assert (await ada.get(f"{TASK}/{task}")).json() == first


async def test_a_name_that_no_line_can_hold_is_refused(ada):
    for name in ("", "a\nb", "x" * 101):
        assert (await ada.post(HELLO, params={"name": name})).status_code == 422


async def test_somebody_elses_hello_is_not_there(ada, bob, engine):
    task, _ = await said(ada, engine)
    assert (await bob.get(f"{TASK}/{task}")).status_code == 404
