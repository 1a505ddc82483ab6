"""How fast film is drawn: frames by busy seconds are a core's speed, seconds of film by time that of all together."""

from __future__ import annotations

from philo_kernel.metrics.instruments import counter
from philo_render.film import Chunk

FRAMES = counter("render_frames_total", "Frames drawn and encoded.", "resolution")
FILM = counter("render_film_seconds_total", "Seconds of film that they are.", "resolution")
BUSY = counter("render_busy_seconds_total", "Seconds that child processes took for them, one core each.", "resolution")


def drawn(chunk: Chunk, seconds: float) -> None:
    """A chunk is drawn, in so many seconds of a child's time."""
    resolution = f"{min(chunk.format.width, chunk.format.height)}p"
    FRAMES.of(resolution).inc(chunk.frames)
    FILM.of(resolution).inc(chunk.format.seconds(chunk.frames))
    BUSY.of(resolution).inc(seconds)
