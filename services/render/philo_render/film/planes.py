"""Frames as three 8-bit planes, BT.709 limited range, 4:2:0, and pictures turned into them.

Rows of a plane are padded to a multiple of four pixels: the packed warp writes four neighbours at once.
"""

from __future__ import annotations

from typing import NamedTuple

import av
import cv2
import numpy as np
from av.video.plane import VideoPlane
from numpy.typing import NDArray

from philo_render.film.format import Format

U8 = NDArray[np.uint8]

cv2.setNumThreads(1)  # the renderer scales by workers; OpenCV's own threads would only fight them


class Planes(NamedTuple):
    y: U8
    u: U8
    v: U8


def blank(format_: Format) -> Planes:
    """A frame's planes outside of any encoder, padded like a pooled frame's."""
    width, height = format_.width, format_.height
    half = (height // 2, _four(width // 2))
    return Planes(np.zeros((height, _four(width)), np.uint8), np.zeros(half, np.uint8), np.zeros(half, np.uint8))


def _four(width: int) -> int:
    return -(-width // 4) * 4


def planes_of(frame: av.VideoFrame) -> Planes:
    """Writable views of a frame's own memory; no copy. Its line size is aligned beyond our padding."""
    y, u, v = (_rows(plane)[:, : _four(plane.width)] for plane in frame.planes)
    return Planes(y, u, v)


def from_bgr(bgr: U8) -> Planes:
    """A picture (height, width, 3), full-range BGR, of even size -> contiguous planes without padding."""
    frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(bgr), format="bgr24").reformat(
        format="yuv420p",
        dst_colorspace="ITU709",
        src_color_range="JPEG",
        dst_color_range="MPEG",
        interpolation="BICUBIC",
        threads=1,
    )
    y, u, v = (_rows(plane)[:, : plane.width].copy() for plane in frame.planes)
    return Planes(y, u, v)


def _rows(plane: VideoPlane) -> U8:
    memory = np.frombuffer(plane, np.uint8)  # type: ignore[call-overload]  # a plane is a buffer; its stub forgets it
    rows: U8 = memory.reshape(-1, plane.line_size)[: plane.height]
    return rows


def to_bgr(frame: av.VideoFrame) -> U8:
    """The frame (height, width, 3) as full-range BGR, for a poster."""
    shown = frame.reformat(
        format="bgr24",
        src_colorspace="ITU709",
        dst_colorspace="ITU709",
        src_color_range="MPEG",
        dst_color_range="JPEG",
        threads=1,
    )
    return np.asarray(shown.to_ndarray(), np.uint8)


def covering(bgr: U8, width: int, height: int, focus: tuple[float, float]) -> U8:
    """The picture cut to the frame's shape round its focus, and brought to exactly (height, width, 3)."""
    tall, wide = bgr.shape[:2]
    ratio = max(width / wide, height / tall)
    cut_wide, cut_tall = min(wide, round(width / ratio)), min(tall, round(height / ratio))
    left = round(min(wide - cut_wide, max(0.0, focus[0] * wide - cut_wide / 2)))
    top = round(min(tall - cut_tall, max(0.0, focus[1] * tall - cut_tall / 2)))
    part = bgr[top : top + cut_tall, left : left + cut_wide]
    how = cv2.INTER_AREA if ratio < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(part, (width, height), interpolation=how), np.uint8)
