"""A hired composer between real servers: set up by settings, asked over HTTP, told of once, and played to the sample."""

import asyncio
import io
import uuid
from contextlib import asynccontextmanager

import asyncpg
import pytest
import pytest_asyncio
import soundfile
from sample_music import SECRET, played, tune
from sqlalchemy.ext.asyncio import AsyncEngine

from philo.testing_providers import Reply
from philo.testing_service import migrated_database, settings_in
from philo_contracts.events import MusicComposed, SoundProviderCalled
from philo_contracts.shapes import Mood
from philo_kernel.children import Children
from philo_kernel.database import engine_for
from philo_kernel.objects import S3Objects
from philo_kernel.outgoing.switchboard import Switchboard, terms_of
from philo_kernel.unit import unit_of_work
from philo_kernel.worker import Worker
from philo_tts.domain import Compose
from philo_tts.music_providers.accounts import hired
from philo_tts.musician import OwnMusician
from philo_tts.ports import Ports
from philo_tts.settings import TtsSettings
from philo_tts.tasks import compose

pytestmark = pytest.mark.stack


@pytest.fixture
def database(servers):
    with migrated_database(servers, "tts") as url:
        yield url


@pytest_asyncio.fixture
async def engine(database):
    made = engine_for(database)
    yield made
    await made.dispose()


@pytest.fixture
def settings(servers, database, server, topic_prefix) -> TtsSettings:
    told = {"topic_prefix": topic_prefix, "musicgen_api_key": SECRET, "musicgen_base_url": server.url}
    return TtsSettings(**settings_in(servers, database), s3_bucket="test-tts", **told)


@asynccontextmanager
async def at_work(settings: TtsSettings, engine: AsyncEngine, database: str):
    """A worker of tts that can only make music, and where it keeps it."""
    objects, board = S3Objects(settings), Switchboard(settings)
    composers = hired(settings.music_accounts, board, terms_of(settings))
    await objects.ensure_bucket()
    async with Children(1) as children:
        ports = Ports(None, None, OwnMusician(children), composers, objects)
        worker = Worker("tts", (compose,), engine, ports, 2)
        running = asyncio.create_task(worker.run(database))
        try:
            yield objects
        finally:
            await worker.drain(5)
            await running
            await composers.close()
            await board.close()


async def facts(engine: AsyncEngine, database: str, *orders: Compose) -> list:
    """What is said once all of this is done, in the order it was said."""
    connection = await asyncpg.connect(database)
    try:
        for order in orders:
            async with unit_of_work(engine, "tts") as unit:
                unit.start(order)
            async with asyncio.timeout(60):
                while await connection.fetchval("select count(*) from pgqueuer"):  # noqa: ASYNC110 - it lies in a server
                    await asyncio.sleep(0.02)
        streams = [row["stream"] for row in await connection.fetch("select stream from event order by position")]
    finally:
        await connection.close()
    async with unit_of_work(engine, "tts") as unit:
        return [envelope.fact() for stream in streams for envelope in await unit.load(stream)]


def order(job: str) -> Compose:
    """Of a film that nobody has made before."""
    wish = {"duration": 11.0, "mood": Mood.CALM, "genre": "piano", "provider": "musicgen"}
    return Compose(job=job, origin=ORIGIN, **wish)


ORIGIN = uuid.uuid4().hex


async def test_what_is_bought_is_as_long_as_the_film_and_bought_once(settings, engine, database, server):
    server.replies = [played(tune(11.0))]
    async with at_work(settings, engine, database) as objects:
        told, first, again = await facts(engine, database, order("a"), order("b"))
        sound = soundfile.info(io.BytesIO(await objects.get(first.music.key)))
    assert isinstance(told, SoundProviderCalled)
    assert isinstance(first, MusicComposed)
    assert (told.job, told.call.provider, told.call.outcome, told.call.quantities) == (
        "a",
        "musicgen",
        "answered",
        {"seconds": 11.0},
    )
    assert (first.provider, first.warnings, sound.frames) == ("musicgen", (), 11 * 48_000)
    assert (again.job, again.music, again.reused, len(server.asked)) == ("b", first.music, True, 1)
    assert server.asked[0].headers["authorization"] == f"Bearer {SECRET}"


async def test_of_one_that_refuses_philo_plays_and_both_are_told(settings, engine, database, server):
    server.replies = [Reply(401, body=b"no such key")]
    async with at_work(settings, engine, database):
        told, music = await facts(engine, database, order("c").model_copy(update={"origin": uuid.uuid4().hex}))
    assert (told.call.outcome, told.call.quantities) == ("refused", {})
    assert (music.provider, len(music.warnings)) == ("philo", 1)
    assert "MUSICGEN_API_KEY" in music.warnings[0]
    assert SECRET not in music.warnings[0]
