"""What tests of gateway share: signed callers, a story of facts told by the other services, and its units."""

from collections.abc import Iterable

import httpx

from philo.testing_service import bearer, settings_in
from philo_contracts.envelope import Envelope, wrap
from philo_contracts.events import (
    AudioSynthesized,
    Event,
    FrameRendered,
    JobQueued,
    JobRequested,
    ModerationStarted,
    MusicComposed,
    PictureMade,
    SceneRendered,
    ScriptAnalyzed,
    ScriptApproved,
    VideoRendered,
)
from philo_contracts.evolution import fold
from philo_contracts.job import Job
from philo_contracts.shapes import Blob, Moderation, Mood, Picture, Priority, Scene, VideoConfig
from philo_gateway.jobs.handlers import advance_job
from philo_gateway.jobs.store import stream_of
from philo_gateway.settings import GatewaySettings
from philo_kernel.http.api_keys import digest_of, new_secret, written
from philo_kernel.unit import Unit, unit_of_work


class Client(httpx.AsyncClient):
    """A user who has logged in."""

    def __init__(self, app, user: str) -> None:
        self.user = user
        super().__init__(transport=httpx.ASGITransport(app), base_url="http://philo", headers=bearer(user))

    async def ask(self, **wish) -> dict:
        """Ask for a job; the job."""
        answer = await self.post("/api/v1/jobs", json={"script": "Once upon a time.", **wish})
        assert answer.status_code == 202, answer.text
        return answer.json()


def gateway_settings(servers, database: str) -> GatewaySettings:
    return GatewaySettings(
        **settings_in(servers, database),
        s3_bucket="test-gateway",
        auth_url="http://127.0.0.1:1",
        analysis_url="http://127.0.0.1:1",
        notify_url="http://127.0.0.1:1",
        tts_url="http://127.0.0.1:1",
        render_url="http://127.0.0.1:1",
        media_signing_key="s" * 32,
    )


def blob(name: str, kind: str = "video/mp4") -> Blob:
    return Blob(key=name, size_bytes=10, media_type=kind)


def scene(index: int) -> Scene:
    return Scene(id=f"s{index + 1:02d}", index=index, title=f"Scene {index}", narration="Words.", visual_prompt="a sea")


def reading(job: str, scenes: int = 2) -> list[Event]:
    analyzed = ScriptAnalyzed(
        job=job,
        user="ada",
        priority=Priority.DEFAULT,
        config=VideoConfig(),
        title="A film",
        summary="…",
        language="en",
        mood=Mood.CALM,
        scenes=tuple(scene(index) for index in range(scenes)),
        provider="test",
    )
    return [ModerationStarted(job=job, user="ada"), ScriptApproved(job=job, moderation=Moderation(score=0.1)), analyzed]


def spoken(job: str, index: int) -> Event:
    voice = {"audio": blob(f"{index}.flac"), "duration": 2.0, "words": (), "provider": "test", "voice": "test"}
    return AudioSynthesized(job=job, scene=scene(index).id, revision=1, **voice)


def composed(job: str) -> Event:
    return MusicComposed(job=job, music=blob("m"), duration=4.0, mood=Mood.CALM, genre="ambient", provider="test")


def painted(job: str, index: int) -> Event:
    shown = Picture(image=blob("p"), thumbnail=blob("t", "image/jpeg"))
    return PictureMade(job=job, scene=scene(index).id, revision=1, provider="test", shown=shown)


def frames(job: str, index: int, done: int) -> Event:
    return FrameRendered(job=job, scene=scene(index).id, revision=1, done=done, total=60)


def drawn(job: str, index: int) -> Event:
    return SceneRendered(job=job, scene=scene(index).id, revision=1, chunks=(blob("s"),), frames=60, duration=2.0)


def joined(job: str) -> Event:
    size = {"duration": 4.0, "width": 1280, "height": 720, "fps": 30}
    return VideoRendered(job=job, video=blob("v"), poster=blob("p"), srt=blob("srt"), vtt=blob("vtt"), **size)


def streams(job: str, scenes: int = 2) -> list[list[Event]]:
    """Everything that is said on the way to a film, by streams: order holds within each and nowhere else."""
    each = range(scenes)
    return [
        reading(job, scenes),
        *([spoken(job, index)] for index in each),
        [composed(job)],
        *([painted(job, index)] for index in each),
        *([frames(job, index, 20), frames(job, index, 50)] for index in each),
        *([drawn(job, index)] for index in each),
        [joined(job)],
    ]


def story(job: str) -> list:
    """All that makes a film of two scenes, as it usually comes."""
    scenes = [fact(job, index) for index in (0, 1) for fact in (spoken, painted)]
    shot = [frames(job, 0, 30), drawn(job, 0), drawn(job, 1)]
    return [*reading(job), *scenes, *shot, composed(job), joined(job)]


def told(fact: Event, version: int = 1) -> Envelope:
    return wrap(fact, source=fact.source, stream=f"test/{type(fact).__name__}", version=version)


def accepted(job: str, user: str = "ada") -> Job:
    """A job that was requested and queued."""
    stream, requested = stream_of(job), JobRequested(job=job, user=user, script="Words.")
    facts = [requested, JobQueued(job=job)]
    return fold([wrap(one, source="gateway", stream=stream, version=at) for at, one in enumerate(facts, 1)])


async def hears(unit: Unit, facts: Iterable[Envelope]) -> None:
    for envelope in facts:
        unit.cause = envelope
        await advance_job.react(envelope.fact(), unit)


async def goes_on(engine, *facts: Event) -> None:
    """The gateway hears these facts, each in a unit of its own."""
    for fact in facts:
        async with unit_of_work(engine, "gateway") as unit:
            await hears(unit, [told(fact)])


async def key_for(engine, user: str, *scopes: str) -> str:
    key_id, secret = new_secret()
    async with unit_of_work(engine, "gateway") as unit:
        await unit.connection.execute(
            "insert into api_key(id, user_id, digest, scopes) values ($1, $2, $3, $4)",
            *(key_id, user, digest_of(secret), list(scopes)),
        )
    return written(key_id, secret)
