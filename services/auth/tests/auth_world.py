"""What tests of auth share: people, what they ask for, and a clock that can be set."""

from datetime import UTC, datetime, timedelta

import httpx
from argon2 import PasswordHasher
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncEngine

from philo_auth.sms.port import SmsFailed
from philo_contracts.envelope import Envelope
from philo_kernel import store
from philo_kernel.unit import unit_of_work

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
ADA = {"email": "Ada@Example.org", "username": "Ada", "password": "correct horse"}
BOB = {"email": "bob@example.org", "username": "bob", "password": "correct horse"}
KEY = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


PAGE = "https://philo.example"


class Messages:
    """A carrier that keeps what it should send, or is out of order."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []
        self.broken = False

    async def send(self, phone: str, text: str) -> None:
        if self.broken:
            raise SmsFailed("Not today.", retry_after=30)
        self.sent.append((phone, text))

    @property
    def code(self) -> str:
        """The code in the last message."""
        return self.sent[-1][1][:6]


def client_at(address: str, app: FastAPI) -> httpx.AsyncClient:
    """A client of `app` whose requests come from this address."""
    transport = httpx.ASGITransport(app, client=(address, 40_000))
    return httpx.AsyncClient(transport=transport, base_url="https://auth/api/v1/auth")


class Clock:
    def __init__(self) -> None:
        self.at = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **by: float) -> None:
        self.at += timedelta(**by)


async def registered(client: httpx.AsyncClient, who: dict[str, str] = ADA) -> dict:
    answer = await client.post("/register", json=who)
    assert answer.status_code == 201, answer.text
    return answer.json()


def bearer(logged_in: dict) -> dict[str, str]:
    return {"Authorization": f"Bearer {logged_in['access_token']}"}


async def refresh(client: httpx.AsyncClient, token: str) -> httpx.Response:
    return await client.post("/refresh", json={"refresh_token": token})


async def facts(engine: AsyncEngine) -> list[tuple[str, str, int, dict]]:
    story = (
        "select id, envelope, sealed, secret, erased_at from event left join data_key using (tenant) order by position"
    )
    async with unit_of_work(engine, "auth") as unit:
        bodies = map(store.read, await unit.connection.fetch(story))
        told = [Envelope.model_validate_json(body) for body in bodies if body is not None]
    return [(one.type, one.subject, one.streamversion, one.data) for one in told]


async def new_key(client: httpx.AsyncClient, logged_in: dict, **wish) -> dict:
    wish = {"name": "ci", "scopes": ["jobs:read", "jobs:write"], **wish}
    answer = await client.post("/api-keys", json=wish, headers=bearer(logged_in))
    assert answer.status_code == 201, answer.text
    return answer.json()


def refused(answer: httpx.Response, status: int, slug: str) -> dict:
    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{slug}"), answer.text
    return answer.json()
