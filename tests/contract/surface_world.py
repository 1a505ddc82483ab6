"""Gateway with auth and notify behind it, over real servers and real connections, in a thread of their own."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any

import httpx
from argon2 import PasswordHasher
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from redis.asyncio import Redis

from philo.stack import Endpoints
from philo.testing_service import migrated_database, settings_in
from philo_auth import main as auth
from philo_auth.settings import AuthSettings
from philo_gateway import main as gateway
from philo_gateway.settings import GatewaySettings
from philo_kernel.database import engine_for
from philo_kernel.http.server import serve
from philo_kernel.objects import S3Objects
from philo_kernel.readiness import Started
from philo_notify import main as notify
from philo_notify.settings import NotifySettings
from philo_notify.wakes import Wakes

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
HOST = "127.0.0.1"


@dataclass(frozen=True)
class Somebody:
    """What a caller sends with every request, and ids of what is theirs, by the names of path parameters."""

    headers: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Surface:
    """Where it answers."""

    url: str

    def newcomer(self) -> Somebody:
        """Somebody who has just registered, and has a project and a job."""
        name = f"ada-{token_hex(6)}"
        person = {"email": f"{name}@example.org", "username": name, "password": "correct horse"}
        token = self._made("auth/register", person, {})["access_token"]
        headers = {"Authorization": f"Bearer {token}"}
        project = self._made("projects", {"name": "Tea"}, headers)["id"]
        job = self._made("jobs", {"script": "Once upon a time.", "project_id": project}, headers)["id"]
        return Somebody(headers, {"job_id": job, "project_id": project})

    def _made(self, path: str, wish: dict[str, str], headers: dict[str, str]) -> dict[str, str]:
        answer = httpx.post(f"{self.url}/api/v1/{path}", json=wish, headers=headers)
        assert answer.status_code in {201, 202}, answer.text
        found: dict[str, str] = answer.json()
        return found


@contextmanager
def surface_of(servers: Endpoints) -> Iterator[Surface]:
    """Until the end of the block."""
    databases = {name: migrated_database(servers, name) for name in ("gateway", "auth", "notify")}
    with databases["gateway"] as own, databases["auth"] as auths, databases["notify"] as notifys:
        urls = {"gateway": own, "auth": auths, "notify": notifys}
        with in_a_thread(lambda: answering(servers, urls)) as url:
            yield Surface(url)


@contextmanager
def in_a_thread(world: Any) -> Iterator[str]:
    """Keep an asynchronous context open on a loop of its own; what it yields."""
    loop, ready, over = asyncio.new_event_loop(), threading.Event(), asyncio.Event()
    found: list[str] = []

    async def live() -> None:
        async with world() as url:
            found.append(url)
            ready.set()
            await over.wait()

    def run() -> None:
        try:
            loop.run_until_complete(live())
        finally:
            ready.set()
            loop.close()

    thread = threading.Thread(target=run, name="surface")
    thread.start()
    try:
        ready.wait(60)
        yield found[0]
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join(30)


@asynccontextmanager
async def answering(servers: Endpoints, databases: dict[str, str]) -> AsyncIterator[str]:
    async with AsyncExitStack() as stack:
        client = await stack.enter_async_context(httpx.AsyncClient(timeout=30))
        auth_url = await served_auth(stack, servers, databases["auth"])
        jwks = f"{auth_url}/.well-known/jwks.json"
        notify_url = await served_notify(stack, servers, databases["notify"], client, jwks)
        yield await served_gateway(stack, servers, databases["gateway"], client, (auth_url, notify_url, jwks))


async def served_auth(stack: AsyncExitStack, servers: Endpoints, database: str) -> str:
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    own = {"auth_signing_key": pem, "auth_hash_key": "h" * 32}
    settings = AuthSettings(**settings_in(servers, database), **own)
    engine = engine_for(database, pool=4)
    stack.push_async_callback(engine.dispose)
    app = auth.api(settings, engine, Started(), hasher=CHEAP)
    return f"http://{HOST}:{await stack.enter_async_context(serve(app, HOST, 0, grace=1))}"


async def served_notify(
    stack: AsyncExitStack, servers: Endpoints, database: str, client: httpx.AsyncClient, jwks: str
) -> str:
    settings = NotifySettings(**settings_in(servers, database) | {"jwks_url": jwks, "webhook_secrets_key": "w" * 32})
    engine, redis = engine_for(database, pool=4), Redis.from_url(servers.redis)
    stack.push_async_callback(engine.dispose)
    stack.push_async_callback(redis.aclose)
    app = notify.http(settings, engine, client, Wakes(redis, "contract.feed"), Started())
    app.state.streams.patience = 0.01  # no fact ever comes: nobody's job is known here
    return f"http://{HOST}:{await stack.enter_async_context(serve(app, HOST, 0, grace=1))}"


async def served_gateway(
    stack: AsyncExitStack,
    servers: Endpoints,
    database: str,
    client: httpx.AsyncClient,
    others: tuple[str, str, str],
) -> str:
    auth_url, notify_url, jwks = others
    nowhere = f"http://{HOST}:1"
    urls = {f"{name}_url": nowhere for name in ("analysis", "tts", "render")}
    urls |= {"auth_url": auth_url, "notify_url": notify_url, "jwks_url": jwks}
    own = {"media_signing_key": "s" * 32, "s3_bucket": "test-contract"}
    settings = GatewaySettings(**settings_in(servers, database) | urls | own)
    engine, objects = engine_for(database, pool=8), S3Objects(settings)
    stack.push_async_callback(engine.dispose)
    await objects.ensure_bucket()
    app = gateway.http(settings, engine, client, objects, Started())
    stack.push_async_callback(app.state.providers.close)
    return f"http://{HOST}:{await stack.enter_async_context(serve(app, HOST, 0, grace=1))}"
