"""Chunks and sound become an MP4: video packets are copied, the sound is encoded once for the whole film."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path

import av
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.stream import Stream
from av.video.stream import VideoStream

from philo_render.film.aac import SoundPacket, encoded
from philo_render.film.encode import REORDER, configure, options
from philo_render.film.faults import BrokenChunkError, MixedChunksError
from philo_render.film.format import Format
from philo_render.film.loudness import RATE, Sound
from philo_render.film.packets import Packets, unpacked
from philo_render.film.timeline import Chapter


def join(
    chunks: Sequence[bytes],
    sound: Sound,
    path: Path,
    format_: Format,
    *,
    title: str = "",
    chapters: Sequence[Chapter] = (),
) -> None:
    """Write the film to `path`: H.264 as drawn, AAC-LC 48 kHz stereo 160 kbit/s, index in front.

    `sound` (2, samples) at 48 kHz is cut or padded with silence to the picture's length. BrokenChunkError and
    MixedChunksError say which chunk cannot be joined.
    """
    parts = [_read(number, chunk) for number, chunk in enumerate(chunks)]
    _agree(parts, format_)
    frames = sum(len(part.packets) for part in parts)
    with av.open(path, "w", format="mp4", options={"movflags": "+faststart"}) as film:
        film.metadata["title"] = title
        film.set_chapters([_chapter(number, chapter) for number, chapter in enumerate(chapters)])
        video, audio = _streams(film, format_)
        film.start_encoding()
        if video.codec_context.extradata != parts[0].extradata:
            raise MixedChunksError("The chunks were drawn by another build of the encoder: draw them again.")
        for packet in _interleaved(parts, encoded(sound, frames * RATE // format_.fps), video, audio):
            film.mux(packet)


def _read(number: int, chunk: bytes) -> Packets:
    try:
        return unpacked(chunk)
    except BrokenChunkError as fault:
        raise BrokenChunkError(f"Chunk {number}: {fault}") from fault


def _agree(parts: Sequence[Packets], format_: Format) -> None:
    if not parts:
        raise MixedChunksError("A film needs at least one chunk.")
    for number, part in enumerate(parts):
        if part.format != format_:
            raise MixedChunksError(f"Chunk {number} is {part.format}, the film is {format_}.")
        if part.extradata != parts[0].extradata:
            raise MixedChunksError(f"Chunk {number} was encoded otherwise than the first: draw it again.")


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
    audio.bit_rate = 160_000
    return video, audio


def _interleaved(
    parts: Sequence[Packets], sound: Sequence[SoundPacket], video: VideoStream, audio: AudioStream
) -> Iterator[av.Packet[Stream]]:
    """All packets in the order of their decoding times, so that players read the file from front to back."""
    fps = parts[0].format.fps
    heard = 0
    for number, packet in enumerate(_pictures(parts, video)):
        while heard < len(sound) and sound[heard].pts * fps <= (number - REORDER) * RATE:
            yield _audible(sound[heard], audio)
            heard += 1
        yield packet
    for rest in sound[heard:]:
        yield _audible(rest, audio)


def _pictures(parts: Sequence[Packets], stream: VideoStream) -> Iterator[av.Packet[Stream]]:
    """Decoding times come from the packet's place in the whole film: chunks of one or two frames stay in step."""
    number = start = 0
    for part in parts:
        for pts, key, data in part.packets:
            packet = av.Packet(data)
            packet.time_base = Fraction(1, part.format.fps)
            packet.pts, packet.dts, packet.duration = start + pts, number - REORDER, 1
            packet.is_keyframe = key
            packet.stream = stream
            yield packet
            number += 1
        start += len(part.packets)


def _audible(sound: SoundPacket, stream: AudioStream) -> av.Packet[Stream]:
    packet = av.Packet(sound.data)
    packet.time_base = Fraction(1, RATE)
    packet.pts = packet.dts = sound.pts
    packet.duration = sound.duration
    packet.is_keyframe = True
    packet.stream = stream
    return packet
