"""A process that has no part in its service's API answers for itself alone."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from .operation import OPERATION
from .problems import NotFound
from .refusals import answer

HERE = "This process only works for its service. Ask one whose SERVICE_PARTS names api."


def withdraw(api: FastAPI) -> None:
    """Leave of its paths only those that every process answers; all others are not found."""
    api.add_middleware(Backstage)


class Backstage:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        theirs = scope["type"] in {"http", "websocket"} and scope["path"] not in OPERATION
        answering = answer(HTTPConnection(scope), NotFound(HERE)) if theirs else self.app
        await answering(scope, receive, send)
