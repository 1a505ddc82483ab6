"""A service in the test's own process: its tables, what it is told, and callers that it believes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy.ext.asyncio import AsyncEngine

from philo.stack import Endpoints
from philo.testing import elsewhere, fresh_database
from philo_kernel.http.identity import Identity
from philo_kernel.http.keys import KnownKeys
from philo_kernel.known_keys import KnownApiKeys
from philo_kernel.migrate import migrate

SIGNING = Ed25519PrivateKey.generate()
KEY_ID = "test"


@contextmanager
def migrated_database(servers: Endpoints, service: str) -> Iterator[str]:
    """The URL of a database with the tables of `service`, dropped afterwards."""
    with fresh_database(servers) as url:
        elsewhere(lambda: migrate(service, url))
        yield url


def settings_in(servers: Endpoints, database: str) -> dict[str, str | int]:
    """The settings that every service needs, by name."""
    return {
        "service_instance": "test",
        "database_url": database,
        "kafka_bootstrap_servers": servers.kafka,
        "redis_url": servers.redis,
        "s3_endpoint": servers.s3_endpoint,
        "s3_access_key": servers.s3_access_key,
        "s3_secret_key": servers.s3_secret_key,
        "http_port": 0,
        "jwks_url": "http://127.0.0.1:1",
    }


def identity(engine: AsyncEngine) -> Identity:
    """Believes the tokens of this run, and the API keys that lie in the service's database."""
    return Identity(KnownKeys({KEY_ID: SIGNING.public_key()}), KnownApiKeys(engine))


def bearer(
    user: str, *, lasting: timedelta = timedelta(minutes=5), key: Ed25519PrivateKey = SIGNING, **more: str
) -> dict[str, str]:
    """The header of a caller who has logged in; `more` are claims of the token."""
    now = datetime.now(UTC)
    claims = {"sub": user, "iss": "philo", "aud": "philo", "iat": now, "exp": now + lasting, **more}
    return {"Authorization": f"Bearer {jwt.encode(claims, key, 'EdDSA', headers={'kid': KEY_ID})}"}
