"""A finished film as WebM: VP9 and Opus, for those who may not or will not play H.264."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import av
from av.container import InputContainer, OutputContainer
from av.video.frame import PictureType
from av.video.stream import VideoStream

from philo_render.film.export.files import created, opened
from philo_render.film.export.opus import Opus
from philo_render.film.faults import BrokenFilmError

VP9 = {
    "deadline": "realtime",
    "cpu-used": "6",
    "crf": "31",
    "row-mt": "0",
    "tile-columns": "2",
}
"""Of equal likeness (SSIM) to the "good" deadline at a third more bits and seven times its speed."""

SECONDS_A_GROUP = 4
"""At most so far from one place to seek to, to the next."""


def webm(source: Path, target: Path, progress: Callable[[float], None]) -> None:
    """Encode the film anew, frame by frame, in one thread and level memory; colours keep their tags.

    `progress` hears the share that is done, 0 to 1, about once a second of the film. BrokenFilmError if `source` is
    no whole film; OSError as it comes, if the disk is full. No file is left at `target` unless it is whole.
    """
    with opened(source) as film, created(target, "webm") as export:
        shown = film.streams.video[0]
        if not film.streams.audio or not shown.frames or not shown.average_rate:
            raise BrokenFilmError(f"{source.name} is no finished film: it has no sound, or no index of its frames.")
        for done in _convert(film, export, shown.average_rate):
            if done % round(shown.average_rate) == 0:
                progress(done / shown.frames)
        if done != shown.frames:
            raise BrokenFilmError(f"{source.name} breaks off after {done} of {shown.frames} frames.")
    progress(1.0)


def _convert(film: InputContainer, export: OutputContainer, rate: Fraction) -> Iterator[int]:
    """Says after every frame how many there are by now."""
    shown, heard = film.streams.video[0], film.streams.audio[0]
    shown.thread_count = 1
    video, opus = _vp9(export, shown, rate), Opus(export, shown.frames / rate)
    count = itertools.count(1)
    for packet in film.demux(shown, heard):
        for frame in packet.decode():
            if isinstance(frame, av.AudioFrame):
                export.mux(opus.encode(frame))
            elif isinstance(frame, av.VideoFrame):
                frame.pict_type = PictureType.NONE  # else the encoder would repeat the source's key frames
                export.mux(video.encode(frame))
                yield next(count)
    export.mux(opus.encode(None))
    export.mux(video.encode(None))


def _vp9(export: OutputContainer, shown: VideoStream, rate: Fraction) -> VideoStream:
    video = export.add_stream("libvpx-vp9", rate=rate, options={**VP9, "g": str(round(SECONDS_A_GROUP * rate))})
    codec, source = video.codec_context, shown.codec_context
    codec.width, codec.height, codec.pix_fmt = source.width, source.height, "yuv420p"
    codec.time_base, codec.thread_count, codec.bit_rate = 1 / rate, 1, 0
    codec.color_range, codec.colorspace = source.color_range, source.colorspace
    codec.color_primaries, codec.color_trc = source.color_primaries, source.color_trc
    return video
