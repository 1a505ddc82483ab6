"""Making a scene watchable in a child process, as soon as its last frame is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from philo_kernel.work import Hopeless
from philo_render import film
from philo_render.crew.room import no_room
from philo_render.film import preview as hls
from philo_render.film.packets import unpacked
from philo_render.orders import Draw


def preview(order: Draw, chunks: Sequence[Path], audio: Path, target: Path) -> bytes:
    """Voice and picture as a part of an HLS stream (fMP4), as loud as the finished film, which brings the music.

    Writes the part to `target`, and gives the head that all parts of the film share. Raises BrokenChunkError,
    MixedChunksError, `Passing` when the disk is full, and `Hopeless` when the voice cannot be used.
    """
    packets = [unpacked(chunk.read_bytes()) for chunk in chunks]
    first = packets[0]
    clock, place = first.format, order.place
    voice = film.Voice(clock.seconds(place.voice - place.first), audio, f"The voice of scene {order.index + 1}")
    try:
        with film.mix([voice], None, clock.seconds(place.end - place.first), scratch=target.parent) as sound:
            last = order.index == order.count - 1
            part = hls.part(packets, [(0.0, sound.whole())], first_frame=place.first, last=last)
        target.write_bytes(part)
    except film.BrokenFilmError as error:
        raise Hopeless("scene_not_watchable", f"The scene cannot be watched. {error}") from error
    except OSError as error:
        raise no_room(target.parent, error) from error
    return hls.init(clock, first.extradata)
