"""How a job was at one moment, in a terminal."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text

from philo.films.view import FilmView
from philo.visible import visible
from philo_contracts.job import Job
from philo_contracts.resource import shown

UNKNOWN = (
    "Nobody knows how it was: its owner is erased, gateway's store is away, or its facts do not follow from one another "
    "(--diff tells)."
)


def state_of(job: Job | None) -> RenderableType:
    """Status, stages and scenes, as whoever watched it saw them."""
    if job is None:
        return Text(UNKNOWN, "dim")
    view = FilmView()
    view.show(shown(job).model_dump(mode="json"))
    return Group(about(job), view.stages(), *view.scenes())


def about(job: Job) -> Text:
    words = [f"{job.status.value} · {job.progress} % · version {job.version}"]
    words += [f"attempt {job.attempts}"] if job.attempts > 1 else []
    words += [f"{job.cost.actual} USD spent"] if job.cost.actual else []
    line = Text(" · ".join(words), "dim")
    return line + Text(f"\n{visible(job.error.message)}", "red") if job.error else line
