"""Media under signed addresses: ranges, ends, and never more in memory than a piece."""

import tracemalloc
from datetime import timedelta
from uuid import uuid4

import httpx
import jwt
import pytest
import pytest_asyncio
from gateway_world import gateway_settings, goes_on, story

from philo_contracts.shapes import Blob
from philo_gateway.media.api import Unsatisfiable, part_of
from philo_gateway.media.links import AUDIENCE, BadLink, Links
from philo_kernel.http.server import serve
from philo_kernel.objects import S3Objects

stack = pytest.mark.stack
BODY = bytes(range(256)) * 40
SIZE = len(BODY)
HOURS = timedelta(hours=1)
FILM = Blob(key="films/a.mp4", size_bytes=SIZE, media_type="video/mp4")


@pytest_asyncio.fixture
async def objects(app) -> S3Objects:
    store: S3Objects = app.state.objects
    await store.ensure_bucket()
    return store


@pytest_asyncio.fixture
async def link(app, objects) -> str:
    """The address of a small object."""
    blob = await objects.put(f"films/{uuid4()}.mp4", BODY, "video/mp4")
    path, _ = app.state.links.sign(blob, filename="Tee & 茶.mp4")
    return path


def test_a_link_opens_what_it_was_signed_for_until_it_expires():
    links = Links("s" * 32, HOURS)
    path, _ = links.sign(FILM, filename="a.mp4")
    claims = links.opened(path.removeprefix("/media/"))
    assert (claims["key"], claims["type"], claims["name"]) == (FILM.key, "video/mp4", "a.mp4")
    late, _ = Links("s" * 32, -HOURS).sign(FILM)
    with pytest.raises(BadLink, match="expired"):
        links.opened(late.removeprefix("/media/"))


@pytest.mark.parametrize("change", [lambda token: token[:-3] + "abc", lambda token: token + "a", lambda _: "nonsense"])
def test_a_link_that_was_changed_opens_nothing(change):
    links = Links("s" * 32, HOURS)
    with pytest.raises(BadLink):
        links.opened(change(links.sign(FILM)[0].removeprefix("/media/")))


def test_only_a_link_for_media_opens_media():
    links = Links("s" * 32, HOURS)
    other = Links("t" * 32, HOURS).sign(FILM)[0].removeprefix("/media/")
    unsigned = jwt.encode({"aud": AUDIENCE, "key": "a", "exp": 2**33}, None, "none")
    elsewhere = jwt.encode({"aud": "philo", "key": "a", "exp": 2**33}, "s" * 32, "HS256")
    endless = jwt.encode({"aud": AUDIENCE, "key": "a"}, "s" * 32, "HS256")
    for forged in (other, unsigned, elsewhere, endless):
        with pytest.raises(BadLink):
            links.opened(forged)


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        (None, None),
        ("bytes=0-0", (0, 0)),
        ("bytes=0-99", (0, 99)),
        ("Bytes=10-19", (10, 19)),
        ("bytes=90-", (90, 99)),
        ("bytes=-5", (95, 99)),
        ("bytes=-500", (0, 99)),
        ("bytes=50-5000", (50, 99)),
        ("bytes=-", None),
        ("Bytes=-", None),
        ("bytes=0-1,5-6", None),
        ("lines=0-1", None),
        ("bytes=a-b", None),
        ("bytes=0-" + "9" * 5000, None),
    ],
)
def test_a_range_is_read_as_its_standard_says(asked, part):
    assert part_of(asked, 100) == part


@pytest.mark.parametrize(
    ("asked", "size"), [("bytes=100-", 100), ("bytes=-0", 100), ("bytes=7-3", 100), ("bytes=0-", 0)]
)
def test_a_range_outside_the_object_cannot_be_satisfied(asked, size):
    with pytest.raises(Unsatisfiable):
        part_of(asked, size)


@stack
@pytest.mark.parametrize("asked", [None, "bytes=0-9", "bytes=5000-5999", "bytes=-10", "bytes=10200-99999"])
async def test_ranges_are_served_as_they_were_asked_for(ada, link, asked):
    answer = await ada.get(link, headers={"Range": asked} if asked else {})
    first, last = part_of(asked, SIZE) or (0, SIZE - 1)
    assert answer.status_code == (206 if asked else 200)
    assert answer.content == BODY[first : last + 1]
    assert answer.headers["content-length"] == str(last + 1 - first)
    assert answer.headers.get("content-range") == (f"bytes {first}-{last}/{SIZE}" if asked else None)
    assert (answer.headers["accept-ranges"], answer.headers["content-type"]) == ("bytes", "video/mp4")
    assert answer.headers["content-disposition"] == "inline; filename*=UTF-8''Tee%20%26%20%E8%8C%B6.mp4"


