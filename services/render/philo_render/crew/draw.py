"""Drawing in a child process: pictures become film."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter

from philo_kernel.child import report
from philo_kernel.stages import stage
from philo_render import film
from philo_render.film import Chunk, Sources, Stock

STOCK = Stock()
"""What this child has packed lately: neighbouring chunks film the same pictures."""


@dataclass(frozen=True)
class Drawn:
    """A finished chunk, on its way to the store."""

    key: str
    body: bytes
    seconds: float = 0.0
    """What it took."""


def shoot(chunks: Sequence[Chunk], sources: Sources) -> None:
    """Draw and encode one after the other. Reports 1 for every frame, and every chunk as soon as it is `Drawn`."""
    try:
        for chunk in chunks:
            began = perf_counter()
            with stage("draw and encode a chunk", frames=chunk.frames, chunk=chunk.key):
                body = film.draw_chunk(chunk, sources, stock=STOCK, progress=lambda *_: report(1))
            report(Drawn(chunk.key, body, perf_counter() - began))
    finally:
        STOCK.let_go_of_files()
