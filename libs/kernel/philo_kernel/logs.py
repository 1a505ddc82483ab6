"""Logs: one JSON object a line (or text, for a person), with who, which request and which trace; never a secret."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any, Literal, TextIO

import orjson
import structlog
from opentelemetry.trace import format_span_id, format_trace_id
from structlog.stdlib import ProcessorFormatter
from structlog.types import EventDict, Processor, WrappedLogger

from philo_kernel import telemetry
from philo_kernel.chatter import Seldom
from philo_kernel.redaction import shown

QUIETED = (
    "aiokafka",
    "httpx",
    "httpx2",
    "httpcore",
    "httpcore2",
    "openai",
    "opentelemetry",
    "pgqueuer",
    "uvicorn.error",
)
"""Libraries whose everyday news is of no use at our own level; their warnings are, now and then."""

LARGEST, KEPT = 10_000_000, 5
"""Bytes of a log file, and how many of those before it are kept."""

Style = Literal["auto", "json", "text"]
"""`auto`: text for a terminal, JSON for everything else."""


def configure(
    service: str,
    instance: str,
    *,
    level: str = "info",
    style: Style = "json",
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
        rotating = RotatingFileHandler(file, maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8", delay=True)
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


def handler_of(handler: logging.Handler, shared: list[Processor], style: Style) -> logging.Handler:
    render: Processor = structlog.processors.JSONRenderer(serializer=as_json)
    if style == "text" or (style == "auto" and is_terminal(handler)):
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
    """Which trace this line belongs to, what it is about (the job), and for which fact it happens."""
    on = telemetry.here()
    if on is None:
        return line
    place = on.get_span_context()
    line["trace_id"], line["span_id"] = format_trace_id(place.trace_id), format_span_id(place.span_id)
    for name, value in telemetry.subject().items():
        line.setdefault(name, value)
    return line


def as_json(line: EventDict, default: Callable[[Any], Any] = repr, **_: object) -> str:  # structlog's signature
    return orjson.dumps(line, default=default, option=orjson.OPT_NON_STR_KEYS).decode()


def redact(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """A structlog processor; puts it after whatever turns exceptions into text."""
    return {name: shown(name, value) for name, value in line.items()}
