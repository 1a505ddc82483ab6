"""The reverse proxy between real servers: nothing is held back, lost, doubled or let through that should not be."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import httpx
import pytest
import pytest_asyncio
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from philo_gateway import proxy
from philo_gateway.proxy import Upstream, end_to_end, proxied
from philo_kernel.http.app import application
from philo_kernel.http.server import serve

pytestmark = pytest.mark.asyncio(loop_scope="module")
HTTP, SOCKETS = ["/api/v1/realtime/{path:path}"], ["/api/v1/realtime/ws"]
PROBLEM = b'{"type":"/problems/not-found","status":404,"detail":"There is no job with this id among yours."}'


class Behind:
    """A service behind the gateway. It tells what it was asked, and does what the path says."""

    def __init__(self) -> None:
        self.go_on, self.left, self.asked = asyncio.Event(), asyncio.Event(), 0
        self.closed: int | None = None

    async def __call__(self, scope, receive, send) -> None:
        self.asked += 1
        if scope["type"] == "websocket":
            return await self.converse(scope, receive, send)
        what = scope["path"].rsplit("/", 1)[-1]
        return await (getattr(self, what, None) or self.mirror)(scope, receive, send)

    async def mirror(self, scope, receive, send) -> None:
        body = (await receive())["body"]
        seen = {
            "method": scope["method"],
            "path": scope["raw_path"].decode(),
            "query": scope["query_string"].decode(),
            "headers": [[name.decode(), value.decode("latin-1")] for name, value in scope["headers"]],
            "body": body.decode(),
        }
        headers = [
            (b"set-cookie", b"a=1"),
            (b"set-cookie", b"b=2"),
            (b"connection", b"x-private"),
            (b"x-private", b"1"),
        ]
        await send({"type": "http.response.start", "status": 201, "headers": [*headers, (b"server", b"behind")]})
        await send({"type": "http.response.body", "body": json.dumps(seen).encode()})

    async def events(self, scope, receive, send) -> None:
        """A line at once, a second one when told; then silence until the client has left."""
        kind = (b"content-type", b"text/event-stream")
        await send({"type": "http.response.start", "status": 200, "headers": [kind]})
        await send({"type": "http.response.body", "body": b"data: 1\n\n", "more_body": True})
        await self.go_on.wait()
        await send({"type": "http.response.body", "body": b"data: 2\n\n", "more_body": True})
        await receive()
        while (await receive())["type"] != "http.disconnect":
            pass
        self.left.set()

    async def refusal(self, scope, receive, send) -> None:
        headers = [(b"content-type", b"application/problem+json"), (b"retry-after", b"7")]
        await send({"type": "http.response.start", "status": 404, "headers": headers})
        await send({"type": "http.response.body", "body": PROBLEM})

    async def silence(self, scope, receive, send) -> None:
        await self.go_on.wait()

    async def converse(self, scope, receive, send) -> None:
        await receive()
        query = scope["query_string"]
        if query == b"refused":
            headers = [(b"content-type", b"application/problem+json")]
            await send({"type": "websocket.http.response.start", "status": 404, "headers": headers})
            return await send({"type": "websocket.http.response.body", "body": PROBLEM})
        await send({"type": "websocket.accept"})
        seen = {name.decode(): value.decode() for name, value in scope["headers"]}
        await send({"type": "websocket.send", "text": json.dumps(seen)})
        while (message := await receive())["type"] == "websocket.receive":
            if message.get("text") == "bye":
                return await send({"type": "websocket.close", "code": 4001, "reason": "so long"})
            if message.get("text") == "break":
                raise ConnectionError("broken")
            answer = {key: value for key, value in message.items() if key in {"text", "bytes"} and value is not None}
            await send({"type": "websocket.send", **answer})
        self.closed = message["code"]
        self.left.set()
        return None


class Address:
    """Where the service behind the gateway is found, whichever it is just now."""

    service: Behind

    async def __call__(self, scope, receive, send) -> None:
        await self.service(scope, receive, send)


@asynccontextmanager
async def gateway_to(url: str) -> AsyncIterator[str]:
    """The address of a gateway in front of `url`, without a scheme."""
    async with httpx.AsyncClient(timeout=httpx.Timeout(5, read=None)) as client:
        app = application("gateway", "0", proxied(Upstream("notify", url, client), HTTP, SOCKETS), checks={})
        async with serve(app, "127.0.0.1", 0, grace=1) as port:
            yield f"127.0.0.1:{port}"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def servers_running() -> AsyncIterator[tuple[Address, str]]:
    """Both servers, started once: to stop them takes longer than most tests here."""
    address = Address()
    async with serve(address, "127.0.0.1", 0, grace=1) as port, gateway_to(f"http://127.0.0.1:{port}") as gateway:
        yield address, gateway


@pytest.fixture
def behind(servers_running) -> Iterator[Behind]:
    """A service of the test's own."""
    servers_running[0].service = made = Behind()
    yield made
    made.go_on.set()


