"""The routes of an application, for tests that nobody has to remember to extend."""

from collections.abc import Iterator
from dataclasses import dataclass
from string import Formatter
from typing import Any

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts


@dataclass(frozen=True)
class Way:
    """One method of one path. `route` is what the framework made of it, hence `Any`."""

    method: str
    path: str
    route: Any

    @property
    def names(self) -> frozenset[str]:
        """What has to be filled in."""
        return frozenset(name.partition(":")[0] for _, name, _, _ in Formatter().parse(self.path) if name)

    def filled(self, ids: dict[str, str]) -> str:
        return self.path.format(**{name: ids[name] for name in self.names})

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def ways(app: FastAPI) -> Iterator[Way]:
    """Every way into an application over HTTP or, as `WEBSOCKET`, over a WebSocket."""
    for context in iter_route_contexts(app.routes):
        for method in sorted(context.methods or {"WEBSOCKET"}):
            yield Way(method, context.path or "", context)
