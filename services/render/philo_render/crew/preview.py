"""Making a scene watchable in a child process, as soon as its last frame is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from philo_render import film
from philo_render.film import preview as hls
from philo_render.film.packets import unpacked
from philo_render.orders import Draw


@dataclass(frozen=True)
class Part:
    """A scene as a part of an HLS stream (fMP4), and the head that all parts of the film share."""

    init: bytes
    part: bytes


def preview(order: Draw, chunks: Sequence[bytes], audio: bytes) -> Part:
    """Voice and picture, muxed, as loud as the finished film, which brings the music."""
    packets = [unpacked(chunk) for chunk in chunks]
    first = packets[0]
    clock, place = first.format, order.place
    voice = film.Voice(clock.seconds(place.voice - place.first), audio, order.scene)
    with film.mix([voice], None, clock.seconds(place.end - place.first)) as sound:
        last = order.index == order.count - 1
        part = hls.part(packets, [(0.0, sound.whole())], first_frame=place.first, last=last)
    return Part(hls.init(clock, first.extradata), part)
