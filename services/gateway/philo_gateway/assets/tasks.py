"""What has to be done in the object store after an asset is gone from the books."""

from __future__ import annotations

from philo_gateway.assets.uploads import Uploads
from philo_kernel.work import Work, task


class Discard(Work):
    """Remove the file of a deleted asset. `job` is the asset."""

    key: str

    @property
    def effect(self) -> str:
        return f"discard/{self.job}"


@task(Discard)
async def discard(work: Discard, uploads: Uploads) -> None:
    await uploads.remove(work.key)
