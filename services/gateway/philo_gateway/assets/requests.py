"""What a client may do with assets, each in one unit of work."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import anyio
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col, select
from uuid_utils.compat import uuid7

from philo_contracts.events import AssetDeleted, AssetUploaded
from philo_contracts.shapes import Blob
from philo_gateway.assets.form import FileOnItsWay
from philo_gateway.assets.kinds import HEAD, Kind, Sort, sort_of
from philo_gateway.assets.names import key_of, original, stored
from philo_gateway.assets.pictures import NO_ASSET, own
from philo_gateway.assets.tables import AssetRow
from philo_gateway.assets.tasks import Discard
from philo_gateway.assets.uploads import Upload, Uploads
from philo_gateway.jobs.requests import owns
from philo_gateway.quotas.admission import Quotas
from philo_gateway.quotas.places import Places
from philo_kernel import telemetry
from philo_kernel.database import reading
from philo_kernel.http.pages import PageRequest
from philo_kernel.http.problems import NotFound, ServiceUnavailable, TooLarge, Unprocessable, UnsupportedMediaType
from philo_kernel.unit import unit_of_work
from philo_kernel.work import Passing

NO_FILM = "This is no film that we read. Send MP4, MOV or AVI."
NOTHING_USED = (
    "This is nothing that a film is made of. Send a picture (JPEG, PNG, WebP, AVIF, GIF, TIFF or BMP), a film "
    "(MP4, MOV or AVI), a track (MP3, M4A, FLAC, WAV or Ogg) or a font (TrueType, OpenType or WOFF2)."
)
AWAY = "The object store does not answer, and nothing of the file was kept. Send it again in a moment."
TOO_LARGE = "A file of this kind has at most {limit:,} bytes. Send a smaller one."
EMPTY = "The file is empty."
NO_PROJECT = "There is no project with this id among yours."


class Assets:
    """`limits` are in bytes, by kind. `user` is always the one who asks, and someone else's asset is not there.

    Whoever has one of the `places` has a piece of a file in memory, and twice while it is taken out of its form.
    """

    def __init__(
        self, engine: AsyncEngine, uploads: Uploads, limits: dict[Kind, int], places: Places, quotas: Quotas
    ) -> None:
        self.engine, self.uploads, self.limits, self.places = engine, uploads, limits, places
        self.quotas = quotas

    async def receive(self, user: str, project: UUID | None, file: FileOnItsWay, kind: Kind | None = None) -> AssetRow:
        """Take a file in. Until it is whole, and its row with its first fact is written, nothing of it stays.

        Nothing is read of it before there is a place for it. Raises `StorageFull` for more than their tier keeps.
        """
        await self._project(user, project)
        async with unit_of_work(self.engine, "gateway") as unit:
            await self.quotas.expect_file(unit.connection, user, file.least)
        async with self.places.of(user):
            return await self._received(user, project, file, kind)

    async def _received(self, user: str, project: UUID | None, file: FileOnItsWay, kind: Kind | None) -> AssetRow:
        sort = accepted(await file.head(HEAD), kind)
        number, name = str(uuid7()), original(file.name)
        filename = stored(name, number, sort.ending)
        upload = self.uploads.begin(key_of(user, filename), sort.media_type)
        row = AssetRow(
            id=number,
            user_id=user,
            project_id=str(project) if project else None,
            kind=sort.kind,
            filename=filename,
            original_filename=name,
            file={},
            created_at=datetime.now(UTC),
        )
        try:
            return await self._kept(row, await streamed(file, upload, self.limits[sort.kind]))
        except Passing as error:
            raise ServiceUnavailable(AWAY, retry_after=1) from error
        finally:
            if not row.file:
                with anyio.CancelScope(shield=True):
                    await upload.give_up()

    async def one(self, user: str, asset: UUID) -> AssetRow:
        async with reading(self.engine) as session:
            return await own(session, user, asset)

    async def listed(
        self, user: str, wanted: PageRequest, *, kind: Kind | None = None, project: UUID | None = None
    ) -> list[AssetRow]:
        """Newest first, one more than the page holds. Raises `NotFound` for a project that is not theirs."""
        await self._project(user, project)
        query = select(AssetRow).where(AssetRow.user_id == user)
        if kind:
            query = query.where(AssetRow.kind == kind)
        if project:
            query = query.where(AssetRow.project_id == str(project))
        if wanted.after:
            query = query.where(col(AssetRow.id) < str(wanted.after[0]))
        query = query.order_by(col(AssetRow.id).desc()).offset(wanted.skip).limit(wanted.fetch)
        async with reading(self.engine) as session:
            return list(await session.scalars(query))

    async def delete(self, user: str, asset: UUID, project: UUID | None = None) -> None:
        """Its row, and its file soon after. What was filmed of it stays."""
        await self._project(user, project)
        async with unit_of_work(self.engine, "gateway") as unit:
            row = await own(unit.session, user, asset, lock=True)
            if project and row.project_id != str(project):
                raise NotFound(NO_ASSET)
            await unit.session.delete(row)
            unit.say(AssetDeleted(asset=row.id, user=user), stream=stream_of(row.id), version=2)
            unit.start(Discard(job=row.id, key=row.file["key"]))

    async def _project(self, user: str, project: UUID | None) -> None:
        if project:
            async with reading(self.engine) as session:
                if not await owns(session, user, str(project)):
                    raise NotFound(NO_PROJECT)

    async def _kept(self, row: AssetRow, file: Blob) -> AssetRow:
        """The row and its first fact commit together."""
        with telemetry.span("gateway.take_upload", correlation=row.id):
            async with self.quotas.turns.of(row.user_id), unit_of_work(self.engine, "gateway") as unit:
                await self.quotas.admit_file(unit, row.user_id, row.id, file.size_bytes)
                told = {"asset": row.id, "user": row.user_id, "project": row.project_id, "filename": row.filename}
                unit.session.add(AssetRow(**row.model_dump() | {"file": file.model_dump()}))
                unit.say(AssetUploaded(file=file, **told), stream=stream_of(row.id))
        row.file = file.model_dump()
        return row


def stream_of(asset: str) -> str:
    return f"asset/{asset}"


def accepted(head: bytes, kind: Kind | None) -> Sort:
    """What the file is. Raises `UnsupportedMediaType` for what is not wanted, `Unprocessable` for nothing at all."""
    if not head:
        raise Unprocessable(EMPTY, errors=[("/file", EMPTY)])
    sort = sort_of(head)
    if sort is None or kind not in {None, sort.kind}:
        raise UnsupportedMediaType(NO_FILM if kind == "footage" else NOTHING_USED)
    return sort


async def streamed(file: FileOnItsWay, upload: Upload, limit: int) -> Blob:
    """The whole object. Raises `TooLarge` as soon as it is too large."""
    while await passed_on(file, upload, limit):
        pass
    return await upload.end()


async def passed_on(file: FileOnItsWay, upload: Upload, limit: int) -> bool:
    """One piece more, which nobody holds any longer while the next one comes. False at the end."""
    piece = await file.next()
    if upload.size + len(piece) > limit:
        raise TooLarge(TOO_LARGE.format(limit=limit))
    if piece:
        await upload.add(piece)
    return bool(piece)
