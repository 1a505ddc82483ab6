"""Who is let in, and who is not: access tokens against published keys, and API keys against their digests."""

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Annotated

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fastapi import APIRouter, Depends, FastAPI, WebSocket
from jwt.algorithms import OKPAlgorithm

from philo_kernel.http.api_keys import StoredKey, digest_of, new_secret, written
from philo_kernel.http.app import application
from philo_kernel.http.identity import Caller, Identity, allowed, caller, identify
from philo_kernel.http.keys import PublishedKeys

OLD, NEW = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
URL = "http://auth/.well-known/jwks.json"
router = APIRouter()


@router.get("/me")
async def me(who: Annotated[Caller, Depends(caller)]) -> dict[str, object]:
    return {"user": who.user, "key": who.key_id}


@router.get("/jobs")
async def jobs(who: Annotated[Caller, Depends(allowed("jobs:write"))]) -> str:
    return who.user


@router.websocket("/live")
async def live(socket: WebSocket) -> None:
    who = await identify(socket)
    await socket.accept(subprotocol=who.user)


class Issuer:
    """A JWKS endpoint that can be rotated, broken and switched off; it counts how often it is asked."""

    def __init__(self) -> None:
        self.keys, self.asked, self.away = {"old": OLD}, 0, False
        self.body: Callable[[], httpx.Response] = self.published
        self.client = httpx.AsyncClient(transport=httpx.MockTransport(self.answer))

    async def answer(self, _request: httpx.Request) -> httpx.Response:
        self.asked += 1
        await asyncio.sleep(0)
        if self.away:
            raise httpx.ConnectError("connection refused")
        return self.body()

    def published(self) -> httpx.Response:
        keys = [{**OKPAlgorithm.to_jwk(key.public_key(), as_dict=True), "kid": kid} for kid, key in self.keys.items()]
        rsa = {"kty": "RSA", "kid": "rsa", "n": "AQAB", "e": "AQAB"}
        spoilt = {"kty": "OKP", "crv": "Ed25519", "kid": "spoilt", "x": "!"}
        return httpx.Response(200, json={"keys": [rsa, spoilt, *keys]})


class Keys(dict[str, StoredKey]):
    async def find(self, key_id: str) -> StoredKey | None:
        return self.get(key_id)


@pytest.fixture
def issuer() -> Issuer:
    return Issuer()


@pytest.fixture
def keys() -> Keys:
    return Keys()


def app_of(issuer: Issuer, keys: Keys | None, rest: float = 60, fresh: float = 600) -> FastAPI:
    identity = Identity(PublishedKeys(issuer.client, URL, rest=rest, fresh=fresh), keys)
    return application("identity", "1", router, checks={}, identity=identity)


@pytest.fixture
def client(issuer, keys) -> httpx.AsyncClient:
    return client_of(app_of(issuer, keys))


def client_of(app: FastAPI) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test")


def token(key=OLD, kid: str | None = "old", algorithm="EdDSA", **changed) -> dict[str, str]:
    now = datetime.now(UTC)
    claims = {"sub": "ada", "iss": "philo", "aud": "philo", "iat": now, "exp": now + timedelta(minutes=30), **changed}
    claims = {name: value for name, value in claims.items() if value is not None}
    encoded = jwt.encode(claims, key, algorithm=algorithm, headers={"kid": kid} if kid else {})
    return {"Authorization": f"Bearer {encoded}"}


def api_key(keys: Keys, *scopes: str, expires_at: datetime | None = None) -> str:
    key_id, secret = new_secret()
    keys[key_id] = StoredKey(key_id, "ada", digest_of(secret), frozenset(scopes), expires_at)
    return written(key_id, secret)


async def refused(client: httpx.AsyncClient, headers: dict[str, str], words: str, error: str | None = None) -> None:
    answer = await client.get("/me", headers=headers)
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    challenge = 'Bearer realm="philo"' + (f', error="{error}"' if error else "")
    assert answer.headers["www-authenticate"] == challenge
    assert words in answer.json()["detail"]


async def test_a_token_tells_its_user(client):
    assert (await client.get("/me", headers=token())).json() == {"user": "ada", "key": None}


async def test_the_scheme_is_read_in_any_case(client):
    headers = {"authorization": token()["Authorization"].replace("Bearer", "bEARER")}
    assert (await client.get("/me", headers=headers)).status_code == 200


async def test_nobody_is_asked_for_credentials(client):
    await refused(client, {}, "Send an access token")


@pytest.mark.parametrize("value", ["Basic YTpi", "Bearer", "Bearer  "])
async def test_another_scheme_is_not_understood(client, value):
    await refused(client, {"authorization": value}, "Send an access token", "invalid_request")


NOW = datetime.now(UTC)
BAD_TOKENS = {
    "expired": ({"exp": NOW - timedelta(minutes=1)}, "has expired"),
    "no end": ({"exp": None}, "not valid"),
    "no subject": ({"sub": None}, "not valid"),
    "other issuer": ({"iss": "someone"}, "not valid"),
    "other audience": ({"aud": "someone"}, "not valid"),
    "issued in the future": ({"iat": NOW + timedelta(hours=1)}, "not valid"),
    "forged": ({"key": NEW}, "not valid"),
    "no key id": ({"kid": None}, "not signed by us"),
    "unknown key": ({"kid": "new", "key": NEW}, "not signed by us"),
    "other algorithm": ({"key": "x" * 32, "algorithm": "HS256"}, "not signed by us"),
    "no algorithm": ({"key": None, "algorithm": "none"}, "not signed by us"),
    "a key of another kind": ({"kid": "rsa"}, "not signed by us"),
    "an unreadable key": ({"kid": "spoilt"}, "not signed by us"),
}


