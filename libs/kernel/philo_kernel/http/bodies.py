"""What a request may hold: bounded, strict JSON (RFC 8259), and no text that PostgreSQL cannot store."""

from __future__ import annotations

from collections.abc import Iterator

import orjson
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .problems import MEDIA_TYPE, BadRequest, Unprocessable
from .refusals import FRAMEWORKS_OWN, answer, pointer

NUL = "Text cannot hold a NUL character (U+0000); leave it out."


class StorableText:
    """Refuses NUL characters, and JSON that only Python would read: NaN, lone surrogates, endless nesting."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in {"http", "websocket"} and ("\0" in scope["path"] or b"%00" in scope["query_string"]):
            await answer(HTTPConnection(scope), Unprocessable(f"The address holds one. {NUL}"))(scope, receive, send)
            return
        await self.app(scope, read_once(receive) if says_json(scope) else receive, send)


class TooLargeInWords:
    """Says a body was too large as a problem; the framework, which counts the bytes, says it in plain text."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        replaced = False

        async def translated(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start" and plain_413(message):
                replaced = True
                await answer(HTTPConnection(scope), FRAMEWORKS_OWN[413])(scope, receive, send)
            elif not replaced:
                await send(message)

        await self.app(scope, receive, translated)


def plain_413(message: Message) -> bool:
    kind = Headers(raw=list(message.get("headers", []))).get("content-type", "")
    return message["status"] == 413 and not kind.startswith(MEDIA_TYPE)


def says_json(scope: Scope) -> bool:
    if scope["type"] != "http":
        return False
    kind = Headers(scope=scope).get("content-type", "").partition(";")[0].strip().lower()
    return kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))


def read_once(receive: Receive) -> Receive:
    """The same messages, but the body comes whole and checked. The limit on its size lies beneath."""
    read = False

    async def whole() -> Message:
        nonlocal read
        if read:
            return await receive()
        read, body, more = True, bytearray(), True
        while more:
            message = await receive()
            if message["type"] != "http.request":
                return message
            body += message.get("body", b"")
            more = message.get("more_body", False)
        check(bytes(body))
        return {"type": "http.request", "body": bytes(body), "more_body": False}

    return whole


def check(body: bytes) -> None:
    if not body:
        return
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise BadRequest(f"The body is not JSON: {error}.") from error
    # A NUL can only come escaped, so that most bodies need no walk.
    if b"\\u0000" in body and (found := [(pointer(("body", *place)), NUL) for place in nul_places(value)]):
        raise Unprocessable("Some text in the body cannot be stored; `errors` says which.", errors=found)


def nul_places(value: object, place: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Where a parsed JSON value holds a NUL, in keys or in text."""
    match value:
        case str() if "\0" in value:
            yield place
        case dict():
            for key, inner in value.items():
                yield from [(*place, key)] if "\0" in key else nul_places(inner, (*place, key))
        case list():
            for index, inner in enumerate(value):
                yield from nul_places(inner, (*place, index))
