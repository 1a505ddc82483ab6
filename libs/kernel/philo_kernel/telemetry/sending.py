"""Encoded spans on their way to the collector, in a thread of their own that does nothing but wait for the network."""

from __future__ import annotations

import http.client
import threading
import time
from collections import deque
from urllib.parse import urlsplit

import structlog

EVERY = 1.0
"""Seconds between two sendings."""
AT_ONCE = 2_000
MOST = 20_000
"""Spans that are kept while the collector is away, some 7 MB; what comes then is dropped, and counted."""
PATIENCE = 5.0
LAST_WORDS = 3.0
"""Seconds that the last spans have when the process ends."""
REST, LONGEST_REST = 1.0, 30.0

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Sender:
    """To one OTLP endpoint over HTTP."""

    def __init__(self, endpoint: str) -> None:
        parts = urlsplit(f"{endpoint.rstrip('/')}/v1/traces")
        self.path, self.place, self.secure = parts.path, parts.netloc, parts.scheme == "https"
        self.waiting: deque[bytes] = deque()
        self.dropped = 0
        self.away = False
        self.ending = threading.Event()
        self.line: http.client.HTTPConnection | None = None
        self.thread = threading.Thread(target=self.run, name="traces", daemon=True)
        self.thread.start()

    def add(self, span: bytes) -> None:
        if len(self.waiting) < MOST:
            self.waiting.append(span)
        else:
            self.dropped += 1

    def close(self) -> None:
        """Send what is left, if that goes quickly."""
        self.ending.set()
        self.thread.join(LAST_WORDS)

    def run(self) -> None:
        rest = EVERY
        while not self.ending.wait(rest):
            rest = EVERY if self.sent() else min(LONGEST_REST, max(REST, 2 * rest))
        until = time.monotonic() + LAST_WORDS
        while self.waiting and self.sent() and time.monotonic() < until:
            pass
        if self.line:
            self.line.close()

    def sent(self) -> bool:
        """Everything that waits, or as much as the collector takes; what it does not take stays."""
        while self.waiting:
            some = [self.waiting[place] for place in range(min(AT_ONCE, len(self.waiting)))]
            try:
                self.post(b"".join(some))
            except (OSError, http.client.HTTPException) as error:
                self.is_away(error)
                return False
            for _ in some:
                self.waiting.popleft()
        self.is_back()
        return True

    def post(self, body: bytes) -> None:
        """Raises OSError, or HTTPException for a refusal."""
        line = self.line = self.line or self.opened()
        try:
            line.request("POST", self.path, body, {"Content-Type": "application/x-protobuf"})
            answer = line.getresponse()
            answer.read()
        except BaseException:
            line.close()
            self.line = None
            raise
        if answer.status >= 300:
            raise http.client.HTTPException(f"the collector answered with {answer.status}")

    def opened(self) -> http.client.HTTPConnection:
        kind = http.client.HTTPSConnection if self.secure else http.client.HTTPConnection
        return kind(self.place, timeout=PATIENCE)

    def is_away(self, error: Exception) -> None:
        """Said once: nothing of a film depends on it."""
        if not self.away:
            log.warning("traces wait: the collector does not take them", collector=self.place, error=repr(error))
        self.away = True

    def is_back(self) -> None:
        if self.away:
            log.info("traces go to the collector again", collector=self.place, dropped=self.dropped)
        self.away, self.dropped = False, 0
