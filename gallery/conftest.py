"""Each film is made once, by the services as `philo up` starts them; files and contact sheets stay in `gallery/made`."""

from __future__ import annotations

import asyncio
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from gallery.sheet import contact_sheet
from gallery.track import brought
from philo.films.api import Api, Json
from philo.stack import Endpoints
from philo.testing import elsewhere, folder_of_the_run, shared_stack
from philo_contracts.events import AudioSynthesized, TimelinePlanned
from philo_contracts.shapes import Word
from tests.facts import said
from tests.filming import filmed, newcomer

HERE = Path(__file__).parent
MADE = HERE / "made"
WISHES: dict[str, Json] = tomllib.loads((HERE / "films.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Made:
    """A film of the gallery, the same one without its music, and when each of its words is heard (seconds)."""

    name: str
    wish: Json
    job: Json
    video: Path
    without_music: Path
    words: list[Word]


@pytest.fixture(scope="session")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoints]:
    with shared_stack(folder_of_the_run(tmp_path_factory) / "philo-gallery", services=True) as at:
        yield at


@pytest.fixture(scope="session", params=sorted(WISHES))
def made(request: pytest.FixtureRequest, studio: Endpoints) -> Made:
    return elsewhere(lambda: make(request.param, studio))


async def make(name: str, studio: Endpoints) -> Made:
    wish, folder = WISHES[name], MADE / name
    folder.mkdir(parents=True, exist_ok=True)
    async with newcomer(studio.gateway) as api:
        config = wish["config"] | ({"music": {"track_asset_id": await brought(api)}} if wish.get("track") else {})
        film = await filmed(api, wish["script"].strip(), config, folder, title=wish["title"])
        quiet = folder / "without-music.mp4"
        await forked(api, film.id, {"music": {"enabled": False}}, quiet)
    await asyncio.to_thread(contact_sheet, film.video, MADE / f"{name}.jpg")
    return Made(name, wish, film.job, film.video, quiet, await told(studio, film.job))


async def forked(api: Api, job: str, config: Json, to: Path) -> None:
    child = (await api.call("POST", f"/jobs/{job}/fork", json={"config": config})).json()
    messages = [message async for message in api.watch(child["id"])]
    assert messages[-1]["event"] == "job.completed", messages[-1]["job"]["error"]
    await api.fetch(child["id"], to)


async def told(studio: Endpoints, job: Json) -> list[Word]:
    (plan,) = await said(studio, "render", job["id"], TimelinePlanned)
    voices = {voice.scene: voice for voice in await said(studio, "tts", job["id"], AudioSynthesized)}
    return [
        Word(text=word.text, start=start + word.start, end=start + word.end)
        for scene, start in zip(job["scenes"], plan.starts, strict=True)
        for word in voices[scene["id"]].words
    ]
