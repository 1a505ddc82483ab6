"""Logs: one JSON object a line (or text, for a person), with who, which request and which trace; never a secret."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any, Literal, TextIO

import orjson
import structlog
from opentelemetry import trace
from pydantic import SecretBytes, SecretStr
from structlog.stdlib import ProcessorFormatter
from structlog.types import EventDict, Processor, WrappedLogger

from philo_kernel.chatter import Seldom

QUIETED = ("aiokafka", "httpx", "httpx2", "httpcore", "httpcore2", "openai", "pgqueuer", "uvicorn.error")
"""Libraries whose everyday news is of no use at our own level; their warnings are, now and then."""

HIDDEN = "***"
TELLING = re.compile(r"passw|secret|authorization|cookie|api[-_]?key|private_?key|signing_?key|token$", re.IGNORECASE)
"""Names of secrets. `token` only at the end: `total_tokens` and `token_type` are news, not secrets."""

LOOKS = re.compile(
    r"(?P<bearer>bearer\s+)[\w.~+/=-]{8,}"  # an Authorization header
    r"|(?P<key>phk_[0-9a-f]+_)[\w-]+"  # an API key of ours
    r"|eyJ[\w-]{10,}\.[\w-]+\.[\w-]+"  # a JWT
    r"|(?P<scheme>\w://[^\s:/@]*:)[^\s@]+(?=@)",  # a password in a URL
    re.IGNORECASE,
)


def configure(
    service: str,
    instance: str,
    *,
    level: str = "info",
    style: Literal["json", "text"] = "json",
    file: Path | None = None,
    stream: TextIO = sys.stdout,
) -> None:
    """Send structlog and the standard library's loggers through one chain. Call once, first of all in `main`."""
    shared = chain(service, instance)
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    root = logging.getLogger()
    root.handlers = [handler_of(logging.StreamHandler(stream), shared, style)]
    if file:
        rotating = RotatingFileHandler(file, maxBytes=10_000_000, backupCount=5, encoding="utf-8", delay=True)
        root.addHandler(handler_of(rotating, shared, "json"))
    root.setLevel(level.upper())
    for name in QUIETED:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logging.getLogger(name).handlers, logging.getLogger(name).propagate = [], True


def chain(service: str, instance: str) -> list[Processor]:
    """What is done to every line, whoever wrote it."""
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
        signed(service, instance),
        add_trace,
        structlog.processors.format_exc_info,
        redact,
    ]


def handler_of(handler: logging.Handler, shared: list[Processor], style: str) -> logging.Handler:
    render: Processor = structlog.processors.JSONRenderer(serializer=as_json)
    if style == "text":
        plain = structlog.dev.plain_traceback
        render = structlog.dev.ConsoleRenderer(
            colors=is_terminal(handler), timestamp_key="time", exception_formatter=plain
        )
    handler.addFilter(Seldom(QUIETED))
    meta = ProcessorFormatter.remove_processors_meta
    handler.setFormatter(ProcessorFormatter(foreign_pre_chain=shared, processors=[meta, render]))
    return handler


def is_terminal(handler: logging.Handler) -> bool:
    return isinstance(handler, logging.StreamHandler) and bool(handler.stream.isatty())


def signed(service: str, instance: str) -> Processor:
    def sign(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
        line.setdefault("service", service)
        line.setdefault("instance", instance)
        return line

    return sign


def add_trace(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """The trace this line belongs to, in the spelling of W3C trace context."""
    context = trace.get_current_span().get_span_context()
    if context.is_valid:
        line["trace_id"] = trace.format_trace_id(context.trace_id)
        line["span_id"] = trace.format_span_id(context.span_id)
    return line


def as_json(line: EventDict, default: Callable[[Any], Any] = repr, **_: object) -> str:  # structlog's signature
    return orjson.dumps(line, default=default, option=orjson.OPT_NON_STR_KEYS).decode()


def redact(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """A structlog processor; puts it after whatever turns exceptions into text."""
    return {name: shown(name, value) for name, value in line.items()}


def shown(name: object, value: object) -> object:
    """The value as it may be seen under this name, at any depth."""
    if value and isinstance(name, str) and TELLING.search(name):
        return HIDDEN
    match value:
        case str():
            return LOOKS.sub(hidden, value)
        case SecretStr() | SecretBytes():
            return HIDDEN
        case dict():
            return {key: shown(key, inner) for key, inner in value.items()}
        case list() | tuple() | set() | frozenset():
            return [shown(None, inner) for inner in value]
        case _:
            return value


def hidden(found: re.Match[str]) -> str:
    return (found["bearer"] or found["key"] or found["scheme"] or "") + HIDDEN
