"""How soon a scene can be watched: from its last frame to its place in the playlist, as a client sees it.

`make bench-preview` makes the demo's film with all services in a throw-away home, and asks for the playlist all the
while. The last frame of a scene is in the chunk that was drawn last before the scene was in the playlist.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

from philo.films.account import fresh
from philo.films.api import Api
from philo.testing import shared_stack

ASK_EVERY = 0.03


def main() -> None:
    script = (files("philo") / "scripts" / "demo.en.txt").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory(prefix="philo-bench-") as folder, shared_stack(Path(folder), services=True) as at:
        seen = asyncio.run(watched(at.gateway, script))
        drawn = sorted(drawn_at(Path(folder)))
    waits = [moment - max(one for one in drawn if one <= moment) for moment in seen]
    for scene, wait in enumerate(waits, 1):
        print(f"scene {scene}: in the playlist {wait:.2f} s after its last frame")
    print(f"longest: {max(waits):.2f} s")


async def watched(gateway: str, script: str) -> list[float]:
    """When each scene was seen in the playlist first, in epoch seconds."""
    async with Api.at(gateway) as api:
        await api.register(**fresh())
        job = await api.request_film(script, {})
        asking = asyncio.create_task(scenes_seen(api, f"/api/v1/jobs/{job['id']}/preview/1/index.m3u8"))
        async for message in api.watch(job["id"]):
            if message["event"] in ("job.failed", "job.cancelled"):
                raise SystemExit(f"The film was not made: {message['job']['error']}")
        return await asking


async def scenes_seen(api: Api, playlist: str) -> list[float]:
    seen: list[float] = []
    while True:
        answer = await api.client.get(playlist)
        scenes = answer.text.count("#EXTINF") if answer.status_code == 200 else 0
        seen += [datetime.now(UTC).timestamp()] * (scenes - len(seen))
        if "#EXT-X-ENDLIST" in answer.text:
            return seen
        await asyncio.sleep(ASK_EVERY)


def drawn_at(home: Path) -> Iterator[float]:
    """When each chunk was drawn, by the log of render."""
    for log in home.rglob("render*.log"):
        for line in log.read_text(encoding="utf-8").splitlines():
            if '"chunk drawn"' in line:
                yield datetime.fromisoformat(json.loads(line)["time"]).timestamp()


if __name__ == "__main__":
    main()
