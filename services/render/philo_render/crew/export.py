"""Exporting in a child process: a finished film in other clothes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import av

from philo_kernel.work import Hopeless
from philo_render.crew.room import no_room
from philo_render.film import FilmError
from philo_render.film.export import gif, webm
from philo_render.orders import Export


@dataclass(frozen=True)
class Exported:
    """What was written."""

    duration: float
    width: int
    height: int
    fps: int


def export(order: Export, source: Path, target: Path) -> Exported:
    """Raises `Hopeless` for a wish that the film cannot fill, `Passing` for a full disk."""
    wish = order.wish
    try:
        if wish.form == "gif":
            gif(source, target, start=wish.start, seconds=wish.seconds or 4.0)
        else:
            webm(source, target, lambda _share: None)
    except FilmError as error:
        raise Hopeless("export_impossible", str(error)) from error
    except OSError as error:
        raise no_room(target.parent, error) from error
    with av.open(target) as made:
        shown = made.streams.video[0]
        seconds = (made.duration or 0) / av.time_base
        return Exported(round(seconds, 3), shown.width, shown.height, round(shown.average_rate or 0))
