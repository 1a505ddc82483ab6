"""A token of before its user logged out everywhere is refused by every service that was told."""

from datetime import UTC, datetime, timedelta

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from philo_contracts.events import SessionsEnded
from philo_kernel.http.identity import Identity
from philo_kernel.http.keys import KnownKeys
from philo_kernel.http.problems import Unauthorized
from philo_kernel.known_sessions import ENDED_SESSIONS, KnownSessions, know_ended_sessions
from philo_kernel.unit import unit_of_work

pytestmark = pytest.mark.stack
KEY = Ed25519PrivateKey.generate()


async def told(engine, *generations: int) -> None:
    async with unit_of_work(engine, "toy") as unit:
        for generation in generations:
            await know_ended_sessions.react(SessionsEnded(user="ann", generation=generation), unit)


def token(user: str = "ann", **claims: int) -> str:
    now = datetime.now(UTC)
    usual = {"sub": user, "iss": "philo", "aud": "philo", "iat": now, "exp": now + timedelta(minutes=30)}
    return jwt.encode(usual | claims, KEY, "EdDSA", headers={"kid": "k"})


async def identity(engine, look) -> Identity:
    if not await look.fetchval("select to_regclass('ended_session') is not null"):
        await look.execute(ENDED_SESSIONS)
    return Identity(KnownKeys({"k": KEY.public_key()}), generations=KnownSessions(engine, fresh=0))


async def test_tokens_of_before_are_refused_and_those_of_after_and_of_others_are_good(engine, look):
    identified = await identity(engine, look.connection)
    assert (await identified.of_token(token())).user == "ann"
    await told(engine, 1)
    for old in (token(), token(gen=0)):
        with pytest.raises(Unauthorized, match="ended everywhere"):
            await identified.of_token(old)
    assert (await identified.of_token(token(gen=1))).user == "ann"
    assert (await identified.of_token(token("bob"))).user == "bob"


async def test_a_fact_that_comes_late_brings_no_old_token_back(engine, look):
    identified = await identity(engine, look.connection)
    await told(engine, 2, 1)
    with pytest.raises(Unauthorized):
        await identified.of_token(token(gen=1))


async def test_most_requests_read_nothing(engine, look):
    await identity(engine, look.connection)
    sessions = KnownSessions(engine, fresh=60)
    assert await sessions.generation("ann") == 0
    await told(engine, 1)
    assert await sessions.generation("ann") == 0
    assert await KnownSessions(engine).generation("ann") == 1
