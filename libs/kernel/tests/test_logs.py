"""Logs say who, which request and which trace; they never say a secret."""

import io
import json
import logging

import pytest
import structlog
from opentelemetry.trace import format_span_id, format_trace_id
from pydantic import SecretStr

from philo_kernel import logs, telemetry
from philo_kernel.redaction import shown


@pytest.fixture(autouse=True)
def untouched():
    root = logging.getLogger()
    before = root.handlers[:], root.level
    yield
    for handler in set(root.handlers) - set(before[0]):
        handler.close()
    root.handlers, root.level = before
    structlog.reset_defaults()


def lines(stream: io.StringIO) -> list[dict]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


@pytest.fixture
def stream() -> io.StringIO:
    stream = io.StringIO()
    logs.configure("films", "films-0", stream=stream)
    return stream


def test_a_line_is_one_json_object_with_its_service_and_instance(stream):
    structlog.stdlib.get_logger("philo.films").info("drawn", frames=3)
    (line,) = lines(stream)
    assert line.pop("time").endswith("Z")
    assert line == {
        "event": "drawn",
        "frames": 3,
        "level": "info",
        "logger": "philo.films",
        "service": "films",
        "instance": "films-0",
    }


def test_the_standard_library_goes_the_same_way(stream):
    logging.getLogger("somewhere").warning("%s of %d", "two", 3)
    (line,) = lines(stream)
    assert (line["event"], line["level"], line["service"]) == ("two of 3", "warning", "films")


def test_uvicorn_goes_the_same_way_and_keeps_its_small_talk(stream):
    logging.getLogger("uvicorn.error").info("Started server process")
    logging.getLogger("uvicorn.error").error("broken")
    assert [line["event"] for line in lines(stream)] == ["broken"]


def test_context_is_on_every_line(stream):
    with structlog.contextvars.bound_contextvars(job="j1", request_id="r1"):
        structlog.get_logger().info("one")
        logging.getLogger("x").warning("two")
    assert [(line["job"], line["request_id"]) for line in lines(stream)] == [("j1", "r1")] * 2


def test_the_trace_is_named_while_there_is_one(stream):
    with telemetry.span("draw", correlation="j1", causation="f1") as span:
        structlog.get_logger().info("inside")
        logging.getLogger("x").warning("of a library")
    structlog.get_logger().info("outside")
    inside, library, outside = lines(stream)
    for line in (inside, library):
        assert (line["trace_id"], line["span_id"]) == ids_of(span)
        assert (line["correlation_id"], line["causation_id"]) == ("j1", "f1")
    assert not {"trace_id", "span_id", "correlation_id", "causation_id"} & set(outside)


def ids_of(span: telemetry.Span) -> tuple[str, str]:
    place = span.get_span_context()
    return format_trace_id(place.trace_id), format_span_id(place.span_id)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_by_itself_a_terminal_gets_text_and_everything_else_json():
    for stream, beginning in ((Terminal(), "\x1b"), (io.StringIO(), "{")):
        logs.configure("films", "films-0", style="auto", stream=stream)
        structlog.get_logger().info("drawn")
        assert stream.getvalue().startswith(beginning)


def test_a_file_is_json_though_a_terminal_gets_text_and_it_is_rotated(tmp_path, monkeypatch):
    monkeypatch.setattr(logs, "LARGEST", 2_000)
    logs.configure("films", "films-0", style="auto", file=tmp_path / "films.log", stream=Terminal())
    for number in range(100):
        structlog.get_logger().info("drawn", number=number)
    files = sorted(tmp_path.glob("films.log*"))
    assert len(files) == 1 + logs.KEPT
    assert all(file.stat().st_size <= 2_000 for file in files)
    assert [json.loads(line)["event"] for line in files[0].read_text().splitlines()][-1:] == ["drawn"]


def test_below_the_level_nothing_is_written(stream):
    structlog.get_logger().debug("detail")
    assert lines(stream) == []


def test_an_exception_is_on_the_line_and_its_secrets_are_not(stream):
    error = RuntimeError("cannot reach postgresql://philo:hunter2@db/films")
    structlog.get_logger().error("failed", exc_info=error)
    (line,) = lines(stream)
    assert "RuntimeError: cannot reach postgresql://philo:***@db/films" in line["exception"]
    assert "hunter2" not in stream.getvalue()


SECRETS = {
    "password": "hunter2",
    "AUTH_SIGNING_KEY": "hunter2",
    "s3_secret_key": "hunter2",
    "refresh_token": "hunter2",
    "Authorization": "hunter2",
    "x-api-key": "hunter2",
    "set-cookie": "hunter2",
    "anything": SecretStr("hunter2"),
    "deep": [{"headers": ({"authorization": "hunter2"},)}],
    "header": "Bearer hunter2hunter2",
    "sent": "phk_0123abcd_hunter2",
    "url": "redis://:hunter2@redis:6379/0",
    "jwt": "eyJhbGciOiJFZERTQSJ9.hunter2.hunter2",
}


@pytest.mark.parametrize(("name", "value"), SECRETS.items())
def test_a_secret_is_not_written(stream, name, value):
    structlog.get_logger().info("said", **{name: value})
    assert "hunter2" not in stream.getvalue()
    assert "***" in stream.getvalue()


@pytest.mark.parametrize(("name", "value"), [("total_tokens", 12), ("token_type", "bearer"), ("key_id", "0123")])
def test_what_only_sounds_like_a_secret_is_written(name, value):
    assert shown(name, value) == value


def test_text_is_readable_and_keeps_secrets_too():
    stream = io.StringIO()
    logs.configure("films", "films-0", style="text", stream=stream)
    structlog.get_logger().info("drawn", frames=3, password="hunter2")
    structlog.get_logger().error("failed", exc_info=RuntimeError("it broke"))
    assert "drawn" in stream.getvalue()
    assert "frames=3" in stream.getvalue()
    assert "RuntimeError: it broke" in stream.getvalue()
    assert "hunter2" not in stream.getvalue()


def test_a_file_gets_the_same_lines(tmp_path):
    logs.configure("films", "films-0", file=tmp_path / "films.log", stream=io.StringIO())
    structlog.get_logger().info("drawn")
    assert json.loads((tmp_path / "films.log").read_text())["event"] == "drawn"


def test_what_json_does_not_know_is_written_as_python_shows_it(stream):
    structlog.get_logger().info("said", what={1: object})
    assert lines(stream)[0]["what"] == {"1": "<class 'object'>"}
