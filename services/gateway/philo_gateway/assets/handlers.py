"""Render has looked at an upload: it can be used, or it cannot."""

from __future__ import annotations

from philo_contracts.events import AssetIngested, AssetRefused
from philo_kernel.handler import on
from philo_kernel.unit import Unit

READY = """
    update asset set status = 'ready', shown = $3::jsonb, width = $4, height = $5, duration = $6, fps = $7, codec = $8,
        kept = $9::jsonb
    where id = $1 and user_id = $2 and status = 'processing'"""
FAILED = """
    update asset set status = 'failed', fault = $3::jsonb
    where id = $1 and user_id = $2 and status = 'processing'"""


@on(AssetIngested, AssetRefused)
async def know_asset(fact: AssetIngested | AssetRefused, unit: Unit) -> None:
    """An asset that was deleted meanwhile has no row any more."""
    if isinstance(fact, AssetIngested):
        shape = (fact.width, fact.height, fact.duration, fact.fps, fact.codec)
        shown, kept = (one.model_dump_json() if one else None for one in (fact.shown, fact.kept))
        await unit.connection.execute(READY, fact.asset, fact.user, shown, *shape, kept)
    else:
        await unit.connection.execute(FAILED, fact.asset, fact.user, fact.fault.model_dump_json())
