"""What costs more than most writing has a rate of its own, told in headers like the others."""

from collections.abc import AsyncIterator
from uuid import uuid4

import httpx
import pytest
import pytest_asyncio
from gateway_world import Client, gateway_settings

from philo.testing_service import identity
from philo_gateway.main import http
from philo_kernel.http.counting import Counter
from philo_kernel.http.rates import Rate
from philo_kernel.objects import S3Objects
from philo_kernel.readiness import Started

pytestmark = pytest.mark.stack


@pytest_asyncio.fixture
async def counted(servers, gateway_database: str, engine, topic_prefix: str) -> AsyncIterator:
    """Gateway with somebody who counts: two analyses an hour, and two tests of webhooks."""
    rare = dict.fromkeys(("rate_limit_analyses", "rate_limit_webhook_tests"), Rate(2, 3600))
    settings = gateway_settings(servers, gateway_database).model_copy(update=rare)
    counter = Counter(servers.redis, topic_prefix)
    async with httpx.AsyncClient() as nobody:
        made = http(settings, engine, nobody, S3Objects(settings), Started(), counter=counter)
        made.state.identity = identity(engine)
        yield made
    await made.state.providers.close()
    await counter.close()


async def asked(app, user: str, path: str, times: int) -> list[httpx.Response]:
    async with Client(app, user) as client:
        return [await client.post(path, json={"script": "Once."}) for _ in range(times)]


async def test_scripts_are_read_as_often_as_their_own_rate_says(counted):
    user = f"ada-{uuid4().hex[:8]}"
    answers = await asked(counted, user, "/api/v1/analyses", 3)
    assert [answer.status_code for answer in answers] == [
        503,
        503,
        429,
    ]  # nobody reads here, and the third is not asked
    assert int(answers[2].headers["retry-after"]) > 1000
    assert '"analyses";q=2;w=3600' in answers[0].headers["ratelimit-policy"]
    [other] = await asked(counted, user, "/api/v1/projects", 1)
    assert other.status_code == 422


async def test_webhooks_are_tested_as_often_as_their_own_rate_says_whichever_is_tested(counted):
    user = f"ada-{uuid4().hex[:8]}"
    answers = [(await asked(counted, user, f"/api/v1/webhooks/{uuid4()}/test", 1))[0] for _ in range(3)]
    assert [answer.status_code for answer in answers] == [
        503,
        503,
        429,
    ]  # notify is away, and the third is not passed on
    assert '"webhook-tests";q=2;w=3600' in answers[0].headers["ratelimit-policy"]
    [other] = await asked(counted, user, "/api/v1/webhooks", 1)
    assert other.status_code == 503
