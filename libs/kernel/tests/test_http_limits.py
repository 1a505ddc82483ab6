"""Rate limits, counted by a real server: exact under concurrency, told in headers, open or closed while it is away."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from secrets import token_hex

import httpx
import pytest
import pytest_asyncio
from fastapi import APIRouter, FastAPI, WebSocket
from private_valkey import PrivateValkey, private_valkey
from pydantic import BaseModel, ValidationError
from starlette.middleware import Middleware

from philo.testing_service import KEY_ID, SIGNING, bearer
from philo_kernel.http.app import application
from philo_kernel.http.counting import CountAway, Counter
from philo_kernel.http.identity import Identity
from philo_kernel.http.keys import KnownKeys
from philo_kernel.http.limits import Limits, RateLimited, RateLimits
from philo_kernel.http.rates import Bucket, Rate

router = APIRouter()


@router.api_route("/films", methods=["GET", "POST"])
async def films() -> str:
    return "yes"


@router.post("/login")
async def login() -> str:
    return "in"


@router.websocket("/live")
async def live(socket: WebSocket) -> None:
    await socket.accept()


@pytest_asyncio.fixture
async def counter(servers, topic_prefix) -> AsyncIterator[Counter]:
    made = Counter(servers.redis, topic_prefix)
    yield made
    await made.close()


@pytest.fixture
def valkey() -> Iterator[PrivateValkey]:
    with private_valkey() as running:
        yield running


def app_of(counter: Counter, **settings: object) -> FastAPI:
    rates = RateLimits.model_validate(
        {f"rate_limit_{one}": "off" for one in ("reads", "writes", "logins", "address")} | settings
    )
    limited = Middleware(RateLimited, limits=Limits(rates, counter, ("/login",)))
    identity = Identity(KnownKeys({KEY_ID: SIGNING.public_key()}))
    return application("limits", "1", router, checks={}, identity=identity, middleware=[limited])


def client_of(counter: Counter, address: str = "192.0.2.1", **settings: object) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app_of(counter, **settings), client=(address, 1))
    return httpx.AsyncClient(transport=transport, base_url="http://test")


pytestmark = pytest.mark.stack


async def test_of_two_hundred_at_once_exactly_the_quota_passes(counter):
    bucket = Bucket("writes", Rate(50, 3600), token_hex(4))
    found = await asyncio.gather(*(counter.take([bucket]) for _ in range(200)))
    assert sum(not one.wait for [one] in found) == 50


async def test_a_rush_is_counted_to_the_last(counter):
    bucket = Bucket("address", Rate(1000, 3600), token_hex(4))
    found = await asyncio.gather(*(counter.take([bucket]) for _ in range(1500)))
    assert sum(not one.wait for [one] in found) == 1000


async def test_two_processes_count_together(counter, servers):
    bucket, other = Bucket("writes", Rate(10, 3600), token_hex(4)), Counter(servers.redis, counter.prefix)
    found = await asyncio.gather(*(one.take([bucket]) for one in (counter, other) for _ in range(20)))
    await other.close()
    assert sum(not one.wait for [one] in found) == 10


async def test_what_is_refused_by_one_bucket_takes_nothing_from_another(counter):
    wide, narrow = Bucket("address", Rate(10, 3600), "a"), Bucket("writes", Rate(1, 3600), "b")
    for _ in range(5):
        await counter.take([wide, narrow])
    [left] = await counter.take([wide])
    assert left.left == 8


async def test_what_was_taken_comes_back_evenly(counter):
    bucket = Bucket("writes", Rate(100, 1), "a")
    for _ in range(100):
        [last] = await counter.take([bucket])
    assert (last.left < 100, last.reset <= 1.0) == (True, True)
    while last.wait:
        await asyncio.sleep(last.wait)
        [last] = await counter.take([bucket])
    assert not last.wait


async def test_a_client_is_told_what_is_left_and_when_to_come_back(counter):
    async with client_of(counter, rate_limit_writes="2/60") as client:
        answers = [await client.post("/films", headers=bearer("ada")) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert [answer.headers["ratelimit"].split(";t=")[0] for answer in answers] == [
        '"writes";r=1',
        '"writes";r=0',
        '"writes";r=0',
    ]
    assert {answer.headers["ratelimit-policy"] for answer in answers} == {'"writes";q=2;w=60'}
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 30
    assert answers[-1].json()["type"] == "/problems/too-many-requests"


async def test_reads_writes_and_users_are_counted_apart(counter):
    async with client_of(counter, rate_limit_writes="1/60", rate_limit_reads="1/60") as client:
        asked = [("POST", "ada"), ("GET", "ada"), ("POST", "bob"), ("POST", "ada")]
        answers = [await client.request(method, "/films", headers=bearer(user)) for method, user in asked]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]


async def test_logins_are_counted_by_address_however_many_names_are_tried(counter):
    for address, expected in (("192.0.2.1", [200, 429]), ("192.0.2.2", [200, 429])):
        async with client_of(counter, address, rate_limit_logins="1/60") as client:
            assert [(await client.post("/login")).status_code for _ in range(2)] == expected


async def test_an_address_is_bounded_without_credentials_and_with_wrong_ones(counter):
    async with client_of(counter, rate_limit_address="2/60") as client:
        wrong = {"Authorization": "Bearer nonsense"}
        answers = [await client.get("/films", headers=headers) for headers in ({}, wrong, wrong)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]


async def test_an_address_that_a_client_makes_up_is_not_believed(counter):
    async with client_of(counter, rate_limit_address="1/60") as client:
        answers = [await client.get("/films", headers={"X-Forwarded-For": f"198.51.100.{n}"}) for n in range(2)]
    assert [answer.status_code for answer in answers] == [200, 429]


async def test_health_is_never_counted(counter):
    async with client_of(counter, rate_limit_address="1/60") as client:
        answers = [await client.get("/health") for _ in range(3)]
    assert {answer.status_code for answer in answers} == {200}


async def test_a_websocket_is_counted_as_a_read_and_denied_with_a_problem(counter):
    app, told = app_of(counter, rate_limit_address="1/60"), []

    async def send(message):
        told.append(message)

    async def receive():
        return {"type": "websocket.connect"}

    for _ in range(2):
        scope = {"type": "websocket", "scheme": "ws", "path": "/live", "query_string": b"", "headers": []}
        await app({**scope, "client": ("192.0.2.1", 1), "extensions": {"websocket.http.response": {}}}, receive, send)
    statuses = [message.get("status") for message in told if message["type"] == "websocket.http.response.start"]
    assert (told[0]["type"], statuses) == ("websocket.accept", [429])


@pytest.mark.parametrize("rate", ["", "0/60", "5", "5/0", "-1/60", "5/60/7", "five/60"])
def test_a_setting_that_is_no_rate_is_refused_in_words(rate):
    with pytest.raises(ValidationError, match="such as 600/60, or off"):
        RateLimits.model_validate({"rate_limit_reads": rate})


def test_off_is_no_rate():
    class Setting(BaseModel):
        rate: Rate

    assert not Setting.model_validate({"rate": "off"}).rate
    assert Setting.model_validate({"rate": "5/60"}).rate == Rate(5, 60)


async def test_while_nobody_can_count_all_pass_or_none_as_set(topic_prefix, valkey):
    counter = Counter(valkey.url, topic_prefix, rest=0)
    async with client_of(counter, rate_limit_address="1/60") as client:
        assert (await client.get("/films")).status_code == 200
        valkey.stop()
        assert [(await client.get("/films")).status_code for _ in range(3)] == [200, 200, 200]
    async with client_of(counter, rate_limit_address="1/60", rate_limits_when_away="closed") as client:
        answer = await client.get("/films")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
    await counter.close()


async def test_a_server_that_is_away_is_not_asked_with_every_request(topic_prefix, valkey):
    counter = Counter(valkey.url, topic_prefix, rest=3600)
    bucket = Bucket("address", Rate(10, 60), "a")
    valkey.stop()
    with pytest.raises(CountAway):
        await counter.take([bucket])
    with private_valkey(valkey.port), pytest.raises(CountAway):
        await counter.take([bucket])
    await counter.close()
