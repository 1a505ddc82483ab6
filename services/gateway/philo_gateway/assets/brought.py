"""What the owner of a film brings for all of it: a track for its music, a font for its subtitles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from philo_contracts.job import Job
from philo_contracts.shapes import Blob, Brought, VideoConfig
from philo_gateway.assets.kinds import Kind
from philo_gateway.assets.pictures import own
from philo_kernel.http.identity import Caller
from philo_kernel.http.problems import Conflict, Forbidden, NotFound, Unprocessable

NO_SCOPE = "This API key lacks the scope assets:read, so it cannot put an asset into a film. Create one that has it."
NO_ASSET = "There is no asset with the id {asset} among yours. `GET /api/v1/assets` lists them."
NOT_READY = "The {word} {asset} is still being looked at. Try again when its status is ready."
UNUSABLE = "The {word} {asset} cannot be used: {words}"
OTHER_KIND = "This asset is no {word}. `GET /api/v1/assets?kind={kind}` lists those there are."


class Place(NamedTuple):
    """Where a config names an asset, and of which kind it has to be, in a person's word as well."""

    pointer: str
    kind: Kind
    word: str


TRACK = Place("/config/music/track_asset_id", "audio", "track")
FONT = Place("/config/subtitles/font_asset_id", "font", "font")


def named(config: VideoConfig) -> tuple[UUID | None, UUID | None]:
    """The track and the font that it asks for."""
    return config.music.track_asset_id, config.subtitles.font_asset_id


def allowed_for(who: Caller, config: VideoConfig, shown: Sequence[UUID | None] = ()) -> None:
    """Raises `Forbidden` for a key that may read no assets, and names some; `shown` are those of single scenes."""
    if any((*named(config), *shown)) and not who.may("assets:read"):
        raise Forbidden(NO_SCOPE)


async def brought_for(session: AsyncSession, user: str, config: VideoConfig, before: Job | None = None) -> Brought:
    """What `config` names; of that which the job `before` had as well, what that one has.

    Raises `NotFound`, `Unprocessable` for one of another kind, and `Conflict` for what cannot be used, or not yet.
    """
    had, kept = (named(before.config), before.brought) if before else ((None, None), Brought())
    track, font = named(config)
    return Brought(
        track=kept.track if track == had[0] else await usable(session, user, track, TRACK),
        font=kept.font if font == had[1] else await usable(session, user, font, FONT),
    )


async def usable(session: AsyncSession, user: str, asset: UUID | None, place: Place) -> Blob | None:
    if asset is None:
        return None
    try:
        row = await own(session, user, asset)
    except NotFound as error:
        raise NotFound(NO_ASSET.format(asset=asset)) from error
    if row.kind != place.kind:
        words = OTHER_KIND.format(word=place.word, kind=place.kind)
        raise Unprocessable(words, errors=[(place.pointer, words)])
    if row.fault:
        raise Conflict(UNUSABLE.format(word=place.word, asset=asset, words=row.fault["message"]))
    if row.kept is None:
        raise Conflict(NOT_READY.format(word=place.word, asset=asset))
    return Blob.model_validate(row.kept)
