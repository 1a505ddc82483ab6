"""Gateway as its own process, over real Kafka: calls that other services tell of are booked, and what is left is free."""

import pytest
from gateway_world import gateway_settings, told
from money_world import BOUGHT, JOBS, cost_of, month_of, painted
from test_gateway_running import eventually, running

from philo_contracts.topics import topic
from philo_kernel.kafka import ensure_topics, producing
from philo_kernel.objects import S3Objects
from philo_kernel.relay import headers

pytestmark = pytest.mark.stack


async def test_a_call_is_booked_and_a_cancelled_job_gives_back_what_is_left(
    servers, gateway_database, topic_prefix, ada, engine
):
    settings = gateway_settings(servers, gateway_database).model_copy(update={"topic_prefix": topic_prefix})
    await S3Objects(settings).ensure_bucket()
    job = (await ada.ask(config=BOUGHT))["id"]
    call, render = told(painted(job)), topic(topic_prefix, "render")
    await ensure_topics(servers.kafka, [render], settings.partitions, 1)

    async def spent() -> bool:
        return (await cost_of(ada, job))["actual"] == "0.0300"

    async def free() -> bool:
        return (await cost_of(ada, job))["released"] == "0.0300"

    async with running(settings), producing(servers.kafka) as producer:
        for _ in range(2):  # records may come twice
            body = call.model_dump_json().encode()
            await producer.send_and_wait(render, body, key=job.encode(), headers=headers(call.id, call.type, None))
        await eventually(spent)
        assert (await ada.delete(f"{JOBS}/{job}")).status_code == 202
        await eventually(free)
    assert [float(amount) for amount in await month_of(engine, ada.user)] == [0, 0.03, 0.03]