@pytest.fixture
def gateway(servers_running, behind) -> str:
    return servers_running[1]


@pytest_asyncio.fixture(loop_scope="module")
async def client(gateway) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=f"http://{gateway}/api/v1/realtime", timeout=10) as made:
        yield made


@asynccontextmanager
async def live(gateway: str, query: str = "", **headers: str) -> AsyncIterator[ClientConnection]:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    async with connect(f"ws://{gateway}/api/v1/realtime/ws?{query}", additional_headers=sent, proxy=None) as socket:
        yield socket


async def test_what_speaks_of_one_connection_is_not_passed_on():
    headers = [(b"Connection", b"close, X-Mine"), (b"X-Mine", b"1"), (b"TE", b"trailers"), (b"Accept", b"*/*")]
    assert end_to_end(headers) == [(b"accept", b"*/*")]


async def test_space_around_a_value_is_no_part_of_it():
    assert end_to_end([(b"authorization", b"Bearer ")]) == [(b"authorization", b"Bearer")]


async def test_a_request_arrives_as_it_was_written(client):
    path, query, headers = "/a%2Fb%3Fc%20%E8%8C%B6", "x=%20+y&x=2&z=a%26b&empty=", {"X-Own": b"\xe9"}
    answer = await client.post(f"{path}?{query}", content=b"body", headers=headers)
    seen = answer.json()
    assert (answer.status_code, seen["method"], seen["body"]) == (201, "POST", "body")
    assert (seen["path"], seen["query"]) == (f"/api/v1/realtime{path}", query)
    assert ["x-own", "\xe9"] in seen["headers"]


async def test_headers_are_passed_on_without_those_of_the_connection(client):
    sent = {"Connection": "X-Hop", "X-Hop": "1", "X-Request-Id": "mine-1"}
    answer = await client.get("/x", headers={**sent, "Authorization": "Bearer t"})
    seen = dict(answer.json()["headers"])
    assert (seen["x-forwarded-for"], seen["x-request-id"], seen["authorization"]) == ("127.0.0.1", "mine-1", "Bearer t")
    assert "x-hop" not in seen


async def test_the_answer_keeps_headers_that_come_twice_and_has_no_others_twice(client):
    headers = (await client.get("/x", headers={"X-Request-Id": "mine-2"})).headers
    assert headers.get_list("set-cookie") == ["a=1", "b=2"]
    assert headers.get_list("x-request-id") == ["mine-2"]
    assert len(headers.get_list("date")) == 1
    assert {"x-private", "server"} & set(headers) == set()


async def test_an_event_is_passed_on_before_the_next_one_exists(client, behind):
    async with client.stream("GET", "/events") as answer:
        lines = answer.aiter_raw()
        assert await anext(lines) == b"data: 1\n\n"
        behind.go_on.set()
        assert await anext(lines) == b"data: 2\n\n"


async def test_a_listener_who_leaves_is_left_by_the_upstream_too(client, behind):
    behind.go_on.set()
    async with client.stream("GET", "/events") as answer:
        await anext(answer.aiter_raw())
    async with asyncio.timeout(10):
        await behind.left.wait()


