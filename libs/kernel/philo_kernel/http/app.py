"""A service's HTTP application: its routers, and what every service answers alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter, FastAPI
from starlette.middleware import Middleware
from starlette.types import ASGIApp

from . import refusals
from .bodies import StorableText, TooLargeInWords
from .context import RequestContext
from .identity import Identity
from .openapi import operation_id, with_problems
from .operation import Check, operation
from .pace import Paced
from .security import SecurityHeaders

MEBIBYTE = 1024 * 1024


class Application(FastAPI):
    """FastAPI, inside a request context that nothing escapes, not even the framework's own last resort."""

    def build_middleware_stack(self) -> ASGIApp:
        return RequestContext(SecurityHeaders(TooLargeInWords(super().build_middleware_stack())))

    def openapi(self) -> dict[str, Any]:  # as FastAPI declares it
        if not self.openapi_schema:
            self.openapi_schema = with_problems(super().openapi())
        return self.openapi_schema


def application(
    name: str,
    version: str,
    *routers: APIRouter,
    checks: Mapping[str, Check],
    identity: Identity | None = None,
    middleware: Sequence[Middleware] = (),
    body_limit: int = MEBIBYTE,
    debug: bool = False,
) -> FastAPI:
    """Build the application of one service.

    `checks` are the dependencies `/health/ready` asks. `identity` tells who calls (see `identity.caller`); it is
    only left out where nobody has to say who they are. `body_limit` is in bytes and holds for every path that does
    not set its own `max_body_size`. `middleware` must be pure ASGI. The pages that would load scripts from
    elsewhere (`/docs`, `/redoc`) are off; `/openapi.json` is there.
    """
    app = Application(
        title=f"Philo {name}",
        version=version,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        max_body_size=body_limit,
        generate_unique_id_function=operation_id,
        middleware=[*middleware, Middleware(Paced), Middleware(StorableText)],
    )
    app.state.identity = identity
    refusals.install(app)
    for router in (operation(name, version, checks, debug=debug), *routers):
        app.include_router(router)
    return app
