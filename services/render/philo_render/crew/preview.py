"""Making a scene watchable in a child process, as soon as its last frame is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from philo_render.film import preview as hls
from philo_render.film import read_sound
from philo_render.film.packets import unpacked
from philo_render.orders import Draw


@dataclass(frozen=True)
class Part:
    """A scene as a part of an HLS stream (fMP4), and the head that all parts of the film share."""

    init: bytes
    part: bytes


def preview(order: Draw, chunks: Sequence[bytes], audio: bytes) -> Part:
    """Voice and picture, muxed. The music comes with the finished film."""
    packets = [unpacked(chunk) for chunk in chunks]
    first = packets[0]
    begins = first.format.seconds(order.place.voice - order.place.first)
    part = hls.part(
        packets,
        [(begins, read_sound(audio))],
        first_frame=order.place.first,
        last=order.index == order.count - 1,
    )
    return Part(hls.init(first.format, first.extradata), part)
