"""Logins through the gateway: cookies of one person stay theirs, and limits count the person, not the gateway."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
import pytest_asyncio
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from philo_gateway.proxy import Upstream, proxied
from philo_kernel.http.app import application
from philo_kernel.http.server import serve

pytestmark = pytest.mark.asyncio(loop_scope="module")
PATH = "/api/v1/auth/session"


async def begin(_request: Request) -> Response:
    answer = Response(status_code=204)
    answer.set_cookie("philo-session", "adas", path=PATH, httponly=True, samesite="strict")
    answer.set_cookie("other", "1")
    return answer


async def tell(request: Request) -> Response:
    """What arrived: cookies, Origin, and whom the server takes for the client."""
    return JSONResponse(
        {
            "cookies": request.cookies,
            "origin": request.headers.get("origin"),
            "client": request.client and request.client.host,
            "forwarded": request.headers.getlist("x-forwarded-for"),
        }
    )


def auth() -> Starlette:
    return Starlette(routes=[Route(PATH, begin, methods=["POST"]), Route(f"{PATH}/refresh", tell, methods=["POST"])])


@asynccontextmanager
async def gateway(**trusting: str) -> AsyncIterator[str]:
    """The address of a gateway in front of an auth that trusts it."""
    async with serve(auth(), "127.0.0.1", 0, grace=1, trusted_proxies="127.0.0.1") as port, httpx.AsyncClient() as one:
        upstream = Upstream("auth", f"http://127.0.0.1:{port}", one)
        app = application("gateway", "0", proxied(upstream, ["/api/v1/auth/{path:path}"], []), checks={})
        async with serve(app, "127.0.0.1", 0, grace=1, **trusting) as outer:
            yield f"http://127.0.0.1:{outer}"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def address() -> AsyncIterator[str]:
    async with gateway() as made:
        yield made


@pytest_asyncio.fixture(loop_scope="module")
async def ada(address) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=address) as client:
        yield client


@pytest_asyncio.fixture(loop_scope="module")
async def bob(address) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=address) as client:
        yield client


async def test_a_cookie_comes_with_all_that_keeps_it_safe_and_goes_back_where_it_belongs(ada):
    header = (await ada.post(PATH)).headers.get_list("set-cookie")[0]
    assert header == f"philo-session=adas; HttpOnly; Path={PATH}; SameSite=strict"
    told = (await ada.post(f"{PATH}/refresh", headers={"Origin": "https://philo.example"})).json()
    assert told["cookies"]["philo-session"] == "adas"
    assert told["origin"] == "https://philo.example"


async def test_nobody_is_given_the_cookie_of_another(ada, bob):
    await ada.post(PATH)
    assert (await bob.post(f"{PATH}/refresh")).json()["cookies"] == {}


async def test_a_client_cannot_say_that_it_is_somebody_else(ada):
    told = (await ada.post(f"{PATH}/refresh", headers={"X-Forwarded-For": "203.0.113.1"})).json()
    assert (told["client"], told["forwarded"]) == ("127.0.0.1", ["127.0.0.1"])


async def test_whom_a_trusted_proxy_forwards_for_is_who_auth_counts():
    async with gateway(trusted_proxies="127.0.0.1") as address, httpx.AsyncClient(base_url=address) as proxy:
        told = (await proxy.post(f"{PATH}/refresh", headers={"X-Forwarded-For": "6.6.6.6, 203.0.113.1"})).json()
    assert (told["client"], told["forwarded"]) == ("203.0.113.1", ["203.0.113.1"])
