"""What a provider answers in words is kept with the call, word for word: so a job can be run again without asking."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from hashlib import sha256
from typing import Any

import httpx2

from philo_contracts.shapes import Exchange
from philo_kernel.outgoing.calls import in_hand

MOST = 300_000
"""Characters: an answer that is longer is not kept, for it has to fit into a fact with all else that is told of the call."""
HIDDEN = "[key]"
Hooks = dict[str, list[Callable[..., Any]]]


def kept(secret: str) -> Hooks:
    """Event hooks of an HTTP client that note what is said on it with the call in hand. `secret` is never written down."""

    async def hear(response: httpx2.Response) -> None:
        call = in_hand()
        if call is None:
            return
        await response.aread()
        if len(response.text) <= MOST:
            words = response.text.replace(secret, HIDDEN) if secret else response.text
            call.exchange = Exchange(asked=digest(response.request), status=response.status_code, answered=words)

    listen: Callable[[httpx2.Response], Awaitable[None]] = hear
    return {"response": [listen]}


def digest(request: httpx2.Request) -> str:
    """Of the body, in whatever order its names come. Neither address nor header is in it: the same question to another
    endpoint is the same question."""
    asked = json.dumps(json.loads(request.content or b"null"), sort_keys=True, separators=(",", ":"))
    return sha256(asked.encode()).hexdigest()
