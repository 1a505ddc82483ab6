"""The row of an upload, as it follows from what was said of it. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from philo_contracts.events import AssetDeleted, AssetIngested, AssetRefused, AssetUploaded
from philo_contracts.shapes import Blob, Fault, Picture
from philo_kernel.replay.projection import History, Projection, Row, Source, plain, shaped

SEEN = ("shown", "kept", "width", "height", "duration", "fps", "codec")


def assets(story: History) -> Iterable[Row]:
    """Gateway's own facts come first: what was deleted is not known any more when render has looked at it."""
    found: dict[str, dict[str, Any]] = {}
    for fact in (envelope.fact() for envelope in story.facts):
        match fact:
            case AssetUploaded():
                told = fact.model_dump(mode="json", include={"project", "file", "filename"})
                row = {"id": fact.asset, "user_id": fact.user, "project_id": told.pop("project"), **told}
                found[fact.asset] = row | dict.fromkeys((*SEEN, "fault")) | {"status": "processing"}
            case AssetIngested() if waits(found.get(fact.asset)):
                found[fact.asset] |= fact.model_dump(mode="json", include=set(SEEN)) | {"status": "ready"}
            case AssetRefused() if waits(found.get(fact.asset)):
                found[fact.asset] |= {"status": "failed", "fault": fact.fault.model_dump(mode="json")}
            case AssetDeleted():
                found.pop(fact.asset, None)
    return found.values()


def waits(row: Row | None) -> bool:
    return row is not None and row["status"] == "processing"


ASSETS = Projection(
    table="asset",
    story="user_id",
    identity=("id",),
    sources=(
        Source("gateway", (AssetUploaded, AssetDeleted)),
        Source("render", (AssetIngested, AssetRefused), "know_asset"),
    ),
    columns={
        "user_id": plain,
        "project_id": plain,
        "filename": plain,
        "file": shaped(Blob),
        "status": plain,
        "fault": shaped(Fault),
    }
    | dict.fromkeys(SEEN, plain)
    | {"shown": shaped(Picture), "kept": shaped(Blob)},
    fold=assets,
)
