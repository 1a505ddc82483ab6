"""A track and a font of one's own, somebody who composes for money and is not there, and the looks one can choose from."""

from __future__ import annotations

import asyncio
import io
from importlib.resources import files
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from numpy.typing import NDArray

from philo.films.api import Api, Json
from philo.stack import Endpoints
from philo_contracts.events import MusicComposed, TimelinePlanned
from philo_render.film import RATE, read_sound
from tests.facts import said
from tests.filming import Film, elsewhere, filmed, newcomer, unheard

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("e2e")]

TONE, BEAT = 1_710, 0.5
"""Hertz, and seconds between two strokes of the track: neither the voice nor Philo's own music keeps to them."""
TRACK = 4.0
"""Seconds of the track: shorter than any film."""
SCRIPT = "A small breeze came over the quiet hill. Every lamp in the village was lit."
SMALL: Json = {"resolution": "480p", "scenes": 1}


def track() -> bytes:
    """Strokes of one tone, as MP3."""
    seconds = np.arange(round(TRACK * RATE)) / RATE
    wave = 0.5 * np.sin(2 * np.pi * TONE * seconds) * np.exp(-6 * (seconds % BEAT))
    file = io.BytesIO()
    with av.open(file, "w", format="mp3") as container:
        stream = container.add_stream("libmp3lame", rate=RATE, layout="mono")
        for start in range(0, len(wave), 1_152):
            block = (wave[None, start : start + 1_152] * 32_767).astype(np.int16)
            frame = av.AudioFrame.from_ndarray(block, format="s16p", layout="mono")
            frame.sample_rate, frame.pts = RATE, start
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file.getvalue()


def font() -> bytes:
    """An italic without a z, as WOFF2."""
    path = files("justmytype_western_core") / "fonts" / "ofl" / "sourceserif4" / "SourceSerif4-Italic[opsz,wght].ttf"
    opened, out = TTFont(str(path)), io.BytesIO()
    letters = Subsetter(Options(drop_tables=["GSUB", "GPOS", "MVAR"]))
    letters.populate(text="".join(sorted(set(SCRIPT) - {"z"})))
    letters.subset(opened)
    opened.flavor = "woff2"
    opened.save(out)
    return out.getvalue()


async def brought(api: Api, body: bytes, name: str) -> str:
    """The upload's id, once it can be used."""
    asset = (await api.call("POST", "/assets", files={"file": (name, body)})).json()
    async with asyncio.timeout(60):
        while asset["status"] == "processing":
            await asyncio.sleep(0.1)
            asset = (await api.call("GET", f"/assets/{asset['asset_id']}")).json()
    assert asset["status"] == "ready", asset["fault"]
    return str(asset["asset_id"])


@pytest.fixture(scope="module")
def own(studio: Endpoints, tmp_path_factory: pytest.TempPathFactory) -> Film:
    """A film with a track and a font of its owner's."""

    async def make() -> Film:
        async with newcomer(studio.gateway) as owner:
            music = {"track_asset_id": await brought(owner, track(), "strokes.mp3")}
            subtitles = {"font_asset_id": await brought(owner, font(), "italic.woff2")}
            config = SMALL | {"music": music, "subtitles": subtitles}
            return await filmed(owner, SCRIPT, config, tmp_path_factory.mktemp("own"), "Breeze")

    return elsewhere(make)


def loudness_of_tone(sound: NDArray[np.float32], start: float, end: float) -> float:
    """Decibels by which the track's tone stands out from what is beside it."""
    part = sound.mean(axis=0)[round(start * RATE) : round(end * RATE)]
    power = np.abs(np.fft.rfft(part * np.hanning(len(part)))) ** 2
    pitch = np.fft.rfftfreq(len(part), 1 / RATE)
    tone, beside = np.abs(pitch - TONE) < 15, (np.abs(pitch - TONE) > 150) & (np.abs(pitch - TONE) < 400)
    return float(10 * np.log10(power[tone].max() / (power[beside].mean() + 1e-12)))


def level_of_tone(sound: NDArray[np.float32], start: float, end: float) -> float:
    """Decibels of the track's tone alone."""
    part = sound.mean(axis=0)[round(start * RATE) : round(end * RATE)]
    turning = np.exp(-2j * np.pi * TONE * np.arange(len(part)) / RATE)
    return float(20 * np.log10(np.abs((part * turning).mean()) + 1e-9))


