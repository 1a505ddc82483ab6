"""What has expired does not stay."""

import pytest
from auth_world import ADA, registered
from sqlalchemy import text

from philo_auth.forgetting import forget

pytestmark = pytest.mark.stack
PHONE = "+4915123456789"
TABLES = ("refresh_family", "refresh_token", "phone_code", "throttle")


async def left(engine) -> dict[str, int]:
    async with engine.connect() as connection:
        return {table: await connection.scalar(text(f"select count(*) from {table}")) for table in TABLES}


async def test_what_has_expired_is_forgotten_and_nothing_else(client, clock, engine):
    clock.forward(days=-10)
    await registered(client)
    await client.post("/send-verification", json={"phone": PHONE})
    clock.forward(days=10)
    await client.post("/login", json={"email": ADA["email"], "password": ADA["password"]})
    await client.post("/send-verification", json={"phone": "+4915100000000"})
    before = await left(engine)
    await forget(engine)
    assert before["phone_code"] == 2
    assert await left(engine) == {"refresh_family": 1, "refresh_token": 1, "phone_code": 1, "throttle": 3}
