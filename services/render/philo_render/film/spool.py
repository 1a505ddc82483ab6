"""Footage by the clock: the picture that is on at any moment of a file, whatever its frame rate.

Only MP4, MOV and AVI are read, told by their content: a playlist in disguise could make the library open other files.
"""

from __future__ import annotations

import weakref
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import av
from av.container import InputContainer
from av.stream import Disposition
from av.video.stream import VideoStream

from philo_render.film.faults import BrokenFilmError

BOXES = frozenset({b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot"})
"""What an ISO base media or QuickTime file may begin with."""

ROUNDING = 0.002
"""Seconds by which a picture may come early: files keep time in coarse ticks."""

LEAP = 2.0
"""Seconds ahead from which seeking is cheaper than decoding what lies between."""

LARGEST = 8192 * 4608
"""Pixels of a picture; more (a broken or malicious header) is not decoded."""

STEPS_BACK = (0.0, 1.0, 4.0, 16.0)
"""Seconds before the moment at which a key frame is looked for; where it is shown is known only once it is decoded."""

UNORDERED = frozenset({"h264", "hevc"})
"""Codecs with reordered pictures of whose order an AVI file knows nothing."""


def demuxer(head: bytes) -> str | None:
    """The libavformat reader for a file that begins so (12 bytes are enough), None for what is not footage."""
    if head[4:8] in BOXES:
        return "mov"
    return "avi" if head[:4] == b"RIFF" and head[8:12] == b"AVI " else None


def opened(path: Path) -> InputContainer:
    """The container, with its header read. Raises BrokenFilmError."""
    with path.open("rb") as file:
        reader = demuxer(file.read(12))
    if reader is None:
        raise BrokenFilmError("This is neither MP4 nor MOV nor AVI.")
    try:
        return av.open(str(path.resolve()), "r", format=reader, metadata_errors="replace")
    except av.FFmpegError as error:
        raise BrokenFilmError(f"The film cannot be opened: {error.strerror}.") from error


def moving(container: InputContainer) -> VideoStream | None:
    """The stream that is the film: not the cover picture of a song."""
    streams = container.streams.video
    return next((one for one in streams if not one.disposition & Disposition.attached_pic), None)


def packets(container: InputContainer, stream: VideoStream) -> Iterator[av.Packet[VideoStream]]:
    """From where the container stands to its end; a file that is damaged there ends there."""
    try:
        yield from container.demux(stream)
    except av.FFmpegError:
        return


class Timed(NamedTuple):
    """A picture and the second at which it comes on."""

    time: float
    frame: av.VideoFrame


class Spool:
    """One open footage file. Moments that grow are decoded once; others are sought."""

    def __init__(self, path: Path) -> None:
        """Raises BrokenFilmError if there is no film in the file that can be decoded."""
        self.container = opened(path)
        stream = moving(self.container)
        if stream is None or stream.codec_context is None or stream.time_base is None:
            raise BrokenFilmError("There are no moving pictures in this file that can be decoded.")
        stream.codec_context.thread_count = 1  # the renderer scales by workers
        stream.codec_context.options = {"max_pixels": str(LARGEST)}
        self.stream, self.base = stream, float(stream.time_base)
        self.origin = (self.container.start_time or 0) / 1_000_000
        self.closing = weakref.finalize(self, self.container.close)
        self.frames: Iterator[Timed] = iter(())
        self.shown: Timed | None = None
        self.coming: Timed | None = None
        self.first: float | None = None

    def at(self, seconds: float) -> av.VideoFrame:
        """The newest picture not later than this moment; before the first picture the first, after the last the last.

        Raises BrokenFilmError if nothing can be decoded at all.
        """
        shown = self.shown
        if shown is None or not self._near(shown, seconds):
            shown = self._sought(seconds)
            self.coming = next(self.frames, None)
        while self.coming is not None and self.coming.time <= seconds + ROUNDING:
            shown, self.coming = self.coming, next(self.frames, None)
        self.shown = shown
        return shown.frame

    def key_frame(self, seconds: float) -> Timed:
        """The key frame at or before this moment, which may be the first picture; cheap. Raises BrokenFilmError."""
        found = self._from(seconds) or self._from(0.0)
        if found is None:
            raise BrokenFilmError("No picture of this film can be decoded.")
        return found

    def close(self) -> None:
        self.frames = iter(())
        self.shown = self.coming = None
        self.closing()

    def _near(self, shown: Timed, seconds: float) -> bool:
        if seconds + ROUNDING < shown.time:
            return shown.time == self.first
        return self.coming is None or seconds < shown.time + LEAP

    def _sought(self, seconds: float) -> Timed:
        for back in STEPS_BACK:
            if seconds - back > 0:
                found = self._from(seconds - back)
                if found is not None and found.time <= seconds + ROUNDING:
                    return found
        found = self._from(0.0)
        if found is None:
            raise BrokenFilmError("No picture of this film can be decoded.")
        self.first = found.time
        return found

    def _from(self, seconds: float) -> Timed | None:
        """The first picture after the key frame at or before this moment."""
        place = round((seconds + self.origin) / self.base) if seconds > 0 else self.stream.start_time or 0
        try:
            self.container.seek(place, stream=self.stream)
        except av.FFmpegError as error:
            raise BrokenFilmError(f"The film cannot be wound to {seconds:.1f} s: {error.strerror}.") from error
        self.frames = decoded(self.container, self.stream)
        return next(self.frames, None)


def decoded(container: InputContainer, stream: VideoStream) -> Iterator[Timed]:
    """The pictures from where the container stands, in the order in which they are shown.

    A function by itself, so that a spool and its pictures never hold each other: a dropped spool frees its decoder.
    """
    base, origin = float(stream.time_base or 0), (container.start_time or 0) / 1_000_000
    blind = container.format.name == "avi" and stream.codec_context.name in UNORDERED
    read: deque[int] = deque()
    latest = 0
    for packet in packets(container, stream):
        if packet.size and packet.dts is not None:
            read.append(packet.dts)
        try:
            frames = packet.decode()
        except av.FFmpegError:  # a damaged packet is passed over, as any player does
            continue
        for frame in frames:
            early = read.popleft() if read else latest + 1
            # Where the container cannot know the order of showing, pictures are shown at the times they were read.
            latest = early if blind or frame.pts is None else frame.pts
            yield Timed(latest * base - origin, frame)