async def test_a_track_of_ones_own_is_heard_from_the_beginning_to_the_end(studio: Endpoints, own: Film) -> None:
    [plan] = await said(studio, "render", own.id, TimelinePlanned)
    [played] = await said(studio, "tts", own.id, MusicComposed)
    sound = read_sound(own.video)
    assert (played.provider, played.warnings, plan.duration > 2 * TRACK) == ("uploaded", (), True)
    assert loudness_of_tone(sound, 0.8, 2.8) > 25
    assert loudness_of_tone(sound, plan.duration - 4.0, plan.duration - 2.0) > 25


async def test_a_track_of_ones_own_steps_back_for_the_voice(studio: Endpoints, own: Film) -> None:
    [plan] = await said(studio, "render", own.id, TimelinePlanned)
    sound, start = read_sound(own.video), plan.starts[0]
    alone, under = level_of_tone(sound, 1.0, 2.5), level_of_tone(sound, start + 1.0, start + 2.5)
    assert under < alone - 6


async def test_subtitles_are_written_in_ones_own_font(studio: Endpoints, own: Film, tmp_path: Path) -> None:
    """The same film without it differs where the words are, and nowhere else."""
    async with Api.at(studio.gateway) as api:
        api.client.headers["Authorization"] = own.owner
        wish = {"config": {"subtitles": {"font_asset_id": None}}}
        fork = (await api.call("POST", f"/jobs/{own.id}/fork", json=wish)).json()
        messages = [message async for message in api.watch(fork["id"])]
        assert messages[-1]["event"] == "job.completed", messages[-1]["job"]["error"]
        await api.fetch(fork["id"], tmp_path / "fork.mp4")
    [plan] = await said(studio, "render", own.id, TimelinePlanned)
    moment = plan.starts[0] + 1.0
    mine, theirs = (still(video, moment) for video in (own.video, tmp_path / "fork.mp4"))
    rows = np.flatnonzero((np.abs(mine - theirs) > 60).sum(axis=1) > 3)
    assert rows.size
    assert rows.min() > 0.75 * len(mine)


def still(video: Path, seconds: float) -> NDArray[np.int16]:
    """Luma of the frame that is shown then."""
    with av.open(video) as film:
        frames = film.decode(video=0)
        frame = next(frame for frame in frames if frame.time is not None and frame.time >= seconds)
        return frame.to_ndarray(format="gray").astype(np.int16)


def test_what_ones_own_font_lacks_is_told_on_the_job(own: Film) -> None:
    assert own.job["warnings"] == ["The font of the subtitles has no z; Philo's own fonts write these signs."]


async def test_what_is_somebody_elses_is_refused_before_there_is_a_job(api: Api, own: Film) -> None:
    wish = {"script": SCRIPT, "config": SMALL | {"music": own.job["config"]["music"]}}
    assert (await api.client.post("/api/v1/jobs", json=wish)).status_code == 404
    assert (await api.call("GET", "/jobs")).json()["items"] == []


async def test_where_a_composer_is_not_set_up_philo_composes_and_says_so(
    studio: Endpoints, api: Api, tmp_path: Path
) -> None:
    film = await filmed(api, unheard(), SMALL | {"music": {"provider": "mubert"}}, tmp_path)
    [played] = await said(studio, "tts", film.id, MusicComposed)
    [warning] = film.job["warnings"]
    assert played.provider == "philo"
    assert warning.startswith("Philo composed the music itself.")
    assert "MUBERT_API_KEY" in warning


async def test_every_look_can_be_seen_at_the_one_origin(api: Api) -> None:
    looks = (await api.call("GET", "/looks")).json()["items"]
    assert {"paper", "ink", "noir"} <= {look["id"] for look in looks}
    sample = await api.client.get(looks[0]["sample_url"])
    pixels = cv2.imdecode(np.frombuffer(sample.content, np.uint8), cv2.IMREAD_COLOR)
    assert (sample.headers["content-type"], pixels.shape) == ("image/jpeg", (360, 640, 3))
