"""Draws a chunk's frames into planes, and hands each to the encoder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from time import perf_counter

import av

from philo_kernel.stages import told
from philo_render.film.cards import Chapter, Ending, Title
from philo_render.film.chunk import Chunk
from philo_render.film.drawable import Drawable
from philo_render.film.encode import Encoder
from philo_render.film.own_font import face_of
from philo_render.film.planes import Planes, planes_of
from philo_render.film.reel import Reel
from philo_render.film.scenery import Sources, Stock
from philo_render.film.strip import Strip
from philo_render.film.subtitles import Subtitles

Progress = Callable[[int, int], None]


def draw_chunk(
    chunk: Chunk, sources: Sources, *, stock: Stock | None = None, progress: Progress | None = None
) -> bytes:
    """The chunk's frames, drawn and encoded: packets in the format of `philo_render.film.packets`.

    `sources` maps content keys to pixels (BGR, height, width, 3, any size), to a picture's or font's bytes or to a file.
    `stock` keeps what was made of them for the next chunk. `progress` is called with (frames done, frames in all)
    after every frame. Equal chunks give equal bytes. Raises MissingPictureError, BrokenPictureError,
    MissingFontError, BrokenFontError.
    """
    encoder = Encoder(chunk.format)
    painter = Painter(chunk, sources, stock)
    painting, encoding = 0.0, 0.0
    for frame in range(chunk.frames):
        began = perf_counter()
        painter.paint(encoder.canvas(frame), frame)
        painted = perf_counter()
        encoder.add(frame)
        painting, encoding = painting + painted - began, encoding + perf_counter() - painted
        if progress is not None:
            progress(frame + 1, chunk.frames)
    told(painting_seconds=round(painting, 4), encoding_seconds=round(encoding, 4))
    return encoder.finish(chunk.key)


class Painter:
    """Paints any frame of one chunk, each thing over the one behind it."""

    def __init__(self, chunk: Chunk, sources: Sources, stock: Stock | None = None) -> None:
        reel = Reel(chunk, sources, stock or Stock())
        self.stack: list[Drawable] = [reel]
        if chunk.title:
            first = chunk.shots[0]
            ground = reel.still(first, chunk.title.clearest)
            self.stack.append(Title(chunk.title, chunk.format, ground, curtain=not first.built))
        for card in chunk.cards:
            self.stack.append((Chapter if card.kind == "chapter" else Strip)(card, chunk.format))
        if chunk.ending:
            self.stack.append(Ending(chunk.ending, chunk.format))
        if chunk.cues:
            self.stack.append(Subtitles(chunk, reel, face_of(chunk, sources)))

    def paint(self, out: Planes, frame: int) -> None:
        """Fill the planes with what the chunk shows in `frame`."""
        for drawable in self.stack:
            drawable.draw(out, frame)


def stills(chunk: Chunk, sources: Sources, wanted: Iterable[int]) -> Iterator[av.VideoFrame]:
    """Single frames of a chunk, unencoded; each is valid until the next is asked for."""
    painter = Painter(chunk, sources)
    frame = av.VideoFrame(chunk.format.width, chunk.format.height, "yuv420p")
    for number in wanted:
        painter.paint(planes_of(frame), number)
        yield frame