@pytest.mark.parametrize(("changed", "words"), BAD_TOKENS.values(), ids=BAD_TOKENS.keys())
async def test_a_bad_token_is_refused(client, changed, words):
    await refused(client, token(**changed), words, "invalid_token")


@pytest.mark.parametrize("text", ["x", "a.b.c", "é.é.é", "..", "eyJhbGciOiJFZERTQSJ9.e30."])
async def test_what_is_no_token_is_refused(client, text):
    headers = {b"authorization": f"Bearer {text}".encode()}
    assert (await client.get("/me", headers=headers)).status_code == 401


async def test_keys_are_fetched_once(client, issuer):
    for _ in range(3):
        await client.get("/me", headers=token())
    assert issuer.asked == 1


async def test_first_callers_at_once_wait_for_one_fetch(client, issuer):
    answers = await asyncio.gather(*(client.get("/me", headers=token()) for _ in range(5)))
    assert ({answer.status_code for answer in answers}, issuer.asked) == ({200}, 1)


async def test_a_withdrawn_key_is_refused_once_the_keys_are_fetched_again(issuer, keys):
    async with client_of(app_of(issuer, keys, fresh=0)) as client:
        assert (await client.get("/me", headers=token())).status_code == 200
        issuer.keys = {"new": NEW}
        await refused(client, token(), "not signed by us", "invalid_token")


async def test_a_new_key_is_fetched_when_it_is_first_seen(issuer, keys):
    async with client_of(app_of(issuer, keys, rest=0)) as client:
        await client.get("/me", headers=token())
        issuer.keys["new"] = NEW
        assert (await client.get("/me", headers=token(NEW, "new"))).status_code == 200
    assert issuer.asked == 2


async def test_unknown_keys_cannot_make_us_ask_all_the_time(client, issuer):
    for number in range(20):
        await client.get("/me", headers=token(NEW, f"made-up-{number}"))
    assert issuer.asked == 1


async def test_a_cached_key_works_while_its_issuer_is_away(issuer, keys):
    async with client_of(app_of(issuer, keys, rest=0, fresh=0)) as client:
        await client.get("/me", headers=token())
        issuer.away = True
        await client.get("/me", headers=token(NEW, "new"))
        assert (await client.get("/me", headers=token())).status_code == 200


async def test_an_issuer_that_was_never_reached_is_not_the_callers_fault(client, issuer):
    issuer.away = True
    answer = await client.get("/me", headers=token())
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")


async def test_an_issuer_that_shows_no_key_takes_none_away(issuer, keys):
    async with client_of(app_of(issuer, keys, fresh=0)) as client:
        await client.get("/me", headers=token())
        issuer.keys = {}
        assert (await client.get("/me", headers=token())).status_code == 200


@pytest.mark.parametrize("body", [b"<html>", b"[]", b'{"keys": 1}'])
async def test_an_issuer_that_talks_nonsense_counts_as_away(client, issuer, body):
    issuer.body = lambda: httpx.Response(200, content=body)
    assert (await client.get("/me", headers=token())).status_code == 503


async def test_an_api_key_tells_its_user(client, keys):
    sent = api_key(keys, "jobs:read")
    assert (await client.get("/me", headers={"x-api-key": sent})).json() == {"user": "ada", "key": sent.split("_")[1]}


async def test_a_wrong_api_key_is_refused_whatever_is_wrong(client, keys):
    good = api_key(keys)
    key_id = good.split("_")[1]
    for sent in (
        good + "x",
        good[:-1],
        f"phk_{key_id}_",
        f"phk_{key_id}",
        "phk__x",
        f"sk_{good[4:]}",
        "phk_0_" + good,
        "x",
    ):
        await refused(client, {"x-api-key": sent}, "not known")


async def test_an_expired_api_key_says_so(client, keys):
    await refused(client, {"x-api-key": api_key(keys, expires_at=NOW)}, "has expired")


async def test_api_keys_are_not_taken_where_none_are_kept(issuer):
    async with client_of(app_of(issuer, None)) as client:
        await refused(client, {"x-api-key": "phk_a_b"}, "not taken here")


async def test_a_scope_is_needed_and_named(client, keys):
    assert (await client.get("/jobs", headers={"x-api-key": api_key(keys, "jobs:write")})).json() == "ada"
    answer = await client.get("/jobs", headers={"x-api-key": api_key(keys, "jobs:read")})
    assert answer.status_code == 403
    assert "jobs:write" in answer.json()["detail"]


async def test_a_person_may_do_all_that_is_theirs(client):
    assert (await client.get("/jobs", headers=token())).status_code == 200


async def test_openapi_names_both_ways_in(client):
    document = json.loads((await client.get("/openapi.json")).content)
    assert document["components"]["securitySchemes"].keys() == {"HTTPBearer", "APIKeyHeader"}


async def websocket(app: FastAPI, headers: dict[str, str]) -> dict:
    sent = []

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": "websocket.connect"}

    raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    extensions = {"websocket.http.response": {}}
    scope = {"type": "websocket", "path": "/live", "query_string": b"", "headers": raw, "extensions": extensions}
    await app(scope, receive, send)
    return sent[0]


async def test_a_websocket_is_opened_by_the_same_credentials(issuer, keys):
    assert (await websocket(app_of(issuer, keys), token()))["subprotocol"] == "ada"
    assert (await websocket(app_of(issuer, keys), {}))["status"] == 401