@stack
async def test_who_wants_a_part_of_another_version_gets_the_whole(ada, link):
    answer = await ada.get(link, headers={"Range": "bytes=0-9", "If-Range": '"another"'})
    assert (answer.status_code, len(answer.content)) == (200, SIZE)


@stack
async def test_a_range_behind_the_end_is_told_the_size(ada, link):
    answer = await ada.get(link, headers={"Range": f"bytes={SIZE}-"})
    assert (answer.status_code, answer.headers["content-range"]) == (416, f"bytes */{SIZE}")


@stack
async def test_a_player_that_asks_for_the_head_gets_it_without_the_body(ada, link):
    answer = await ada.head(link)
    assert (answer.status_code, answer.content) == (200, b"")
    assert (answer.headers["content-length"], answer.headers["accept-ranges"]) == (str(SIZE), "bytes")
    assert (await ada.head(link[:-2])).status_code == 404


@stack
async def test_an_empty_object_is_served(ada, app, objects):
    path, _ = app.state.links.sign(await objects.put(f"empty/{uuid4()}", b"", "text/vtt"))
    answer = await ada.get(path)
    assert (answer.status_code, answer.content) == (200, b"")


@stack
@pytest.mark.parametrize("change", [lambda path: path + "x", lambda _: "/media/nonsense"])
async def test_a_damaged_link_is_told_to_be_asked_for_again(ada, link, change):
    answer = await ada.get(change(link))
    assert (answer.status_code, "Ask the job" in answer.json()["detail"]) == (404, True)


@stack
async def test_what_was_deleted_is_told_to_be_deleted(ada, app, objects):
    answer = await ada.get(app.state.links.sign(Blob(key=f"no/{uuid4()}", size_bytes=1, media_type="a/b"))[0])
    assert (answer.status_code, "deleted" in answer.json()["detail"]) == (404, True)


@stack
async def test_a_store_that_is_away_is_a_problem_to_come_back_from(ada, app, servers, gateway_database, link):
    settings = gateway_settings(servers, gateway_database).model_copy(update={"s3_endpoint": "127.0.0.1:1"})
    app.state.objects = S3Objects(settings)
    answer = await ada.get(link)
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/service-unavailable")
    assert answer.headers["retry-after"]


@stack
async def test_a_large_object_is_never_whole_in_memory(app, objects):
    size = 48 * 1024 * 1024
    path, _ = app.state.links.sign(await objects.put(f"large/{uuid4()}", bytes(size), "video/mp4"))
    async with serve(app, "127.0.0.1", 0) as port, httpx.AsyncClient() as client:
        tracemalloc.start()
        seen = 0
        async with client.stream("GET", f"http://127.0.0.1:{port}{path}") as answer:
            async for piece in answer.aiter_raw():
                seen += len(piece)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert seen == size
    assert peak < size / 4


@stack
async def test_a_viewer_who_leaves_early_costs_no_whole_object(app, objects):
    path, _ = app.state.links.sign(await objects.put(f"large/{uuid4()}", bytes(16 * 1024 * 1024), "video/mp4"))
    async with serve(app, "127.0.0.1", 0) as port, httpx.AsyncClient() as client:
        for _ in range(20):  # more than the pool holds: each has to give back its connection
            async with client.stream("GET", f"http://127.0.0.1:{port}{path}") as answer:
                await anext(answer.aiter_raw())
        assert (await client.head(f"http://127.0.0.1:{port}{path}")).status_code == 200


@stack
async def test_the_film_of_a_finished_job_is_reached_through_its_signed_address(ada, app, engine, objects):
    job = (await ada.ask(title="Tea"))["id"]
    await goes_on(engine, *story(job))
    await objects.put("v", BODY, "video/mp4")
    shown = (await ada.get(f"/api/v1/jobs/{job}")).json()
    redirected = await ada.get(shown["result"]["output_url"])
    for path in (shown["result"]["signed_url"], redirected.headers["location"]):
        answer = await ada.get(path, headers={"Authorization": ""})
        assert (answer.status_code, answer.content) == (200, BODY)
        assert "Tea.mp4" in answer.headers["content-disposition"]
