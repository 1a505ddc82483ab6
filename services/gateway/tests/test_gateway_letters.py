"""`/dead-letters`: operators see what no service could handle, and send it back."""

from uuid import uuid4

import httpx
import pytest
import pytest_asyncio
from gateway_world import Client

from philo.testing_service import bearer, identity, migrated_database
from philo_gateway.letters.gathering import Letters
from philo_gateway.letters.neighbour import Neighbour
from philo_kernel import dead_letters
from philo_kernel.database import engine_for
from philo_kernel.dead_letters import Parcel
from philo_kernel.http.app import application
from philo_kernel.http.letters import dead_letters as router_of
from philo_kernel.letterbox import Letterbox
from philo_kernel.unit import unit_of_work

pytestmark = pytest.mark.stack
LETTERS = "/api/v1/dead-letters"
TRACE = "0af7651916cd43dd8448eb211c80319c"


@pytest.fixture(scope="session")
def tts_database(servers):
    with migrated_database(servers, "tts") as url:
        yield url


@pytest_asyncio.fixture
async def tts_engine(tts_database):
    engine = engine_for(tts_database, pool=4)
    yield engine
    await engine.dispose()


@pytest_asyncio.fixture
async def operator(app, engine, tts_engine):
    """An operator, and a tts beside gateway; notify does not answer."""
    tts = application("tts", "1", router_of("tts", tts_engine), checks={}, identity=identity(tts_engine))
    client = httpx.AsyncClient(transport=httpx.ASGITransport(tts))
    away = httpx.AsyncClient(transport=httpx.MockTransport(lambda _request: httpx.Response(502)))
    box = Letterbox("gateway", engine)
    app.state.letters = Letters(box, [Neighbour("tts", "http://tts", client), Neighbour("notify", "http://n", away)])
    async with client, away, Client(app, f"operator-{uuid4().hex[:8]}") as one:
        one.headers.update(bearer(one.user, role="operator"))
        await empty(engine)
        await empty(tts_engine)
        yield one


async def empty(engine) -> None:
    async with unit_of_work(engine, "test") as unit:
        await unit.connection.execute("delete from dead_letter")


async def parked(engine, number: int, *, minutes_ago: int = 0) -> int:
    parcel = Parcel(
        kind="event",
        handler="plan_narration",
        value=b'{"job": "\xff"}',
        error=ValueError(f"cause {number}"),
        attempts=3,
        type="ScriptAnalyzed",
        event=uuid4(),
        stream=f"job/{number}",
        topic="t",
        part=0,
        log_offset=uuid4().int % 10**12,
        traceparent=f"00-{TRACE}-b7ad6b7169203331-01",
    )
    async with unit_of_work(engine, "test") as unit:
        letter = await dead_letters.park(unit.connection, parcel)
        earlier = "update dead_letter set at = at - make_interval(mins => $2) where id = $1"
        await unit.connection.execute(earlier, letter, minutes_ago)
    assert letter is not None
    return letter


async def test_letters_of_all_services_come_newest_first_in_one_list_of_pages(operator, engine, tts_engine):
    for number in range(6):
        await parked((engine, tts_engine)[number % 2], number, minutes_ago=number)
    found, cursor = [], None
    for _ in range(4):
        answer = await operator.get(LETTERS, params={"limit": 2} | ({"cursor": cursor} if cursor else {}))
        found, cursor = [*found, *answer.json()["items"]], answer.json()["next_cursor"]
        if cursor is None:
            break
    assert [letter["error"] for letter in found] == [f"ValueError: cause {number}" for number in range(6)]
    assert [letter["service"] for letter in found] == ["gateway", "tts"] * 3


async def test_a_service_that_does_not_answer_is_named(operator, engine):
    await parked(engine, 1)
    page = (await operator.get(LETTERS)).json()
    assert (len(page["items"]), page["unreachable"]) == (1, ["notify"])


async def test_the_list_may_be_of_one_service(operator, engine, tts_engine):
    await parked(engine, 1)
    await parked(tts_engine, 2)
    page = (await operator.get(LETTERS, params={"service": "tts"})).json()
    assert ([letter["service"] for letter in page["items"]], page["unreachable"]) == (["tts"], [])


async def test_a_letter_is_shown_whole_with_its_cause_and_its_trace(operator, tts_engine):
    number = await parked(tts_engine, 7)
    letter = (await operator.get(f"{LETTERS}/tts-{number}")).json()
    assert (letter["trace_id"], letter["error"], letter["attempts"]) == (TRACE, "ValueError: cause 7", 3)
    assert (letter["value"], letter["stream"]) == ('{"job": "\\xff"}', "job/7")


async def test_one_letter_is_sent_back(operator, tts_engine):
    number = await parked(tts_engine, 1)
    answer = await operator.post(f"{LETTERS}/tts-{number}/redrive")
    assert (answer.status_code, answer.json()) == (202, {"redriven": [f"tts-{number}"], "missing": []})
    assert (await operator.get(f"{LETTERS}/tts-{number}")).json()["redriving"] is True


async def test_many_are_sent_back_at_once_and_those_that_are_gone_are_named(operator, engine, tts_engine):
    ids = [f"gateway-{await parked(engine, 1)}", f"tts-{await parked(tts_engine, 2)}", "tts-999999", "nobody-1"]
    answer = await operator.post(f"{LETTERS}/redrive", json={"ids": ids})
    assert answer.json() == {"redriven": ids[:2], "missing": ids[2:]}


async def test_if_a_service_does_not_answer_the_others_letters_are_sent_back_all_the_same(operator, engine):
    number = await parked(engine, 1)
    answer = await operator.post(f"{LETTERS}/redrive", json={"ids": [f"gateway-{number}", "notify-1"]})
    assert (answer.status_code, "notify" in answer.json()["detail"]) == (503, True)
    assert (await operator.get(f"{LETTERS}/gateway-{number}")).json()["redriving"] is True


@pytest.mark.parametrize("letter", ["tts-999999", "gateway-999999", "nobody-1", "tts-9223372036854775808"])
async def test_a_letter_that_is_not_there_is_not_found(operator, letter):
    assert (await operator.get(f"{LETTERS}/{letter}")).status_code == 404
    assert (await operator.post(f"{LETTERS}/{letter}/redrive")).status_code == 404


@pytest.mark.parametrize(("method", "path"), [("GET", ""), ("GET", "/tts-1"), ("POST", "/tts-1/redrive")])
async def test_nobody_but_an_operator_is_told(operator, ada, method, path):
    answer = await ada.request(method, f"{LETTERS}{path}")
    assert (answer.status_code, "operator" in answer.json()["detail"]) == (403, True)
