"""A decoded picture of footage, brought upright, cut round its subject, and laid into a frame's planes.

libavfilter cuts by moving pointers and scales once, from any pixel format; its buffers are pooled.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import av
import cv2
import numpy as np
from av.filter import Graph
from av.sidedata.sidedata import SideData
from av.video.reformatter import ColorTrc

from philo_render.film.faults import BrokenFilmError
from philo_render.film.planes import U8, Planes, planes_of

MATRICES = {1: "bt709", 5: "bt470bg", 6: "smpte170m", 7: "smpte240m", 9: "bt2020nc", 10: "bt2020nc"}
"""ITU-T H.273 matrix coefficients as libswscale calls them."""

TRANSFERS = {int(ColorTrc.SMPTE2084): "smpte2084", int(ColorTrc.ARIB_STD_B67): "arib-std-b67"}
"""Curves of high dynamic range: these films must be brought down to what a screen of today shows."""

Filter = tuple[str, str]

FULL = 2
"""AVCOL_RANGE_JPEG: black is 0 and white 255."""

SD_LINES = 576
"""Up to here a film that does not say so is meant in BT.601, above in BT.709."""

HAIR = 0.01
"""Share of a side that is not worth cutting off."""


class Pose(NamedTuple):
    """How stored rows become what a viewer sees: rows and columns exchanged, then mirrored left-right, then flipped."""

    transposed: bool
    mirrored: bool
    flipped: bool

    @property
    def rotation(self) -> int:
        """Degrees clockwise; a mirror image counts as the turn that its columns make."""
        if self.transposed:
            return 90 if self.mirrored else 270
        return 180 if self.flipped else 0

    def stored(self, place: tuple[float, float]) -> tuple[float, float]:
        """Where a seen place (shares of width and height) lies in the stored picture."""
        x = 1 - place[0] if self.mirrored else place[0]
        y = 1 - place[1] if self.flipped else place[1]
        return (y, x) if self.transposed else (x, y)


def pose_of(frame: av.VideoFrame) -> Pose:
    """By the display matrix (ISO/IEC 14496-12, 8.3.2.2) that a camera held sideways or a mirror leaves; to quarters.

    Raises BrokenFilmError for a kind of picture that nothing is known of.
    """
    try:
        graph = _graph(frame, ("setparams", _colours(frame)), ("scale", "w=16:h=16"))
        graph.vpush(frame)
        small = graph.vpull()
    except av.FFmpegError as error:
        raise _unknown(frame) from error
    held = small.side_data.get("DISPLAYMATRIX")  # of a small copy: once asked, a frame and its notes hold each other
    if not isinstance(held, SideData):
        return Pose(transposed=False, mirrored=False, flipped=False)
    a, b, _, c, d = np.frombuffer(bytes(held), np.int32)[:5].tolist()
    if abs(b) + abs(c) > abs(a) + abs(d):
        return Pose(transposed=True, mirrored=c < 0, flipped=b < 0)
    return Pose(transposed=False, mirrored=a < 0, flipped=d < 0)


def _unknown(frame: av.VideoFrame) -> BrokenFilmError:
    return BrokenFilmError(f"Pictures of this kind cannot be shown: {frame.format.name}.")


class Window(NamedTuple):
    """Stored pixels that are seen; left and top are multiples of four, so that fields and chroma stay apart."""

    left: int
    top: int
    width: int
    height: int


def window(size: tuple[int, int], shape: float, focus: tuple[float, float]) -> Window:
    """The largest part of `size` (width, height) with width / height = `shape`, as near to the focus as it can be."""
    wide, tall = size
    width = wide if shape * tall > wide * (1 - HAIR) else min(wide, max(2, round(shape * tall / 2) * 2))
    height = tall if wide / shape > tall * (1 - HAIR) else min(tall, max(4, round(wide / shape / 4) * 4))
    left = min(wide - width, max(0, round(focus[0] * wide - width / 2))) // 4 * 4
    top = min(tall - height, max(0, round(focus[1] * tall - height / 2))) // 4 * 4
    return Window(left, top, width, height)


class Reframe:
    """Footage seen through a frame of (width, height). `pixel` is how much wider than high a stored pixel is."""

    def __init__(self, size: tuple[int, int], focus: tuple[float, float], pixel: float = 1.0) -> None:
        self.size, self.focus, self.pixel = size, focus, pixel
        self.pose: Pose | None = None
        self.graph: Graph | None = None
        self.kind: tuple[object, ...] = ()
        self.last: tuple[av.VideoFrame, Planes] | None = None

    def draw(self, frame: av.VideoFrame, out: Planes) -> None:
        """Fill `out`, whose planes are of the frame's size, padded or not. A picture that stays on is scaled once.

        Raises BrokenFilmError for a kind of picture that nothing is known of."""
        if self.pose is None:
            self.pose = pose_of(frame)
        if self.last is None or self.last[0] is not frame:
            self.last = (frame, planes_of(self._scaled(frame, self.pose)))
        width, height = self.size[::-1] if self.pose.transposed else self.size
        for source, target, half in zip(self.last[1], out, (1, 2, 2), strict=True):
            _lay(source[: height // half, : width // half], target, self.pose)

    def _scaled(self, frame: av.VideoFrame, pose: Pose) -> av.VideoFrame:
        kind = (
            *(frame.width, frame.height, frame.format.name, frame.interlaced_frame),
            *(frame.colorspace, frame.color_range, frame.color_trc),
        )
        try:
            if self.graph is None or kind != self.kind:  # a film may change its size half-way
                self.graph, self.kind = _graph(frame, *self._filters(frame, pose)), kind
            self.graph.vpush(frame)
            return self.graph.vpull()
        except av.FFmpegError as error:
            raise _unknown(frame) from error

    def _filters(self, frame: av.VideoFrame, pose: Pose) -> Iterator[Filter]:
        width, height = self.size[::-1] if pose.transposed else self.size
        part = window((frame.width, frame.height), width / height / self.pixel, pose.stored(self.focus))
        if part != (0, 0, frame.width, frame.height):
            yield "crop", f"x={part.left}:y={part.top}:w={part.width}:h={part.height}"
        if frame.interlaced_frame:  # one of the two moments that are woven into it, rather than a comb
            yield "field", "type=top"
        yield "setparams", _colours(frame)
        yield from (("scale", step) for step in _steps(frame, width, height))
        yield "format", "pix_fmts=yuv420p"


def _graph(frame: av.VideoFrame, *filters: Filter) -> Graph:
    """A chain of filters, by name and arguments, for frames such as this one."""
    graph = Graph()
    graph.threads = 1
    source = f"video_size={frame.width}x{frame.height}:pix_fmt={frame.format.name}:time_base=1/1000"
    chain = [graph.add(name, given) for name, given in (("buffer", source), *filters, ("buffersink", None))]
    graph.link_nodes(*chain).configure()
    return graph


def _colours(frame: av.VideoFrame) -> str:
    """What its numbers mean: as it says where that can be, and as is usual where it does not; never nonsense."""
    given = "bt470bg" if frame.height <= SD_LINES else "bt709"
    matrix = "gbr" if frame.format.is_rgb else MATRICES.get(frame.colorspace, given)
    full = frame.color_range == FULL or frame.format.is_rgb or frame.format.name.startswith("yuvj")
    curve = TRANSFERS.get(frame.color_trc)
    light = f"color_primaries={'bt2020' if curve else 'bt709'}:color_trc={curve or 'bt709'}"
    return f"range={'pc' if full else 'tv'}:colorspace={matrix}:{light}"


def _steps(frame: av.VideoFrame, width: int, height: int) -> list[str]:
    """Size and colours; high dynamic range is scaled first, for its mapping is dear."""
    size, ours = f"w={width}:h={height}:flags=bicubic", "out_color_matrix=bt709:out_range=tv"
    if frame.color_trc not in TRANSFERS:
        return [f"{size}:{ours}"]
    return [size, f"{ours}:out_transfer=bt709:out_primaries=bt709"]


def _lay(source: U8, target: U8, pose: Pose) -> None:
    height, width = source.shape[::-1] if pose.transposed else source.shape
    seen = target[:height, :width]
    turned = cv2.transpose(source) if pose.transposed else source
    if pose.mirrored or pose.flipped:
        cv2.flip(turned, -1 if pose.mirrored and pose.flipped else int(pose.mirrored), dst=seen)
    else:
        np.copyto(seen, turned)
    target[:height, width:] = seen[:, -1:]
