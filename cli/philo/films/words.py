"""What live messages leave out because it has not changed since the last one that had it."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


class Words:
    """Listens along with one connection after another, and completes what comes."""

    def __init__(self) -> None:
        self._jobs: dict[str, Json] = {}

    def completed(self, message: Json) -> Json | None:
        """The message with the whole job; none for one that tells of none, such as a heartbeat."""
        job = message.get("job")
        if job is None:
            return None
        known = self._jobs.get(job["id"], {})
        scenes = {scene["id"]: scene for scene in known.get("scenes", ())}
        job = {**known, **job, "scenes": [{**scenes.get(scene["id"], {}), **scene} for scene in job["scenes"]]}
        self._jobs[job["id"]] = job
        return {name: value for name, value in message.items() if name != "whole"} | {"job": job}
