"""Gateway as its own process, over real Kafka: it hears itself, and does what it has put off."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL
from contextlib import asynccontextmanager

import pytest
from assets_world import PNG, brought
from editing_world import a_film, asked, carried_out, patched, seen
from gateway_world import gateway_settings

from philo_kernel.objects import S3Objects
from philo_kernel.unit import unit_of_work

pytestmark = pytest.mark.stack
PATIENCE = 60


@asynccontextmanager
async def running(settings):
    """The service on the same database, with topics of its own, for as long as the block lasts."""
    told = {
        name: value for name, value in settings.model_dump(mode="json", exclude_unset=True).items() if value is not None
    }
    secret = {
        name: getattr(settings, name).get_secret_value() for name in ("database_url", "redis_url", "s3_secret_key")
    }
    secret["media_signing_key"] = settings.media_signing_key.get_secret_value()
    known = {name.upper(): str(value) for name, value in (told | secret).items()}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "philo_gateway.main", env=os.environ | known, stdout=DEVNULL
    )
    try:
        yield
    finally:
        process.terminate()
        await process.wait()


async def eventually(look) -> None:
    async with asyncio.timeout(PATIENCE):
        while not await look():  # noqa: ASYNC110 - another process does it
            await asyncio.sleep(0.05)


async def test_a_film_hears_from_gateways_own_topic_how_its_edit_ended(
    servers, gateway_database, topic_prefix, ada, app, engine
):
    settings = gateway_settings(servers, gateway_database).model_copy(update={"topic_prefix": topic_prefix})
    await S3Objects(settings).ensure_bucket()
    film, asset = await a_film(ada, engine), await brought(ada, PNG)
    async with unit_of_work(engine, "gateway") as unit:
        file = await unit.connection.fetchval("select file->>'key' from asset where id = $1", asset["asset_id"])
    child = (await patched(ada, film["id"], narration="Otherwise.")).json()["id"]
    assert (await asked(engine, child)).plan
    await carried_out(engine, child)
    await ada.delete(f"/api/v1/assets/{asset['asset_id']}")

    async def revised() -> bool:
        return (await seen(ada, film["id"]))["result"]["revision"] == 2

    async def discarded() -> bool:
        return await app.state.objects.size(file) is None

    async with running(settings):
        await eventually(revised)
        await eventually(discarded)
    assert (await seen(ada, film["id"]))["scenes"][1]["narration"] == "Otherwise."
