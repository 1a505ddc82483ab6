"""Uploads on the wire: in pieces, told by content, and without a trace when they break."""

import asyncio
import tracemalloc

import httpx
import pytest
from assets_world import (
    ASSETS,
    AVI,
    MOV,
    MP4,
    PNG,
    a_project,
    brought,
    ingested,
    lies_at,
    looked_at,
    refused,
    sent,
    unknown,
)  # fmt: skip
from editing_world import JOBS, a_film, an_edit, asked, patched, seen
from structlog.testing import capture_logs

from philo_contracts.events import AssetDeleted, AssetUploaded
from philo_gateway.assets.names import key_of
from philo_gateway.assets.requests import stream_of
from philo_gateway.assets.tasks import Discard, discard
from philo_gateway.assets.uploads import PIECE, Uploads
from philo_kernel.http.server import serve
from philo_kernel.unit import unit_of_work

pytestmark = pytest.mark.stack
LARGE = 6 * PIECE + 1_000


@pytest.fixture(autouse=True)
async def bucket(app) -> None:
    await app.state.objects.ensure_bucket()


async def said(engine, asset: str) -> list:
    async with unit_of_work(engine, "gateway") as unit:
        return [envelope.fact() for envelope in await unit.load(stream_of(asset))]


async def rows_of(engine, user: str) -> int:
    async with unit_of_work(engine, "gateway") as unit:
        return await unit.connection.fetchval("select count(*) from asset where user_id = $1", user)


async def test_a_picture_is_taken_in_and_told(ada, app, engine):
    answer = await sent(ada, PNG, "Tea & 茶.jpeg")
    asset = answer.json()
    assert (answer.status_code, answer.headers["location"]) == (201, f"{ASSETS}/{asset['asset_id']}")
    assert (asset["kind"], asset["media_type"], asset["size_bytes"]) == ("picture", "image/png", len(PNG))
    assert (asset["status"], asset["original_filename"], asset["thumbnail_url"]) == (
        "processing",
        "Tea & 茶.jpeg",
        None,
    )
    [fact] = await said(engine, asset["asset_id"])
    assert isinstance(fact, AssetUploaded)
    assert (fact.user, fact.project, fact.filename, fact.file.size_bytes) == (
        ada.user,
        None,
        asset["filename"],
        len(PNG),
    )
    assert lies_at(app, ada.user) == [fact.file.key]
    assert await app.state.objects.get(fact.file.key) == PNG
    assert (await ada.get(answer.headers["location"])).json() == asset


@pytest.mark.parametrize(
    ("body", "media_type"), [(MP4, "video/mp4"), (MOV, "video/quicktime"), (AVI, "video/x-msvideo")]
)
async def test_footage_belongs_to_its_project(ada, body, media_type):
    project = await a_project(ada)
    asset = await brought(ada, body, path=f"/api/v1/projects/{project}/videos")
    picture = await brought(ada, PNG)
    assert (asset["project_id"], asset["kind"], asset["media_type"]) == (project, "footage", media_type)
    assert (await ada.get(f"/api/v1/projects/{project}/videos")).json()["items"] == [asset]
    assert (await ada.get(ASSETS)).json()["items"] == [picture, asset]
    assert (await ada.get(ASSETS, params={"kind": "picture"})).json()["items"] == [picture]