async def test_a_refusal_keeps_its_status_its_problem_and_its_headers(client):
    answer = await client.get("/refusal")
    assert (answer.status_code, answer.content, answer.headers["retry-after"]) == (404, PROBLEM, "7")
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_body_that_is_too_large_never_reaches_the_upstream(client, behind):
    answer = await client.post("/x", content=b"a" * 1_100_000)
    assert (answer.status_code, answer.json()["type"], behind.asked) == (413, "/problems/too-large", 0)


@pytest.mark.parametrize("path", ["../../../health", "a/./b", "a/%2e%2e/%2e%2e/metrics"])
async def test_a_path_cannot_climb_out_of_what_is_proxied(gateway, behind, path):
    reader, writer = await asyncio.open_connection(*gateway.split(":"))
    writer.write(f"GET /api/v1/realtime/{path} HTTP/1.1\r\nHost: philo\r\nConnection: close\r\n\r\n".encode())
    answer = await reader.read()
    writer.close()
    assert answer.startswith(b"HTTP/1.1 404")
    assert behind.asked == 0


async def test_an_upstream_that_is_away_is_a_problem_to_come_back_from():
    async with gateway_to("http://127.0.0.1:1") as address, httpx.AsyncClient() as client:
        answer = await client.get(f"http://{address}/api/v1/realtime/events")
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
        assert (answer.json()["type"], "notify" in answer.json()["detail"]) == ("/problems/service-unavailable", True)
        with pytest.raises(InvalidStatus) as refused:
            async with live(address):
                pass
        assert refused.value.response.status_code == 503
        assert json.loads(refused.value.response.body)["type"] == "/problems/service-unavailable"


async def test_an_upstream_that_never_begins_to_answer_is_given_up(client, monkeypatch):
    monkeypatch.setattr(proxy, "PATIENCE", 0.1)
    assert (await client.get("/silence")).status_code == 503


async def test_a_socket_carries_text_and_bytes_both_ways(gateway):
    async with live(gateway) as socket:
        await socket.recv()
        for message in ("hello", b"\x00\xff", "茶"):
            await socket.send(message)
            assert await socket.recv() == message


async def test_a_socket_is_opened_with_the_callers_credentials(gateway):
    async with live(gateway, "after=3", Authorization="Bearer t", X_Request_Id="mine-3") as socket:
        seen = json.loads(await socket.recv())
    assert (seen["authorization"], seen["x-request-id"]) == ("Bearer t", "mine-3")


async def test_a_refused_handshake_keeps_its_status_and_its_problem(gateway):
    with pytest.raises(InvalidStatus) as refused:
        async with live(gateway, "refused"):
            pass
    answer = refused.value.response
    assert (answer.status_code, answer.body) == (404, PROBLEM)
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_socket_that_the_upstream_closes_is_closed_with_its_code_and_reason(gateway):
    async with live(gateway) as socket:
        await socket.recv()
        await socket.send("bye")
        with pytest.raises(ConnectionClosed):
            await socket.recv()
        assert (socket.close_code, socket.close_reason) == (4001, "so long")


async def test_a_socket_whose_upstream_breaks_is_closed_with_an_error(gateway):
    async with live(gateway) as socket:
        await socket.recv()
        await socket.send("break")
        with pytest.raises(ConnectionClosed):
            await socket.recv()
        assert socket.close_code == 1011


@pytest.mark.parametrize("code", [1000, 4002])
async def test_a_client_that_leaves_is_left_by_the_upstream_too(gateway, behind, code):
    async with live(gateway) as socket:
        await socket.recv()
        await socket.close(code)
    async with asyncio.timeout(10):
        await behind.left.wait()
    assert behind.closed == code


async def test_a_client_that_vanishes_is_left_by_the_upstream_too(gateway, behind):
    async with live(gateway) as socket:
        await socket.recv()
        socket.transport.abort()
        async with asyncio.timeout(10):
            await behind.left.wait()
