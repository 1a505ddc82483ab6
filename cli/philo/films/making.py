"""From a script to a file, with everything that is shown on the way."""

from __future__ import annotations

import asyncio
from pathlib import Path

from rich.console import Console
from rich.live import Live
from rich.text import Text

from philo.films.api import Api, Json
from philo.films.errors import FilmError
from philo.films.story import timeline
from philo.films.view import FilmView
from philo.visible import visible


async def make(api: Api, script: str, config: Json, to: Path, console: Console) -> Json:
    """Ask, watch, fetch. The finished job. Raises `FilmError` with the reason when there is no film."""
    view = FilmView()
    with Live(view, console=console, refresh_per_second=8, transient=not console.is_terminal):
        job = await api.request_film(script, config)
        try:
            async for message in api.watch(job["id"]):
                job = message["job"]
                view.show(job)
        except asyncio.CancelledError:  # Ctrl-C: nobody waits for it any more
            await api.cancel(job["id"])
            raise
        except FilmError as error:
            raise FilmError(f"{error} The film is still being made: {api.base}/api/v1/jobs/{job['id']}") from error
    lines = await api.history(job["id"])
    console.print()
    console.print(timeline(lines))
    if job["status"] != "completed":
        reason = job["error"]["message"] if job["error"] else job["status"]
        raise FilmError(f"The film was not made: {reason}")
    for warning in job["warnings"]:
        console.print(Text("! ", "yellow") + Text(visible(warning)))
    await api.fetch(job["id"], to)
    return job
