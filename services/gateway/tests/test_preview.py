"""Watching a film while it is made: parts in any order, playlists that only grow, links that need no headers."""

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import ceil

import pytest
from editing_world import JOBS, SCENES, a_film, asked, part, patched, seen, stream, way_of
from gateway_world import accepted, blob, goes_on, hears, told
from hypothesis import given, settings
from hypothesis import strategies as st

from philo_contracts.events import AudioSynthesized, Event, PreviewExtended, PreviewGrew, RenderFailed, VideoRendered
from philo_contracts.evolution import evolve
from philo_contracts.job import Job, PreviewPart, Status
from philo_contracts.shapes import Fault, VideoConfig
from philo_gateway.jobs.domain import cancel
from philo_gateway.jobs.store import Held, stream_of
from philo_gateway.preview.playlist import PATIENCE, ended, playlist
from philo_kernel.unit import Unit

stack = pytest.mark.stack
WAY = way_of("j", VideoConfig())
PARTS = [fact for fact in WAY if isinstance(fact, PreviewExtended)]
OTHERS = [fact for fact in WAY if not isinstance(fact, PreviewExtended)]


def after(*facts: Event) -> tuple[Job, list[Event]]:
    """The job, and what it decided."""
    unit, one = Unit("gateway", None, None), Held(accepted("j"))
    unit.memory[stream_of("j")] = one
    asyncio.run(hears(unit, [told(fact) for fact in facts]))
    return one.job, [envelope.fact() for envelope in unit._facts]


@settings(max_examples=40, deadline=None)
@given(st.permutations(PARTS), st.lists(st.integers(0, len(OTHERS)), min_size=3, max_size=3), st.booleans())
def test_the_preview_grows_by_the_next_scene_whatever_the_order(parts, places, repeated):
    order = list(OTHERS)
    for fact, place in zip(parts, places, strict=True):
        order.insert(place, fact)
    job, decided = after(*order, *(PARTS if repeated else ()))
    assert [fact.scene for fact in decided if isinstance(fact, PreviewGrew)] == ["s01", "s02", "s03"]
    assert job.status is Status.COMPLETED


def test_nothing_is_listed_behind_a_gap():
    job, _ = after(*OTHERS[:-1], PARTS[0], PARTS[2])
    assert [one.scene for one in job.preview] == ["s01"]


def test_the_parts_of_another_revision_are_not_listed():
    job, _ = after(*OTHERS[:-1], PARTS[0].model_copy(update={"revision": 2}))
    assert job.preview == ()


def test_a_preview_that_was_stopped_grows_no_more():
    job, _ = after(*OTHERS[:-1], PARTS[0])
    stopped = evolve(job, cancel(job, "enough"), job.updated_at)
    unit, one = Unit("gateway", None, None), Held(stopped)
    unit.memory[stream_of("j")] = one
    asyncio.run(hears(unit, [told(PARTS[1])]))
    assert (one.job, unit._facts) == (stopped, [])


def written(job: Job, later: timedelta = timedelta()) -> list[str]:
    return playlist(job, job.updated_at + later, lambda blob: f"/media/{blob.key}").splitlines()


def test_a_playlist_lists_the_parts_behind_their_head():
    job, _ = after(*OTHERS[:-1], *PARTS[:2])
    assert written(job) == [
        "#EXTM3U",
        "#EXT-X-VERSION:7",
        "#EXT-X-TARGETDURATION:15",
        "#EXT-X-MEDIA-SEQUENCE:0",
        "#EXT-X-PLAYLIST-TYPE:EVENT",
        "#EXT-X-INDEPENDENT-SEGMENTS",
        "#EXT-X-START:TIME-OFFSET=0,PRECISE=YES",
        '#EXT-X-MAP:URI="/media/init.mp4"',
        "#EXTINF:4.000000,",
        "/media/j/s01.m4s",
        "#EXTINF:4.000000,",
        "/media/j/s02.m4s",
    ]


def test_a_playlist_only_grows():
    lists = []
    for parts in range(1, 4):
        job, _ = after(*OTHERS[:-1], *PARTS[:parts])
        lists.append(written(job))
    lists.append(written(after(*OTHERS[:-1], *PARTS, OTHERS[-1])[0]))
    assert all(longer[: len(shorter)] == shorter for shorter, longer in pairwise(lists))
    assert [listed[-1] == "#EXT-X-ENDLIST" for listed in lists] == [False, False, False, True]


def test_no_part_is_longer_than_the_target_says():
    long = part("j", SCENES[0]).model_copy(update={"duration": 20.4})
    job, _ = after(*OTHERS[:-1], long)
    assert f"#EXT-X-TARGETDURATION:{ceil(20.4)}" in written(job)


def test_a_first_scene_can_be_watched_before_the_others_are_spoken():
    reading = OTHERS[:3]
    job, _ = after(*reading, PARTS[0])
    assert (len(job.preview), job.scenes[1].voice) == (1, "working")


def test_the_target_is_raised_before_a_longer_part_is_there():
    voice = next(fact for fact in OTHERS if isinstance(fact, AudioSynthesized)).model_copy(update={"duration": 30.5})
    job, _ = after(*OTHERS[:3], voice)
    assert "#EXT-X-TARGETDURATION:37" in written(job)


