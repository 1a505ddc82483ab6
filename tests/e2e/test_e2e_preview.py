"""A film is watched while it is being made."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import av
import pytest

from philo.films.api import Api, Json
from philo.stack import Endpoints
from tests.filming import QUIET, elsewhere, newcomer, unheard

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("e2e")]

SCENES = 4


@dataclass(frozen=True)
class Watched:
    """The playlist as it was when the first scene could be watched, as it is now, and where it can be played."""

    early: str
    late: str
    at: str
    job: Json
    video: Path


@pytest.fixture(scope="session")
def watched(studio: Endpoints, tmp_path_factory: pytest.TempPathFactory) -> Watched:
    path = tmp_path_factory.mktemp("watched") / "film.mp4"

    async def make() -> Watched:
        async with newcomer(studio.gateway) as api:
            script = "\n\n".join(f"{unheard()} The owl flies over roof {number}." for number in range(SCENES))
            asked = await api.request_film(script, QUIET | {"scenes": SCENES})
            early, last = "", {}
            async for message in api.watch(asked["id"]):
                last = message["job"]
                if not early and last["result"] and last["status"] == "processing":
                    early = await playlist(api, last)
            await api.fetch(asked["id"], path)
            job = (await api.call("GET", f"/jobs/{asked['id']}")).json()
            signed = studio.gateway + job["result"]["signed_preview_url"]
            return Watched(early, await playlist(api, last), signed, job, path)

    return elsewhere(make)


async def playlist(api: Api, job: Json) -> str:
    answer = await api.client.get(job["result"]["preview_url"])
    answer.raise_for_status()
    return answer.text


def test_the_first_scenes_can_be_watched_before_the_film_is_made(watched: Watched) -> None:
    assert 1 <= watched.early.count("#EXTINF") < SCENES, json.dumps(watched.early)
    assert "#EXT-X-PLAYLIST-TYPE:EVENT" in watched.early
    assert "#EXT-X-ENDLIST" not in watched.early


def test_the_playlist_ends_with_the_film(watched: Watched) -> None:
    assert watched.late.count("#EXTINF") == SCENES
    assert watched.late.rstrip().endswith("#EXT-X-ENDLIST")


def test_a_player_that_sends_no_headers_plays_all_of_it(watched: Watched) -> None:
    with av.open(watched.at, options={"allowed_extensions": "ALL", "extension_picky": "0"}) as stream:
        frames = [frame.pts * frame.time_base for frame in stream.decode(video=0)]
    with av.open(watched.video) as film:
        whole = film.streams.video[0].frames
    assert len(frames) == whole
    assert float(frames[-1] - frames[0]) == pytest.approx((whole - 1) / 30, abs=0.002)


def test_voice_and_picture_begin_together(watched: Watched) -> None:
    with av.open(watched.at, options={"allowed_extensions": "ALL", "extension_picky": "0"}) as stream:
        starts = [
            float((one.start_time or 0) * one.time_base) for one in (stream.streams.video[0], stream.streams.audio[0])
        ]
    assert starts[0] == pytest.approx(starts[1], abs=0.03)