async def test_a_large_file_is_whole_and_never_in_memory(ada, app, engine):
    body = MP4 + bytes(range(256)) * ((LARGE - len(MP4)) // 256)
    parts = [body[start : start + 65_536] for start in range(0, len(body), 65_536)]

    async def form():
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.mp4"\r\n\r\n'
        for part in parts:
            yield part
        yield b"\r\n--b--\r\n"

    async with serve(app, "127.0.0.1", 0, grace=1) as port, httpx.AsyncClient(headers=ada.headers) as client:
        tracemalloc.start()
        kind = {"Content-Type": "multipart/form-data; boundary=b"}
        answer = await client.post(f"http://127.0.0.1:{port}{ASSETS}", content=form(), headers=kind)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    [fact] = await said(engine, answer.json()["asset_id"])
    assert await app.state.objects.get(fact.file.key) == body
    print("PEAK", peak)
    assert peak < 4 * PIECE


@pytest.mark.parametrize("size", [PIECE - 200, PIECE + 200])
async def test_a_sender_who_is_gone_in_the_middle_leaves_nothing_behind(ada, app, engine, size):
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.mp4"\r\n\r\n' + MP4
    request = (
        f"POST {ASSETS} HTTP/1.1\r\nHost: philo\r\nAuthorization: {ada.headers['authorization']}\r\n"
        f"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {3 * PIECE}\r\n\r\n"
    )
    over = asyncio.Event()

    async def watched(scope, receive, send) -> None:
        await app(scope, receive, send)
        over.set()

    with capture_logs():
        async with serve(watched, "127.0.0.1", 0, grace=5) as port:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(request.encode() + head + bytes(size))
            await writer.drain()
            writer.close()
            async with asyncio.timeout(20):
                await over.wait()
    assert (await rows_of(engine, ada.user), lies_at(app, ada.user), unfinished(app, ada.user)) == (0, [], [])


def unfinished(app, user: str) -> list:
    """Uploads that were begun and neither ended nor given up."""
    objects = app.state.objects
    return objects.client._list_multipart_uploads(objects.bucket, prefix=key_of(user, "")).uploads


async def test_an_upload_that_is_given_up_leaves_nothing_behind(ada, app):
    upload = app.state.assets.uploads.begin(key_of(ada.user, "a.mp4"), "video/mp4")
    await upload.add(bytes(PIECE))
    assert len(unfinished(app, ada.user)) == 1
    await upload.give_up()
    assert (unfinished(app, ada.user), lies_at(app, ada.user)) == ([], [])


async def test_a_file_that_is_too_large_is_told_its_limit_and_leaves_nothing_behind(ada, app, engine):
    app.state.assets.limits.update(picture=PIECE, footage=2 * PIECE)
    declared = await sent(ada, MP4 + bytes(3 * PIECE))
    counted = await sent(ada, PNG + bytes(PIECE))
    assert [answer.status_code for answer in (declared, counted)] == [413, 413]
    assert f"{2 * PIECE:,} bytes" in declared.json()["detail"]
    assert f"{PIECE:,} bytes" in counted.json()["detail"]
    assert (await sent(ada, MP4 + bytes(PIECE))).status_code == 201
    assert (await rows_of(engine, ada.user), len(lies_at(app, ada.user)), unfinished(app, ada.user)) == (1, 1, [])


@pytest.mark.parametrize("body", [b"MZ\x90\0" + bytes(50), b"%PDF-1.7", b"<html>"])
async def test_what_cannot_be_shown_is_refused_whatever_its_name_says(ada, app, engine, body):
    answer = await sent(ada, body, "holiday.mp4")
    assert (answer.status_code, "MP4, MOV or AVI" in answer.json()["detail"]) == (415, True)
    assert (await rows_of(engine, ada.user), lies_at(app, ada.user)) == (0, [])


async def test_a_project_takes_footage_only(ada):
    path = f"/api/v1/projects/{await a_project(ada)}/videos"
    answer = await sent(ada, PNG, "holiday.mp4", path)
    assert (answer.status_code, "no film" in answer.json()["detail"]) == (415, True)


async def test_an_empty_file_or_a_body_that_is_no_form_is_told_in_words(ada):
    assert (await sent(ada, b"")).status_code == 422
    answer = await ada.post(ASSETS, content=PNG, headers={"Content-Type": "image/png"})
    assert (answer.status_code, "multipart/form-data" in answer.json()["detail"]) == (415, True)
    assert (await ada.post(ASSETS, json={})).status_code == 415


async def test_a_store_that_is_away_is_a_problem_to_come_back_from(ada, app, engine, monkeypatch):
    objects = app.state.objects
    monkeypatch.setattr(
        objects, "client", type(objects.client)("127.0.0.1:1", "a", "b", secure=False, region="us-east-1")
    )
    with capture_logs():
        answer = await sent(ada, MP4 + bytes(PIECE))
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/service-unavailable")
    assert await rows_of(engine, ada.user) == 0


async def test_a_file_whose_row_cannot_be_written_is_removed_again(ada, app, monkeypatch):
    async def fails(*_):
        raise ConnectionError("the database went away")

    monkeypatch.setattr(app.state.assets, "_kept", fails)
    with capture_logs():
        answer = await sent(ada, PNG)
    assert (answer.status_code >= 500, lies_at(app, ada.user)) == (True, [])


async def test_an_asset_is_ready_once_it_was_looked_at(ada, engine):
    asset = await brought(ada, MP4)
    await looked_at(engine, ingested(asset, ada.user), ingested(asset, ada.user), refused(asset, ada.user))
    after = (await ada.get(f"{ASSETS}/{asset['asset_id']}")).json()
    assert (after["status"], after["fault"], after["width"], after["height"]) == ("ready", None, 640, 480)
    assert (after["duration"], after["fps"]) == (2.5, 25)
    assert (await ada.get(after["thumbnail_url"])).status_code == 302


async def test_an_asset_that_cannot_be_shown_says_why(ada, engine):
    asset = await brought(ada)
    await looked_at(engine, refused(asset, ada.user))
    after = (await ada.get(f"{ASSETS}/{asset['asset_id']}")).json()
    assert (after["status"], after["fault"]["message"]) == ("failed", "It ends in the middle. Save it anew.")
    assert (await ada.get(f"{ASSETS}/{asset['asset_id']}/thumbnail")).status_code == 404


async def test_an_asset_that_is_deleted_is_gone_with_its_file(ada, app, engine):
    project = await a_project(ada)
    path = f"/api/v1/projects/{project}/videos"
    asset, other = await brought(ada, MP4, path=path), await brought(ada)
    assert (await ada.delete(f"{path}/{other['asset_id']}")).status_code == 404
    assert (await ada.delete(f"{path}/{asset['asset_id']}")).status_code == 204
    assert (await ada.get(f"{ASSETS}/{asset['asset_id']}")).status_code == 404
    uploaded, deleted = await said(engine, asset["asset_id"])
    assert isinstance(deleted, AssetDeleted)
    async with unit_of_work(engine, "gateway") as unit:
        order = await unit.connection.fetchval(
            "select convert_from(payload, 'utf8') from pgqueuer where headers->>'job' = $1", asset["asset_id"]
        )
    async with httpx.AsyncClient() as client:
        for _ in range(2):
            await discard.perform(Discard.model_validate_json(order), Uploads(app.state.objects, client))
    assert await app.state.objects.size(uploaded.file.key) is None
    await looked_at(engine, ingested(asset, ada.user))
    assert (await ada.delete(f"{ASSETS}/{other['asset_id']}")).status_code == 204
    assert (await ada.get(ASSETS)).json()["items"] == []


async def test_a_scene_shows_an_upload_once_it_is_ready(ada, engine):
    film = await a_film(ada, engine)
    asset = await brought(ada)
    early = await patched(ada, film["id"], picture_asset_id=asset["asset_id"])
    assert (early.status_code, "looked at" in early.json()["detail"]) == (409, True)
    await looked_at(engine, ingested(asset, ada.user))
    child = await an_edit(ada, engine, film["id"], picture_asset_id=asset["asset_id"])
    shown = (await asked(engine, child["id"])).plan.scenes[1].picture
    assert (shown.asset, shown.image.key) == (asset["asset_id"], f"{asset['asset_id']}.jpg")
    assert (await seen(ada, film["id"]))["scenes"][1]["provider"] == "given"
    again = await patched(ada, film["id"], picture_asset_id=asset["asset_id"])
    assert (again.status_code, "like that already" in again.json()["detail"]) == (422, True)


async def test_an_upload_that_cannot_be_shown_or_is_someone_elses_is_not_put_into_a_scene(ada, bob, engine):
    film, broken, theirs = await a_film(ada, engine), await brought(ada), await brought(bob)
    await looked_at(engine, refused(broken, ada.user), ingested(theirs, bob.user))
    answers = [await patched(ada, film["id"], picture_asset_id=one) for one in (broken["asset_id"], theirs["asset_id"])]
    assert [answer.status_code for answer in answers] == [409, 404]
    assert "ends in the middle" in answers[0].json()["detail"]
    assert (await ada.get(JOBS, params={"kind": "scene_edit"})).json()["items"] == []


async def test_someone_elses_assets_are_not_there(ada, bob, engine):
    project = await a_project(ada)
    videos = f"/api/v1/projects/{project}/videos"
    asset = (await brought(ada, MP4, path=videos))["asset_id"]
    await looked_at(engine, ingested({"asset_id": asset}, ada.user))
    answers = [
        await bob.get(f"{ASSETS}/{asset}"),
        await bob.get(f"{ASSETS}/{asset}/thumbnail"),
        await bob.delete(f"{ASSETS}/{asset}"),
        await bob.get(videos),
        await sent(bob, MP4, path=videos),
        await bob.delete(f"{videos}/{asset}"),
        await bob.get(f"{ASSETS}/{unknown()}"),
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert all("among yours" in answer.json()["detail"] for answer in answers)
    assert (await bob.get(ASSETS)).json()["items"] == []
    assert (await ada.get(f"{ASSETS}/{asset}")).status_code == 200


async def test_whoever_is_not_known_sends_nothing(ada, app):
    ada.headers.pop("Authorization")
    for path in (ASSETS, f"/api/v1/projects/{unknown()}/videos"):
        assert (await sent(ada, MP4, path=path)).status_code == 401
    assert (await ada.get(ASSETS)).status_code == 401
    assert lies_at(app, ada.user) == []
