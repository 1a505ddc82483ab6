"""The live view of a film in the terminal: stages, scenes, time."""

from __future__ import annotations

import time

from rich.console import Group, RenderableType
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from philo.films.api import Json
from philo.visible import visible_in

STAGES = {"read": "Reading", "speak": "Speaking", "paint": "Painting", "draw": "Filming", "join": "Joining"}
STEPS = {"waiting": ("○", "dim"), "working": ("◐", "yellow"), "ready": ("●", "green"), "failed": ("✗", "red")}
ACCENT = "#e39255"
BAR = 28
TITLE = 38


class FilmView:
    """Shows the newest message; the clock runs on between messages. Nothing that somebody wrote steers the terminal."""

    def __init__(self) -> None:
        self.began = time.monotonic()
        self.job: Json = {}

    def show(self, job: Json) -> None:
        self.job = visible_in(job)

    def __rich__(self) -> RenderableType:
        if not self.job:
            return Text("Asking for a film …", "dim")
        return Group(self.headline(), Text(), self.stages(), Text(), *self.scenes())

    def headline(self) -> Text:
        seconds = int(time.monotonic() - self.began)
        title = Text(self.job["title"] or "A new film", f"bold {ACCENT}")
        return title + Text(
            f"   {self.job['status']} · {self.job['progress']} % · {seconds // 60}:{seconds % 60:02}", "dim"
        )

    def stages(self) -> Table:
        table = Table.grid(padding=(0, 2))
        for stage in self.job["stages"]:
            done, total = stage["done"], stage["total"]
            style = "green" if stage["finished_at"] else ACCENT
            bar = ProgressBar(total or 1, done, width=BAR, complete_style=style, finished_style="green")
            table.add_row(
                Text(STAGES[stage["name"]], "dim" if not total else ""), bar, Text(figure(done, total), "dim")
            )
        return table

    def scenes(self) -> list[RenderableType]:
        if not self.job["scenes"]:
            return []
        table = Table.grid(padding=(0, 2))
        table.add_row("", "", *(Text(word, "dim") for word in ("voice", "picture", "film", "")))
        for scene in self.job["scenes"]:
            steps = [mark(scene[part]) for part in ("voice", "picture", "drawn")]
            length = f"{scene['duration']:.1f} s" if scene["duration"] else ""
            title = Text(scene["title"], no_wrap=True, overflow="ellipsis")
            title.truncate(TITLE, overflow="ellipsis")
            table.add_row(Text(str(scene["index"] + 1), "dim"), title, *steps, Text(length, "dim"))
        return [table]


def figure(done: float, total: int) -> str:
    return f"{int(done)} of {total}" if total > 1 else ""


def mark(step: str) -> Text:
    sign, style = STEPS[step]
    return Text(sign, style)
