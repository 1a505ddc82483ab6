"""What tests of edits share: films that are finished, and edits that the other services carry out."""

from gateway_world import Client, blob, goes_on
from httpx import Response

from philo_contracts.envelope import Envelope
from philo_contracts.events import (
    AudioSynthesized,
    Event,
    JobRequested,
    ModerationStarted,
    PictureMade,
    PreviewExtended,
    SceneRendered,
    ScriptAnalyzed,
    ScriptApproved,
    VideoRendered,
)
from philo_contracts.shapes import Moderation, Mood, Picture, Plan, Priority, Scene, VideoConfig
from philo_gateway.editing.handlers import settle_edit
from philo_gateway.jobs.store import stream_of
from philo_kernel.unit import unit_of_work

JOBS = "/api/v1/jobs"
SIZE = {"width": 1280, "height": 720, "fps": 30}
SCENES = tuple(
    Scene(id=f"s{at:02d}", index=at - 1, title=f"Scene {at}", narration=f"Said {at}.", visual_prompt=f"Shown {at}")
    for at in (1, 2, 3)
)


def drawing(job: str, scene: Scene) -> Picture:
    name = f"{job}/{scene.id}/{scene.revision}"
    return Picture(image=blob(f"{name}.jpg", "image/jpeg"), thumbnail=blob(f"{name}.small.jpg", "image/jpeg"))


def part(job: str, scene: Scene) -> Event:
    where = {"scene": scene.id, "revision": scene.revision, "index": scene.index, "start": 4.0 * scene.index}
    return PreviewExtended(job=job, init=blob("init.mp4"), part=blob(f"{job}/{scene.id}.m4s"), duration=4.0, **where)


def way_of(job: str, config: VideoConfig, plan: Plan | None = None) -> list[Event]:
    """All that the other services say of a film, or of the plan of an edit, from its first moment to its last."""
    scenes = plan.scenes if plan else SCENES
    known = {"title": "A film", "summary": "…", "language": "en", "mood": Mood.CALM, "provider": "test"}
    analyzed = ScriptAnalyzed(job=job, user="-", priority=Priority.DEFAULT, config=config, scenes=scenes, **known)
    way: list[Event] = [ModerationStarted(job=job, user="-")]
    way += [ScriptApproved(job=job, moderation=Moderation(score=0.1)), analyzed]
    for one in scenes:
        named = {"job": job, "scene": one.id, "revision": one.revision}
        voice = {"audio": blob("a"), "duration": 2.0, "words": (), "provider": "test", "voice": "test"}
        way.append(AudioSynthesized(**named, **voice))
        if one.picture is None:
            way.append(PictureMade(**named, shown=drawing(job, one), provider="test"))
    for one in scenes:
        named = {"job": job, "scene": one.id, "revision": one.revision}
        way += [SceneRendered(**named, chunks=(blob("c"),), frames=60, duration=2.0), part(job, one)]
    files = {name: blob(f"{job}.{name}") for name in ("video", "poster", "srt", "vtt")}
    return [*way, VideoRendered(job=job, duration=6.0 + len(scenes), **files, **SIZE)]


async def stream(engine, job: str) -> list[Envelope]:
    async with unit_of_work(engine, "gateway") as unit:
        return await unit.load(stream_of(job))


async def asked(engine, job: str) -> JobRequested:
    fact = (await stream(engine, job))[0].fact()
    assert isinstance(fact, JobRequested)
    return fact


async def carried_out(engine, job: str) -> None:
    """The other services do what was asked for."""
    request = await asked(engine, job)
    await goes_on(engine, *way_of(job, request.config, request.plan))


async def hears_itself(engine, job: str) -> None:
    """The gateway hears the last fact of this job from its own topic."""
    last = (await stream(engine, job))[-1]
    async with unit_of_work(engine, "gateway") as unit:
        unit.cause = last
        await settle_edit.react(last.fact(), unit)


async def a_film(client: Client, engine, **wish) -> dict:
    """A finished film of three scenes, as its owner sees it."""
    job = (await client.ask(**wish))["id"]
    await carried_out(engine, job)
    return await seen(client, job)


async def seen(client: Client, job: str) -> dict:
    answer = await client.get(f"{JOBS}/{job}")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def patched(client: Client, job: str, scene: str = "s02", etag: str | None = "*", **change) -> Response:
    headers = {"If-Match": etag} if etag else {}
    return await client.patch(f"{JOBS}/{job}/scenes/{scene}", json=change, headers=headers)


async def an_edit(client: Client, engine, job: str, scene: str = "s02", **change) -> dict:
    """An edit that was carried out, and heard of by its film."""
    answer = await patched(client, job, scene, **change)
    assert answer.status_code == 202, answer.text
    child = answer.json()
    await carried_out(engine, child["id"])
    await hears_itself(engine, child["id"])
    return child
