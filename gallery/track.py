"""A track as somebody might bring it: shorter than the film, so that it has to be repeated."""

from __future__ import annotations

import asyncio

from philo.films.api import Api
from philo_contracts.shapes import Mood
from philo_tts.music import as_flac, compose, render

SECONDS = 21.0


async def brought(api: Api) -> str:
    """The id of an uploaded waltz, once it can be used."""
    body = await asyncio.to_thread(waltz)
    asset = (await api.call("POST", "/assets", files={"file": ("waltz.flac", body)})).json()
    async with asyncio.timeout(120):
        while asset["status"] == "processing":
            await asyncio.sleep(0.2)
            asset = (await api.call("GET", f"/assets/{asset['asset_id']}")).json()
    assert asset["status"] == "ready", asset["fault"]
    return str(asset["asset_id"])


def waltz() -> bytes:
    return as_flac(render(compose(Mood.ROMANTIC, SECONDS, genre="waltz", seed=7)))
