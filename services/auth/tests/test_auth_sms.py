"""Messages over HTTP, to a carrier that really listens; and the console's, which is for one's own machine."""

import asyncio
import json
from urllib.parse import parse_qs

import pytest
import pytest_asyncio
import structlog
from pydantic import SecretStr

from philo_auth.sms.console import ConsoleSms
from philo_auth.sms.http import READ, Carrier, HttpSms, body_of
from philo_auth.sms.port import SmsFailed
from philo_kernel.http.server import serve
from philo_kernel.outgoing.client import bounded_client

pytestmark = pytest.mark.heavy

PHONE, TEXT = "+4915123456789", '{"phone"} said: "042137" {phone}'


class Behind:
    """A carrier that notes what it is asked and answers as it is told."""

    def __init__(self) -> None:
        self.status, self.asked, self.body, self.go_on = 200, [], b"{}", asyncio.Event()
        self.go_on.set()

    async def __call__(self, scope, receive, send) -> None:
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        self.asked.append((scope["method"], scope["path"], headers, (await receive())["body"]))
        await self.go_on.wait()
        await send({"type": "http.response.start", "status": self.status, "headers": []})
        await send({"type": "http.response.body", "body": self.body})


@pytest.fixture
def behind() -> Behind:
    return Behind()


@pytest_asyncio.fixture
async def sms(behind):
    async with serve(behind, "127.0.0.1", 0, grace=1) as port, bounded_client(READ) as client:

        def made(**changed) -> HttpSms:
            usual = {
                "url": f"http://127.0.0.1:{port}/messages",
                "key": SecretStr("carrier-key"),
                "header": "Authorization: Bearer {key}",
                "body": body_of('{"to": ["{phone}"], "text": "{text}", "unicode": true}'),
                "encoding": "json",
                "timeout": 5.0,
            }
            return HttpSms(client, Carrier(**usual | changed))

        yield made
        behind.go_on.set()


async def test_the_carrier_gets_the_message_in_its_own_shape_with_the_key(sms, behind):
    await sms().send(PHONE, TEXT)
    ((method, path, headers, body),) = behind.asked
    assert (method, path, headers["authorization"]) == ("POST", "/messages", "Bearer carrier-key")
    assert json.loads(body) == {"to": [PHONE], "text": TEXT, "unicode": True}


async def test_a_carrier_may_take_forms_and_another_header(sms, behind):
    form = body_of('{"To": "{phone}", "Body": "{text}"}')
    await sms(body=form, encoding="form", header="X-Api-Key: {key}").send(PHONE, TEXT)
    ((_, _, headers, body),) = behind.asked
    assert headers["x-api-key"] == "carrier-key"
    assert parse_qs(body.decode()) == {"To": [PHONE], "Body": [TEXT]}


@pytest.mark.parametrize("status", [302, 400, 401, 429, 500])
async def test_a_carrier_that_refuses_is_a_problem_that_repeats_nothing(sms, behind, status):
    behind.status, behind.body = status, f"{PHONE} carrier-key 042137".encode()
    with structlog.testing.capture_logs() as lines, pytest.raises(SmsFailed) as failed:
        await sms().send(PHONE, TEXT)
    assert failed.value.headers == {"Retry-After": "30"}
    for secret in (PHONE, "carrier-key", "042137"):
        assert secret not in f"{failed.value.detail} {lines}"


async def test_a_carrier_that_is_silent_is_given_up(sms, behind):
    behind.go_on.clear()
    with pytest.raises(SmsFailed):
        await sms(timeout=0.1).send(PHONE, TEXT)


async def test_a_carrier_that_talks_without_end_or_is_away_is_a_problem(sms, behind):
    behind.body = b"x" * (READ + 1)
    with pytest.raises(SmsFailed):
        await sms().send(PHONE, TEXT)
    with pytest.raises(SmsFailed):
        await sms(url="http://127.0.0.1:1/messages").send(PHONE, TEXT)


@pytest.mark.parametrize("text", ["", "[]", '"{phone}{text}"', '{"to": "{phone}"}', "{to: {phone}, text: {text}}"])
def test_what_is_no_body_is_refused_in_words(text):
    with pytest.raises(ValueError, match="has to be"):
        body_of(text)


async def test_the_console_shows_the_message():
    with structlog.testing.capture_logs() as lines:
        await ConsoleSms().send(PHONE, "042137 is your code")
    assert [(line["phone"], line["text"]) for line in lines] == [(PHONE, "042137 is your code")]
