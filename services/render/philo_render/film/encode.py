"""H.264: one x264 thread, closed GOPs, fixed reordering, so that chunks of any worker join."""

from __future__ import annotations

from fractions import Fraction

import av
import cv2
from av.codec.context import Flags
from av.video.codeccontext import VideoCodecContext
from av.video.stream import VideoStream

from philo_render.film.format import Format
from philo_render.film.packets import Packet, Packets, packed
from philo_render.film.planes import Planes, planes_of

REORDER = 2
"""Frames by which decoding runs ahead of showing: x264's B-pyramid at this preset."""

POOL = 4

AVX512 = 13
"""OpenCV's number for AVX-512F (`CV_CPU_AVX_512F`); its Python module does not name it."""


def options(format_: Format) -> dict[str, str]:
    """A key frame at least every four seconds, for seeking; `stitchable` keeps headers equal between chunks."""
    x264 = f"stitchable=1:keyint={4 * format_.fps}:open-gop=0{_repeatable()}"
    return {"preset": "veryfast", "crf": "21", "profile": "high", "x264-params": x264}


def _repeatable() -> str:
    """x264's AVX-512 code for macroblock trees reads beyond its rows: equal frames gave unequal bytes."""
    return ":asm=AVX2" if cv2.checkHardwareSupport(AVX512) else ""


def configure(codec: VideoCodecContext, format_: Format) -> None:
    """Everything about the stream that the container must know too."""
    codec.width, codec.height, codec.pix_fmt = format_.width, format_.height, "yuv420p"
    codec.time_base, codec.framerate = Fraction(1, format_.fps), Fraction(format_.fps, 1)
    codec.options = options(format_)
    codec.thread_count, codec.thread_type = 1, "FRAME"
    codec.color_range = codec.colorspace = codec.color_primaries = codec.color_trc = 1
    codec.flags |= int(Flags.global_header)


class Encoder:
    """Takes frames from a pool of its own, so that memory stays level however long a chunk is."""

    def __init__(self, format_: Format) -> None:
        self.format = format_
        self.codec = av.CodecContext.create("libx264", "w")
        configure(self.codec, format_)
        self.pool = [av.VideoFrame(format_.width, format_.height, "yuv420p") for _ in range(POOL)]
        self.planes = [planes_of(frame) for frame in self.pool]
        self.packets: list[Packet] = []

    def canvas(self, number: int) -> Planes:
        """The planes that frame `number` is to be painted on."""
        return self.planes[number % POOL]

    def add(self, number: int) -> None:
        frame = self.pool[number % POOL]
        frame.pts, frame.time_base = number, Fraction(1, self.format.fps)
        self._take(self.codec.encode(frame))

    def finish(self, key: str) -> bytes:
        self._take(self.codec.encode(None))
        return packed(Packets(key, self.format, self.codec.extradata or b"", tuple(self.packets)))

    def _take(self, encoded: list[av.Packet[VideoStream]]) -> None:
        for packet in encoded:
            self.packets.append(Packet(packet.pts or 0, packet.is_keyframe, bytes(packet)))