def test_a_head_that_changes_is_named_again():
    other = PreviewPart(scene="s02", init=blob("other.mp4"), part=blob("b"), duration=4)
    job, _ = after(*OTHERS[:-1], PARTS[0])
    heads = [line for line in written(job.model_copy(update={"preview": (*job.preview, other)})) if "MAP" in line]
    assert heads == ['#EXT-X-MAP:URI="/media/init.mp4"', '#EXT-X-MAP:URI="/media/other.mp4"']


@pytest.mark.parametrize("end", ["failed", "cancelled"])
def test_a_film_that_will_not_be_finished_ends_where_it_is(end):
    fault = RenderFailed(job="j", fault=Fault(code="broken", message="It broke."))
    job, _ = after(*OTHERS[:-1], PARTS[0], *([fault] if end == "failed" else []))
    over = job if end == "failed" else evolve(job, cancel(job, "enough"), job.updated_at)
    assert ended(over, over.updated_at)


def test_a_finished_film_waits_a_while_for_the_parts_that_are_on_their_way():
    job, _ = after(*OTHERS, PARTS[0])
    assert isinstance(OTHERS[-1], VideoRendered)
    assert not ended(job, job.completed_at + PATIENCE / 2)
    assert ended(job, job.completed_at + PATIENCE * 2)


@stack
async def test_a_job_tells_its_preview_with_its_first_finished_scene(ada, engine):
    job = (await ada.ask())["id"]
    way = way_of(job, VideoConfig())
    first = next(at for at, fact in enumerate(way) if isinstance(fact, PreviewExtended))
    await goes_on(engine, *way[:first])
    early = await ada.get(f"{JOBS}/{job}/preview/1/index.m3u8")
    assert ((await seen(ada, job))["result"], early.status_code) == (None, 404)
    await goes_on(engine, way[first])
    result = (await seen(ada, job))["result"]
    assert result["preview_url"] == f"{JOBS}/{job}/preview/1/index.m3u8"
    assert {name for name, value in result.items() if value} == {"revision", "preview_url", "signed_preview_url"}
    history = (await ada.get(f"{JOBS}/{job}/history")).json()
    assert (history[-1]["event"], history[-1]["main"]) == ("PreviewGrew", False)


@stack
async def test_a_player_needs_no_headers_and_any_page_may_hold_it(ada, app, engine):
    objects = app.state.objects
    await objects.ensure_bucket()
    film = await a_film(ada, engine)
    await objects.put(f"{film['id']}/s01.m4s", b"first part", "video/iso.segment")
    ada.headers.pop("Authorization")
    answer = await ada.get(film["result"]["signed_preview_url"], headers={"Origin": "https://elsewhere.example"})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/vnd.apple.mpegurl")
    assert (answer.headers["cache-control"], answer.headers["access-control-allow-origin"]) == ("no-store", "*")
    assert answer.text.endswith("#EXT-X-ENDLIST\n")
    link = next(line for line in answer.text.splitlines() if line.startswith("/media/"))
    segment = await ada.get(link)
    assert (segment.content, segment.headers["access-control-allow-origin"]) == (b"first part", "*")


@stack
async def test_what_a_player_has_read_stays_as_it_was(ada, engine):
    film = await a_film(ada, engine)
    for url in (film["result"]["preview_url"], film["result"]["signed_preview_url"]):
        first, second = await ada.get(url), await ada.get(url)
        assert first.text == second.text
    assert film["result"]["signed_preview_url"] == (await seen(ada, film["id"]))["result"]["signed_preview_url"]


@stack
async def test_a_damaged_or_expired_link_plays_nothing(ada, app, engine, monkeypatch):
    film = await a_film(ada, engine)
    url = film["result"]["signed_preview_url"]
    object_link = film["result"]["signed_url"].removeprefix("/media/")
    monkeypatch.setattr(app.state.links, "steady", lambda: datetime(2026, 1, 1, tzinfo=UTC))
    late = app.state.links.sign_preview(film["id"], 1)
    for bad in (url.replace("/index", "x/index"), f"/media/preview/{object_link}/index.m3u8", late):
        answer = await ada.get(bad)
        assert (answer.status_code, "expired or is damaged" in answer.json()["detail"]) == (404, True)
    token = url.removeprefix("/media/preview/").removesuffix("/index.m3u8")
    assert (await ada.get(f"/media/{token}")).status_code == 404


@stack
async def test_an_edit_can_be_watched_as_the_films_next_revision(ada, engine):
    film = await a_film(ada, engine)
    base = f"{JOBS}/{film['id']}/preview"
    assert (await ada.get(f"{base}/2/index.m3u8")).status_code == 404
    child = (await patched(ada, film["id"], narration="Otherwise.")).json()["id"]
    way = way_of(child, VideoConfig(), (await asked(engine, child)).plan)
    await goes_on(engine, *way[:-1])
    answer = await ada.get(f"{base}/2/index.m3u8")
    assert (answer.status_code, answer.text.count("#EXTINF"), "ENDLIST" in answer.text) == (200, 3, False)
    assert (await ada.get(f"{base}/3/index.m3u8")).status_code == 404
    assert (await ada.get(f"{base}/0/index.m3u8")).status_code == 422
    assert [fact.type for fact in await stream(engine, film["id"])][-1] == "SceneRedrawStarted"
