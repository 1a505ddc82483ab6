"""One scene of a film as a part of its own, ready before its neighbours are (HLS: RFC 8216, section 3.3).

Times are absolute and exact: picture n is decoded at n frames, sound lies on one grid of 1024 samples. Pictures are
shown `REORDER` frames late, so that none is shown before it is decoded; the head's edit list takes that away again.
Negative shifts would need no edit list, but FFmpeg then shows the pictures late against the sound.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from philo_render.film.encode import REORDER
from philo_render.film.faults import FilmError, MixedChunksError
from philo_render.film.packets import Packets
from philo_render.film.preview.fragment import DEPENDENT, KEY, Run, Sample, fragment
from philo_render.film.preview.nal import sample
from philo_render.film.preview.tracks import AUDIO, TICKS, VIDEO
from philo_render.film.preview.voice import Voice, blocks
from philo_render.film.sound import RATE
from philo_render.film.sound.aac import BLOCK


def part(
    chunks: Sequence[Packets], voices: Sequence[tuple[float, Voice]], *, first_frame: int, last: bool = False
) -> bytes:
    """`moof` and `mdat`: H.264 as drawn, AAC-LC 48 kHz stereo 160 kbit/s.

    `voices` are (second at which it begins, counted from the scene's first frame, samples (n,) or (channels, n) at
    48 kHz); they may begin before the scene or outlast it. Of its neighbours a part needs only how long those before
    are: `first_frame` is its place in the film. The last block of sound may reach up to 21 ms into the next scene; in
    the film's `last` part it is cut at the end. FilmError if there is no picture, MixedChunksError if the chunks were
    not drawn alike.
    """
    _agree(chunks)
    fps, frames = chunks[0].format.fps, sum(len(chunk.packets) for chunk in chunks)
    start, end = first_frame * RATE // fps, (first_frame + frames) * RATE // fps
    placed = [(round((first_frame / fps + second) * RATE), voice) for second, voice in voices]
    heard = blocks(placed, start, end)
    sounds = [Sample(min(BLOCK, end - pts) if last else BLOCK, KEY, 0, data) for pts, _, data in heard]
    runs = [Run(VIDEO, first_frame * TICKS, list(_pictures(chunks)))]
    if heard:
        runs.append(Run(AUDIO, heard[0].pts, sounds))
    return fragment(first_frame + 1, runs)


def _agree(chunks: Sequence[Packets]) -> None:
    if not chunks or not all(chunk.packets for chunk in chunks):
        raise FilmError("A part of the preview needs at least one frame of every chunk.")
    if len({(chunk.format, chunk.extradata) for chunk in chunks}) > 1:
        raise MixedChunksError("The scene's chunks were drawn in different ways: draw them again.")


def _pictures(chunks: Sequence[Packets]) -> Iterator[Sample]:
    """A chunk's packets are decoded one a frame from its first frame on, whatever the order in which they are shown."""
    for chunk in chunks:
        for number, (pts, key, data) in enumerate(chunk.packets):
            yield Sample(TICKS, KEY if key else DEPENDENT, (pts - number + REORDER) * TICKS, sample(data))
