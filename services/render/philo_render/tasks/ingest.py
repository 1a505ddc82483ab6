"""Uploads: looked at once, and made ready to be shown."""

from __future__ import annotations

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
    async with scratch_folder(ports.scratch) as folder:
        path = folder / "upload"
        try:
            await download(ports.objects, work.file.key, path)
        except MissingObject as error:
            raise Hopeless("upload_missing", GONE) from error
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
