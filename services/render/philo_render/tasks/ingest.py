"""Uploads: looked at once, and made ready to be shown, played or written with."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from philo_contracts.events import AssetIngested, AssetRefused
from philo_contracts.shapes import Fault, Footage, Picture
from philo_kernel.limits import Limits, minutes
from philo_kernel.objects import MissingObject
from philo_kernel.work import Hopeless, task
from philo_render.orders import Ingest
from philo_render.ports import Ports
from philo_render.tasks.fetching import download
from philo_render.tasks.scratch import scratch_folder

JPEG = "image/jpeg"
GONE = "The upload is no longer there. Upload it again."


def refused(work: Ingest, fault: Fault) -> AssetRefused:
    return AssetRefused(asset=work.job, user=work.user, fault=fault)


@task(Ingest, limits=Limits(minutes(5), minutes(6)), failed=refused)
async def ingest(work: Ingest, ports: Ports) -> AssetIngested:
    """As gateway has told it by its first bytes: a track, a font, else something to be shown."""
    async with scratch_folder(ports.scratch) as folder:
        path = folder / "upload"
        try:
            await download(ports.objects, work.file.key, path)
        except MissingObject as error:
            raise Hopeless("upload_missing", GONE) from error
        return await LOOKS.get(work.file.media_type.partition("/")[0], shown)(work, path, ports)


async def heard(work: Ingest, path: Path, ports: Ports) -> AssetIngested:
    """It is kept as it came: only the film it is played in knows how long it has to be."""
    found = await ports.crew.listen(path)
    told = {"duration": found.duration, "codec": found.codec}
    return AssetIngested(asset=work.job, user=work.user, kept=work.file, **told)


async def read(work: Ingest, path: Path, ports: Ports) -> AssetIngested:
    """It is kept under the name of its bytes, so that what is written with it is known by them."""
    body = await ports.crew.read_font(path)
    digest = sha256(body).hexdigest()
    kept = await ports.objects.put(f"fonts/{digest[:2]}/{digest}.ttf", body, "font/sfnt")
    return AssetIngested(asset=work.job, user=work.user, kept=kept)


async def shown(work: Ingest, path: Path, ports: Ports) -> AssetIngested:
    found = await ports.crew.ingest(path)
    image = await ports.objects.put(f"processed/{work.job}.jpg", found.image, JPEG)
    thumbnail = await ports.objects.put(f"thumbnails/{work.job}.jpg", found.thumbnail, JPEG)
    footage = Footage(film=work.file, end=found.duration) if found.duration else None
    return AssetIngested(
        asset=work.job,
        user=work.user,
        shown=Picture(image=image, thumbnail=thumbnail, footage=footage, focus=found.focus),
        width=found.width,
        height=found.height,
        duration=found.duration,
        fps=found.fps,
        codec=found.codec,
    )


LOOKS = {"audio": heard, "font": read}
