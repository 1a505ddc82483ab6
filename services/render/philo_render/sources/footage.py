"""An uploaded film, understood: how long, how large, how fast, what it looks like."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import av
import numpy as np
from av.video.stream import VideoStream
from PIL import Image

from philo_render.film.faults import BrokenFilmError
from philo_render.film.footage import oblong
from philo_render.film.planes import U8, planes_of, to_bgr
from philo_render.film.reframe import Reframe, pose_of
from philo_render.film.spool import LARGEST, Spool, demuxer, moving, opened
from philo_render.sources.extent import Extent, broken_off, extent
from philo_render.sources.faults import FootageError
from philo_render.sources.kinds import head_of, kind
from philo_render.sources.picture import QUALITY, jpeg
from philo_render.sources.subject import subject

POSTER = 1920
THUMBNAIL = 480
"""Pixels of the longer side."""

LOOKS = 6
"""Key frames that are looked at: all that is decoded of a film, however long it is."""

AGAIN = "Upload it again, or export it anew as MP4 with H.264."


class FootageFacts(NamedTuple):
    """Seconds, pixels as a viewer sees them, pictures a second on average, degrees clockwise that the stored pictures
    are turned by; JPEGs, the thumbnails in order of time; the subject's place as shares of width and height."""

    duration: float
    width: int
    height: int
    fps: float
    codec: str
    has_audio: bool
    rotation: int
    poster: bytes
    thumbnails: tuple[bytes, ...]
    focus: tuple[float, float]


def understood(path: Path) -> FootageFacts:
    """An MP4, MOV or AVI, told by its content. Only a few key frames are decoded. Raises FootageError."""
    _check_kind(path)
    try:
        return _facts(path)
    except BrokenFilmError as error:
        if broken_off(path):
            words = "The film is cut off: a part of the file is missing."
            raise FootageError("footage_truncated", f"{words} {AGAIN}") from error
        raise FootageError("footage_unreadable", f"{error} {AGAIN}") from error


def _facts(path: Path) -> FootageFacts:
    with opened(path) as container:
        stream = _film_in(moving(container))
        measured = _whole(extent(container, stream, path.stat().st_size))
        codec, audio = stream.codec_context.name, any(one.codec_context for one in container.streams.audio)
        pixel = oblong(stream.sample_aspect_ratio)
    frames = _looks(path, measured.seconds)
    pose, size = pose_of(frames[0]), (max(1, round(frames[0].width * pixel)), frames[0].height)
    width, height = size[::-1] if pose.transposed else size
    shown = _upright(frames, (width, height), pixel)
    return FootageFacts(
        duration=round(measured.seconds, 3),
        width=width,
        height=height,
        fps=round(measured.fps, 3),
        codec=codec,
        has_audio=audio,
        rotation=pose.rotation,
        poster=_jpeg(max(shown, key=_tellingness), POSTER, QUALITY),
        thumbnails=tuple(_jpeg(picture, THUMBNAIL, 85) for picture in shown),
        focus=subject(*shown),
    )


def _check_kind(path: Path) -> None:
    head = head_of(path)
    if not head:
        raise FootageError("footage_empty", "The file is empty: upload the film again.")
    if demuxer(head) is None:
        words = f"This is {kind(head)}, not a film that can be used. Films may be MP4, MOV and AVI."
        raise FootageError("footage_unsupported", words)


def _film_in(stream: VideoStream | None) -> VideoStream:
    if stream is None:
        words = "There are no moving pictures in this file, only sound or a still: choose a film."
        raise FootageError("footage_without_picture", words)
    if stream.codec_context is None:
        words = "The pictures of this film are coded in a way that is not known here: export it as MP4 with H.264."
        raise FootageError("footage_codec_unknown", words)
    if stream.codec_context.width * stream.codec_context.height > LARGEST:
        size = f"{stream.codec_context.width} x {stream.codec_context.height}"
        words = f"The film's pictures have {size} pixels, which is too much: export it in 4K or smaller."
        raise FootageError("footage_too_large", words)
    return stream


def _whole(measured: Extent) -> Extent:
    if measured.torn:
        words = f"The film is cut off: of {measured.promised} pictures only {measured.frames} are there."
        raise FootageError("footage_truncated", f"{words} {AGAIN}")
    if not measured.frames:
        raise FootageError("footage_without_frames", f"There is not one picture in this film. {AGAIN}")
    return measured


def _looks(path: Path, seconds: float) -> list[av.VideoFrame]:
    """Key frames spread over the film, each once."""
    spool = Spool(path)
    spool.stream.codec_context.skip_frame = "NONKEY"
    found = {}
    for share in (np.arange(LOOKS) + 0.5) / LOOKS:
        timed = spool.key_frame(float(share) * seconds)
        found[timed.time] = timed.frame
    spool.close()
    return [found[time] for time in sorted(found)]


def _upright(frames: Sequence[av.VideoFrame], seen: tuple[int, int], pixel: float) -> list[U8]:
    """BGR as a viewer sees it: even sides of at least 16, not longer than a poster's."""
    scale = min(1.0, POSTER / max(seen))
    width, height = (max(16, round(side * scale / 2) * 2) for side in seen)
    reframe, canvas = Reframe((width, height), (0.5, 0.5), pixel), av.VideoFrame(width, height, "yuv420p")
    shown = []
    for frame in frames:
        reframe.draw(frame, planes_of(canvas))
        shown.append(to_bgr(canvas))
    return shown


def _tellingness(bgr: U8) -> float:
    """Neither black nor blank nor blurred: the spread of light and the strength of edges."""
    light = bgr[::4, ::4].mean(axis=2)
    edges = np.abs(np.diff(light, axis=1)).mean() if light.shape[1] > 1 else 0.0
    return float(light.std() + 2 * edges)


def _jpeg(bgr: U8, longest: int, quality: int) -> bytes:
    image = Image.fromarray(np.ascontiguousarray(bgr[:, :, ::-1]))
    image.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    return jpeg(image, quality)
