"""What every service's application answers alike."""

import asyncio
import uuid

import httpx
import pytest
import structlog
from fastapi import APIRouter, WebSocket
from fastapi.responses import StreamingResponse
from structlog.testing import capture_logs

from philo_kernel.http.app import application
from philo_kernel.http.problems import NotFound

router = APIRouter(tags=["films"])


@router.get("/films")
async def films() -> list[str]:
    structlog.get_logger().info("inside")
    return []


@router.get("/bug")
async def bug() -> None:
    raise RuntimeError("it broke")


@router.get("/cut")
async def cut() -> StreamingResponse:
    async def half():
        yield b"half"
        raise RuntimeError("it broke midway")

    return StreamingResponse(half())


@router.websocket("/live/{job}")
async def live(socket: WebSocket, job: str) -> None:
    if job == "unknown":
        raise NotFound("No such job.")
    await socket.accept()
    raise RuntimeError("it broke")


async def well() -> None:
    return None


async def broken() -> None:
    raise ConnectionRefusedError("postgresql://philo:hunter2@db")


async def hanging() -> None:
    await asyncio.Event().wait()


def client_of(**checks) -> httpx.AsyncClient:
    app = application("films", "1.2.3", router, checks=checks)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test")


async def test_health_touches_no_dependency():
    async with client_of(postgres=broken) as client:
        answer = await client.get("/health")
    assert (answer.status_code, answer.json()) == (200, {"status": "alive"})


async def test_ready_tells_each_dependency_with_its_latency():
    async with client_of(postgres=well, kafka=well) as client:
        answer = await client.get("/health/ready")
    assert answer.status_code == 200
    assert answer.json()["status"] == "ready"
    assert set(answer.json()["checks"]) == {"postgres", "kafka"}
    assert answer.json()["checks"]["kafka"].keys() == {"status", "latency_ms"}


async def test_one_failing_dependency_makes_it_unready_and_no_secret_is_told():
    async with client_of(postgres=broken, kafka=well) as client:
        answer = await client.get("/health/ready")
    assert (answer.status_code, answer.json()["status"]) == (503, "not_ready")
    assert answer.json()["checks"]["postgres"]["detail"] == "ConnectionRefusedError"
    assert answer.json()["checks"]["kafka"]["status"] == "ok"
    assert "hunter2" not in answer.text


async def test_a_dependency_that_does_not_answer_is_given_up(monkeypatch):
    monkeypatch.setattr("philo_kernel.http.operation.PATIENCE", 0.05)
    async with client_of(kafka=hanging) as client:
        answer = await client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["checks"]["kafka"]["detail"] == "no answer in 0.05 s"


async def test_dependencies_are_asked_side_by_side():
    both = asyncio.Barrier(2)

    async def met() -> None:
        await both.wait()

    async with client_of(postgres=met, kafka=met) as client:
        assert (await client.get("/health/ready")).status_code == 200


async def test_info_names_the_service():
    async with client_of() as client:
        assert (await client.get("/info")).json() == {"name": "films", "version": "1.2.3", "debug": False}


async def test_a_sane_request_id_is_kept():
    async with client_of() as client:
        assert (await client.get("/films", headers={"x-request-id": "abc-1"})).headers["x-request-id"] == "abc-1"


@pytest.mark.parametrize("theirs", ["", "a b", "x" * 129, "<script>", "-", "a\tb"])
async def test_any_other_request_id_is_replaced_by_a_uuid7(theirs):
    async with client_of() as client:
        answer = await client.get("/films", headers={"x-request-id": theirs})
    assert uuid.UUID(answer.headers["x-request-id"]).version == 7


@pytest.mark.parametrize("path", ["/health", "/nowhere", "/bug"])
async def test_every_answer_has_exactly_one_request_id(path):
    async with client_of() as client:
        with capture_logs():
            answer = await client.get(path)
    assert len(answer.headers.get_list("x-request-id")) == 1


async def test_the_request_id_is_in_the_log_context():
    async with client_of() as client:
        with capture_logs(processors=[structlog.contextvars.merge_contextvars]) as lines:
            await client.get("/films", headers={"x-request-id": "abc-1"})
    assert {line["event"]: line["request_id"] for line in lines} == {"inside": "abc-1", "request": "abc-1"}


async def test_a_request_is_logged_without_its_query():
    async with client_of() as client:
        with capture_logs() as lines:
            await client.get("/nowhere?ticket=hunter2")
    assert [(line["method"], line["path"], line["status"]) for line in lines] == [("GET", "/nowhere", 404)]


async def test_a_bug_is_logged_once_with_its_request_id():
    async with client_of() as client:
        with capture_logs(processors=[structlog.contextvars.merge_contextvars]) as lines:
            await client.get("/bug", headers={"x-request-id": "abc-1"})
    assert [line["request_id"] for line in lines if line["log_level"] == "error"] == ["abc-1"]


async def test_an_answer_that_breaks_midway_is_logged_once_and_stays_cut():
    app, sent = application("films", "1", router, checks={}), []

    async def send(message):
        sent.append(message)

    async def receive():
        return await asyncio.Event().wait()

    scope = {"type": "http", "method": "GET", "path": "/cut", "query_string": b"", "headers": [], "http_version": "1.1"}
    with capture_logs() as lines:
        await app(scope, receive, send)
    assert [line["event"] for line in lines if line["log_level"] == "error"] == ["request failed"]
    assert all(message.get("more_body", True) for message in sent)


async def websocket(path: str) -> list[dict]:
    app, sent = application("films", "1", router, checks={}), []

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": "websocket.connect"}

    extensions = {"websocket.http.response": {}}
    scope = {"type": "websocket", "path": path, "query_string": b"", "headers": [], "extensions": extensions}
    await app(scope, receive, send)
    return sent


async def test_a_websocket_is_denied_with_a_problem():
    start, body = await websocket("/live/unknown")
    assert (start["type"], start["status"]) == ("websocket.http.response.start", 404)
    assert (b"content-type", b"application/problem+json") in start["headers"]
    assert b"No such job." in body["body"]


async def test_a_websocket_that_breaks_is_closed_as_an_internal_error():
    with capture_logs():
        accepted, closed = await websocket("/live/1")
    assert b"x-request-id" in dict(accepted["headers"])
    assert closed == {"type": "websocket.close", "code": 1011}


async def test_openapi_documents_problems_for_every_operation_and_nothing_else():
    async with client_of() as client:
        document = (await client.get("/openapi.json")).json()
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    for operation in operations:
        assert "422" not in operation["responses"]
        assert list(operation["responses"]["default"]["content"]) == ["application/problem+json"]
    assert "HTTPValidationError" not in document["components"]["schemas"]
    assert {"ProblemDocument", "InvalidPart"} <= document["components"]["schemas"].keys()
    assert "films_films" in {operation["operationId"] for operation in operations}


@pytest.mark.parametrize("path", ["/docs", "/redoc"])
async def test_pages_that_load_from_elsewhere_are_off(path):
    async with client_of() as client:
        assert (await client.get(path)).status_code == 404
