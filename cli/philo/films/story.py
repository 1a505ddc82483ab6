"""A job's history, told in English."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from philo.films.api import Json
from philo.visible import visible

TOLD = {
    "job_requested": "asked for",
    "job_queued": "accepted",
    "job_moderating": "its words are being checked",
    "job_refused": "refused: {reason}",
    "job_started": "its words are fine",
    "job_planned": "understood: {scenes} scenes, “{title}”",
    "scene_voiced": "scene {scene} spoken by {provider}, {duration:.1f} s",
    "scene_painted": "scene {scene} painted",
    "scene_drawn": "scene {scene} filmed",
    "scene_redraw_started": "scene {scene} is being made again",
    "scene_redraw_abandoned": "scene {scene} stays as it was: {reason}",
    "film_revised": "revision {revision}: {duration:.1f} s",
    "music_added": "music composed, {duration:.1f} s",
    "job_completed": "finished: {width}×{height}, {fps} frames a second, {duration:.1f} s",
    "job_failed": "failed: {reason}",
    "job_retried": "tried once more, for the {attempt}. time: {reason}",
    "job_cancelled": "stopped: {reason}",
}


def timeline(lines: list[Json]) -> Table:
    """What a person wants to read of it."""
    table = Table.grid(padding=(0, 2))
    for line in lines:
        if line["main"]:
            table.add_row(Text(f"{line['elapsed']:7.2f} s", "dim"), Text(visible(told(line))))
    return table


def told(line: Json) -> str:
    words = line["words"]
    pattern = TOLD.get(words["code"], words["code"].replace("_", " "))
    return str(pattern).format(**(words["values"] | {"reason": line["reason"]}))
