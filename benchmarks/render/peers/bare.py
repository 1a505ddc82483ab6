"""x264 alone: exactly the frames that Philo encodes, made before the clock starts, with Philo's own settings."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction

import av

from benchmarks.render import philo
from benchmarks.render.job import FPS, Job
from philo_render.film import Stock, encode
from philo_render.film.draw import Painter
from philo_render.film.planes import planes_of

Chunk = Sequence[av.VideoFrame]


def frames(production: philo.Production) -> list[Chunk]:
    """The frames of every chunk; 3 MB each at 1080p."""
    stock = Stock()
    made: list[Chunk] = []
    for chunk in production.chunks:
        painter = Painter(chunk, production.sources, stock)
        made.append([_painted(painter, number) for number in range(chunk.frames)])
    return made


def _painted(painter: Painter, number: int) -> av.VideoFrame:
    frame = av.VideoFrame(philo.FORMAT.width, philo.FORMAT.height, "yuv420p")
    painter.paint(planes_of(frame), number)
    return frame


def encoded(chunk: Chunk) -> int:
    """Bytes of a chunk as a stream of its own."""
    codec = av.CodecContext.create("libx264", "w")
    encode.configure(codec, philo.FORMAT)
    size = 0
    for number, frame in enumerate(chunk):
        frame.pts, frame.time_base = number, Fraction(1, FPS)
        size += sum(packet.size for packet in codec.encode(frame))
    return size + sum(packet.size for packet in codec.encode(None))


def timed(work: Callable[[], int], name: str) -> dict[str, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    size = work()
    return {
        f"{name}_wall": time.perf_counter() - wall,
        f"{name}_cpu": time.process_time() - cpu,
        f"{name}_bytes": size,
    }


def main(job: Job, kind: str, streams: Sequence[str]) -> dict[str, float]:
    """Of `streams`, `one` is a single stream in one thread, `two` the chunks in two."""
    chunks = frames(philo.production(job, kind))
    found: dict[str, float] = {}
    if "one" in streams:
        whole = [frame for chunk in chunks for frame in chunk]
        found |= timed(lambda: encoded(whole), "one")
    if "two" in streams:
        with ThreadPoolExecutor(2) as pool:  # x264 lets the interpreter go: threads do as well as processes here
            found |= timed(lambda: sum(pool.map(encoded, chunks)), "two")
    return found


if __name__ == "__main__":
    os.environ[philo.CRF] = sys.argv[4]
    philo.prepare()
    print(json.dumps(main(Job.told(sys.argv[1], sys.argv[3]), sys.argv[5], sys.argv[6:])))
