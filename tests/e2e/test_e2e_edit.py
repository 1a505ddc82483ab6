"""A finished film is changed in one scene: that scene is made again, and nothing else."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from philo.films.api import Api, Json
from philo.stack import Endpoints
from philo_contracts.events import AudioSynthesized, PictureMade, SceneRendered
from tests.facts import said
from tests.filming import QUIET, Film, again, elsewhere, filmed, newcomer, unheard

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("e2e")]

SCENES, CHANGED = 4, 1


@dataclass(frozen=True)
class Edited:
    """A film, the job that changed its second scene, the film's job afterwards, and the new film's file."""

    before: Film
    edit: Json
    after: Json
    video: Path


@pytest.fixture(scope="session")
def edited(studio: Endpoints, tmp_path_factory: pytest.TempPathFactory) -> Edited:
    folder = tmp_path_factory.mktemp("edited")

    async def make() -> Edited:
        async with newcomer(studio.gateway) as api:
            told = [f"{unheard()} The miller walks to gate {number}." for number in range(SCENES)]
            film = await filmed(api, "\n\n".join(told), QUIET | {"scenes": SCENES}, folder)
            scene = film.job["scenes"][CHANGED]["id"]
            child = await ended(api, await edit(api, film.id, scene, {"narration": f"{unheard()} The miller rests."}))
            after = await revised(api, film.id, 2)
            video = folder / "after.mp4"
            await api.fetch(film.id, video)
            return Edited(film, child, after, video)

    return elsewhere(make)


async def edit(api: Api, job: str, scene: str, change: Json) -> Json:
    read = await api.call("GET", f"/jobs/{job}/scenes/{scene}")
    headers = {"If-Match": read.headers["ETag"]}
    child: Json = (await api.call("PATCH", f"/jobs/{job}/scenes/{scene}", json=change, headers=headers)).json()
    return child


async def ended(api: Api, job: Json) -> Json:
    messages = [message async for message in api.watch(job["id"])]
    assert messages[-1]["event"] == "job.completed", messages[-1]["job"]["error"]
    last: Json = messages[-1]["job"]
    return last


async def revised(api: Api, job: str, revision: int) -> Json:
    async with asyncio.timeout(30):
        while True:
            now: Json = (await api.call("GET", f"/jobs/{job}")).json()
            if now["result"]["revision"] == revision:
                return now
            await asyncio.sleep(0.1)


def packets(path: Path) -> list[bytes]:
    with av.open(path) as film:
        return [bytes(packet) for packet in film.demux(video=0) if packet.size]


def test_the_packets_of_all_other_scenes_are_the_same_bytes(edited: Edited) -> None:
    before, after = packets(edited.before.video), packets(edited.video)
    cuts = [chapter["start"] / 1000 for chapter in chapters(edited.before.video)]
    same = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False))))
    same_behind = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(before[::-1], after[::-1], strict=False))))
    fps, transition = 30, 30
    assert same >= cuts[CHANGED] * fps - transition
    assert same_behind >= len(before) - (cuts[CHANGED + 1] * fps + transition)
    assert same + same_behind < len(before)


def chapters(path: Path) -> list[Json]:
    with av.open(path) as film:
        return list(film.chapters())


async def test_only_the_changed_scene_was_spoken_painted_and_drawn(studio: Endpoints, edited: Edited) -> None:
    child = edited.edit["id"]
    spoken = await said(studio, "tts", child, AudioSynthesized)
    drawn = await said(studio, "render", child, SceneRendered)
    painted = await said(studio, "render", child, PictureMade)
    scene = edited.before.job["scenes"][CHANGED]["id"]
    following = edited.before.job["scenes"][CHANGED + 1]["id"]
    assert {fact.scene for fact in spoken if not fact.reused} == {scene}
    assert {fact.scene for fact in painted} == {scene}
    assert {fact.scene for fact in drawn if not fact.reused} <= {scene, following}


def test_the_film_has_a_revision_more_and_its_scene_a_take_more(edited: Edited) -> None:
    scene = edited.after["scenes"][CHANGED]
    assert (edited.after["status"], edited.after["result"]["revision"]) == ("completed", 2)
    assert (scene["revision"], scene["narration"].endswith("The miller rests.")) == (2, True)
    assert edited.edit["kind"] == "scene_edit"
    assert edited.edit["parent_id"] == edited.before.id


async def test_the_earlier_film_can_still_be_watched(studio: Endpoints, edited: Edited) -> None:
    async with again(studio.gateway, edited.before) as api:
        first = await api.call("GET", f"/jobs/{edited.before.id}/revisions/1/output", follow_redirects=True)
    assert first.content == edited.before.video.read_bytes()


async def test_a_change_of_something_that_has_changed_since_is_refused(studio: Endpoints, edited: Edited) -> None:
    scene = edited.before.job["scenes"][CHANGED]["id"]
    async with again(studio.gateway, edited.before) as api:
        path = f"/api/v1/jobs/{edited.before.id}/scenes/{scene}"
        answer = await api.client.patch(path, json={"title": "Late"}, headers={"If-Match": '"1"'})
    assert (answer.status_code, answer.json()["type"]) == (412, "/problems/precondition-failed")


@pytest.fixture
async def owner(studio: Endpoints, edited: Edited) -> AsyncIterator[Api]:
    async with again(studio.gateway, edited.before) as api:
        yield api


async def uploaded(api: Api, name: str, body: bytes) -> Json:
    asset = (await api.call("POST", "/assets", files={"file": (name, body)})).json()
    async with asyncio.timeout(60):
        while asset["status"] == "processing":
            await asyncio.sleep(0.1)
            asset = (await api.call("GET", f"/assets/{asset['asset_id']}")).json()
    assert asset["status"] == "ready", asset
    shown: Json = asset
    return shown


def green() -> bytes:
    file = io.BytesIO()
    Image.fromarray(np.tile(np.uint8([20, 200, 40]), (300, 500, 1))).save(file, "PNG")
    return file.getvalue()


async def test_an_uploaded_picture_is_shown_in_its_scene(owner: Api, edited: Edited, tmp_path: Path) -> None:
    asset = await uploaded(owner, "leaf.png", green())
    last = edited.after["scenes"][-1]["id"]
    child = await ended(owner, await edit(owner, edited.before.id, last, {"picture_asset_id": asset["asset_id"]}))
    await owner.fetch(child["id"], tmp_path / "film.mp4")
    with av.open(tmp_path / "film.mp4") as film:
        start = film.chapters()[-1]["start"] / 1000
        film.seek(int((start + 1.0) * av.time_base))
        frame = next(frame for frame in film.decode(video=0) if frame.time >= start + 1.0)
    assert frame.to_ndarray(format="rgb24")[:200].mean((0, 1)) == pytest.approx([20, 200, 40], abs=12)


@pytest.mark.parametrize(("form", "codec"), [("webm", "vp9"), ("gif", "gif")])
async def test_a_film_is_exported(owner: Api, edited: Edited, tmp_path: Path, form: str, codec: str) -> None:
    wish = {"form": form, "seconds": 2} if form == "gif" else {"form": form}
    child = (await owner.call("POST", f"/jobs/{edited.before.id}/exports", json=wish)).json()
    await ended(owner, child)
    path = tmp_path / f"film.{form}"
    await owner.fetch(child["id"], path)
    with av.open(path) as film:
        assert film.streams.video[0].codec_context.name == codec
