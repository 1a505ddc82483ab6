"""A few seconds of a film as a looped GIF, for a page or a message that plays nothing else."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path

import av
from av.container import InputContainer, OutputContainer
from av.filter import Graph
from av.video.stream import VideoStream

from philo_render.film.export.files import created, opened
from philo_render.film.faults import BrokenFilmError

RATE = Fraction(25, 2)
"""Frames a second: a GIF counts hundredths, and eight of them are exact."""

WIDEST, LONGEST = 480, 15.0
"""Pixels, seconds. All of it is in memory until the colours are chosen: 6 MB a second at this width."""

COLOURS = {"stats_mode": "full", "max_colors": "256"}
DITHER = {"dither": "bayer", "bayer_scale": "5", "diff_mode": "rectangle"}
"""The faintest ordered pattern: it stands still, so that what does not move is not stored again."""


def gif(source: Path, target: Path, *, start: float = 0.0, seconds: float = 4.0, width: int = WIDEST) -> None:
    """`seconds` of the film from second `start`, at most `width` pixels wide, in its own 256 colours, without sound.

    Never wider than the film, 480 pixels or longer than 15 s. BrokenFilmError if `source` is no film or shows nothing
    there; OSError as it comes, if the disk is full. No file is left at `target` unless it is whole.
    """
    with opened(source) as film:
        shown = film.streams.video[0]
        graph = _graph(shown, min(width, WIDEST, shown.width))
        frames = _recoloured(graph, _span(film, start, start + min(seconds, LONGEST)))
        first = next(frames, None)
        if first is None:
            raise BrokenFilmError(f"{source.name} shows nothing from second {start:g} on.")
        with created(target, "gif", loop="0") as export:
            _write(export, first, frames)


def _span(film: InputContainer, start: float, end: float) -> Iterator[av.VideoFrame]:
    """Pictures shown from `start` up to `end`, found from the key frame before them."""
    shown = film.streams.video[0]
    shown.thread_count = 1
    film.seek(round(start * av.time_base))
    for frame in film.decode(shown):
        if frame.time is not None and frame.time >= end:
            return
        if frame.time is not None and frame.time >= start:
            yield frame


def _graph(shown: VideoStream, width: int) -> Graph:
    """Fewer and smaller pictures, in RGB; one branch gathers their colours, the other waits for them."""
    codec, graph = shown.codec_context, Graph()
    graph.threads = 1
    size, tags = f"{shown.width}x{shown.height}", {"colorspace": str(codec.colorspace), "range": str(codec.color_range)}
    pixels, base = str(codec.pix_fmt), str(shown.time_base)
    taken = graph.add("buffer", video_size=size, pix_fmt=pixels, time_base=base, **tags)
    fewer = graph.add("fps", fps=str(RATE), round="down")
    smaller = graph.add("scale", w=str(width), h="-2", flags="lanczos")
    tagged = graph.add("setparams", color_trc="iec61966-2-1")  # pages take a GIF for sRGB, as they do film of this kind
    split, gathered = graph.add("split"), graph.add("palettegen", **COLOURS)
    painted = graph.add("paletteuse", **DITHER)
    graph.link_nodes(taken, fewer, smaller, graph.add("format", pix_fmts="bgra"), tagged, split, gathered)
    split.link_to(painted, 1, 0)
    gathered.link_to(painted, 0, 1)
    painted.link_to(graph.add("buffersink"))
    graph.configure()
    return graph


def _recoloured(graph: Graph, frames: Iterable[av.VideoFrame]) -> Iterator[av.VideoFrame]:
    """Pulling after every push lets the graph shrink the pictures at once; it gives them back when it has seen all."""
    for frame in itertools.chain(frames, [None]):
        graph.vpush(frame)
        yield from _ready(graph)


def _ready(graph: Graph) -> Iterator[av.VideoFrame]:
    while True:
        try:
            yield graph.vpull()
        except (BlockingIOError, EOFError):
            return


def _write(export: OutputContainer, first: av.VideoFrame, others: Iterable[av.VideoFrame]) -> None:
    stream = export.add_stream("gif", rate=RATE)
    stream.width, stream.height, stream.pix_fmt = first.width, first.height, "pal8"
    for number, frame in enumerate(itertools.chain([first], others)):
        frame.pts, frame.time_base = number, 1 / RATE
        export.mux(stream.encode(frame))
    export.mux(stream.encode(None))
