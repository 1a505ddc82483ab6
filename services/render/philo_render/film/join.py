"""Chunks and sound become an MP4: video packets are copied, the sound is encoded once for the whole film.

One chunk and a few seconds of sound are in memory at a time, however long the film is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from heapq import merge
from operator import itemgetter
from pathlib import Path

import av
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.stream import Stream
from av.video.stream import VideoStream

from philo_render.film.encode import REORDER, configure, options
from philo_render.film.faults import BrokenChunkError, MixedChunksError
from philo_render.film.format import Format
from philo_render.film.packets import HEAD, Packets, head, unpacked
from philo_render.film.sound.aac import BIT_RATE, SoundPacket
from philo_render.film.sound.pcm import RATE
from philo_render.film.timeline import Chapter

Timed = tuple[int, "av.Packet[Stream]"]
"""A packet and when it is decoded, in parts of a second that frames and samples share."""


def join(
    chunks: Sequence[Path | bytes],
    sound: Iterable[SoundPacket],
    path: Path,
    format_: Format,
    *,
    title: str = "",
    chapters: Sequence[Chapter] = (),
) -> None:
    """Write the film to `path`: H.264 as drawn, AAC-LC 48 kHz stereo 160 kbit/s, index in front.

    `sound` are the packets of the whole film, which end with its pictures.
    BrokenChunkError and MixedChunksError say which chunk cannot be joined; what lies at `path` then is no film.
    """
    if not chunks:
        raise MixedChunksError("A film needs at least one chunk.")
    for number, chunk in enumerate(chunks):
        _check(number, chunk, format_)
    with av.open(path, "w", format="mp4", options={"movflags": "+faststart"}) as film:
        film.metadata["title"] = title
        film.set_chapters([_chapter(number, chapter) for number, chapter in enumerate(chapters)])
        video, audio = _streams(film, format_)
        film.start_encoding()
        for _, packet in merge(_audible(sound, audio, format_), _visible(chunks, video, format_), key=itemgetter(0)):
            film.mux(packet)


def unusable(chunks: Sequence[Path | bytes], format_: Format) -> tuple[int, ...]:
    """The places of those that no film of this format can be joined of: damaged, cut short, or drawn otherwise."""
    encoder = av.CodecContext.create("libx264", "w")
    configure(encoder, format_)
    encoder.open()

    def usable(number: int, chunk: Path | bytes) -> bool:
        try:
            _check(number, chunk, format_)
            return bool(_whole(number, chunk, encoder.extradata).packets)
        except (BrokenChunkError, MixedChunksError):
            return False

    return tuple(number for number, chunk in enumerate(chunks) if not usable(number, chunk))


def _check(number: int, chunk: Path | bytes, format_: Format) -> None:
    """By its first bytes."""
    try:
        start = head(_begun(chunk))
    except BrokenChunkError as fault:
        raise BrokenChunkError(f"Chunk {number}: {fault}") from fault
    if start.format != format_:
        raise MixedChunksError(f"Chunk {number} is {start.format}, the film is {format_}.")


def _begun(chunk: Path | bytes) -> bytes:
    if isinstance(chunk, bytes):
        return chunk[: HEAD.size]
    with chunk.open("rb") as file:
        return file.read(HEAD.size)


def _chapter(number: int, chapter: Chapter) -> av.container.Chapter:
    return {
        "id": number,
        "start": round(chapter.start * 1000),
        "end": round(chapter.end * 1000),
        "time_base": Fraction(1, 1000),
        "metadata": {"title": chapter.title},
    }


def _streams(film: OutputContainer, format_: Format) -> tuple[VideoStream, AudioStream]:
    video = film.add_stream("libx264", rate=format_.fps, options=options(format_))
    configure(video.codec_context, format_)
    audio = film.add_stream("aac", rate=RATE, layout="stereo")
    audio.bit_rate = BIT_RATE
    return video, audio


def _visible(chunks: Sequence[Path | bytes], stream: VideoStream, format_: Format) -> Iterator[Timed]:
    """Decoding times come from the packet's place in the whole film: chunks of one or two frames stay in step."""
    place = start = 0
    for number, chunk in enumerate(chunks):
        whole = _whole(number, chunk, stream.codec_context.extradata)
        for pts, key, data in whole.packets:
            packet = av.Packet(data)
            packet.time_base = Fraction(1, format_.fps)
            packet.pts, packet.dts, packet.duration = start + pts, place - REORDER, 1
            packet.is_keyframe = key
            packet.stream = stream
            yield (place - REORDER) * RATE, packet
            place += 1
        start += len(whole.packets)


def _whole(number: int, chunk: Path | bytes, extradata: bytes | None) -> Packets:
    try:
        whole = unpacked(chunk if isinstance(chunk, bytes) else chunk.read_bytes())
    except BrokenChunkError as fault:
        raise BrokenChunkError(f"Chunk {number}: {fault}") from fault
    if whole.extradata != extradata:
        raise MixedChunksError(f"Chunk {number} was drawn by another build of the encoder: draw it again.")
    return whole


def _audible(sounds: Iterable[SoundPacket], stream: AudioStream, format_: Format) -> Iterator[Timed]:
    for sound in sounds:
        packet = av.Packet(sound.data)
        packet.time_base = Fraction(1, RATE)
        packet.pts = packet.dts = sound.pts
        packet.duration = sound.duration
        packet.is_keyframe = True
        packet.stream = stream
        yield sound.pts * format_.fps, packet
