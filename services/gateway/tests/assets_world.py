"""What tests of assets share: small files of every kind, and how they are sent."""

from uuid import uuid4

from httpx import Response

from philo_contracts.events import AssetIngested, AssetRefused, Event
from philo_contracts.shapes import Blob, Fault, Picture
from philo_gateway.assets.handlers import know_asset
from philo_gateway.assets.names import key_of
from philo_kernel.unit import unit_of_work

ASSETS = "/api/v1/assets"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)
MP4 = b"\0\0\0\x18ftypisom" + bytes(100)
MOV = b"\0\0\0\x14ftypqt  " + bytes(100)
AVI = b"RIFF\x10\0\0\0AVI LIST" + bytes(100)
MP3 = b"\xff\xfb\x90\x00" + bytes(100)
TTF = b"\x00\x01\x00\x00" + bytes(100)


async def sent(client, body: bytes, name: str = "a file.bin", path: str = ASSETS) -> Response:
    return await client.post(path, files={"file": (name, body, "application/octet-stream")})


async def brought(client, body: bytes = PNG, name: str = "a file.bin", path: str = ASSETS) -> dict:
    answer = await sent(client, body, name, path)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def a_project(client) -> str:
    return (await client.post("/api/v1/projects", json={"name": "Tea"})).json()["id"]


def ingested(asset: dict, user: str) -> AssetIngested:
    names = (f"{asset['asset_id']}.jpg", f"{asset['asset_id']}.small.jpg")
    image, thumbnail = (Blob(key=name, size_bytes=1, media_type="image/jpeg") for name in names)
    shown = Picture(image=image, thumbnail=thumbnail, focus=(0.3, 0.4))
    return AssetIngested(asset=asset["asset_id"], user=user, shown=shown, width=640, height=480, duration=2.5, fps=25)


def kept(asset: dict, user: str) -> AssetIngested:
    """A track or a font can be used."""
    file = Blob(key=f"kept/{asset['asset_id']}", size_bytes=1, media_type=asset["media_type"])
    return AssetIngested(
        asset=asset["asset_id"], user=user, kept=file, duration=9.5 if asset["kind"] == "audio" else None
    )


def refused(asset: dict, user: str) -> AssetRefused:
    fault = Fault(code="broken_picture", message="It ends in the middle. Save it anew.")
    return AssetRefused(asset=asset["asset_id"], user=user, fault=fault)


async def looked_at(engine, *facts: Event) -> None:
    """The gateway hears what render says of uploads."""
    for fact in facts:
        async with unit_of_work(engine, "gateway") as unit:
            await know_asset.react(fact, unit)


def lies_at(app, user: str) -> list[str]:
    """Everything in the object store that this user uploaded."""
    objects = app.state.objects
    folder = key_of(user, "")
    return [found.object_name for found in objects.client.list_objects(objects.bucket, folder, recursive=True)]


def unknown() -> str:
    return str(uuid4())
