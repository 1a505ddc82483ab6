"""The head of a film in parts: which tracks there are, and that their samples come later (ISO/IEC 14496-12)."""

from __future__ import annotations

from philo_render.film.format import Format
from philo_render.film.preview.boxes import box, full_box, words
from philo_render.film.preview.tracks import AUDIO, UNITY, VIDEO, audio_track, video_track


def init(format_: Format, extradata: bytes) -> bytes:
    """`ftyp` and `moov`, which a player reads before any part: equal for all chunks that are drawn alike.

    `extradata` holds a chunk's parameter sets; BrokenFilmError if they are missing.
    """
    extends = (full_box("trex", 0, 0, words(track, 1, 0, 0, 0)) for track in (VIDEO, AUDIO))
    clock, upright = words(0, 0, 1000, 0), words(0x10000) + b"\1\0" + bytes(10) + UNITY
    return box("ftyp", b"iso6", words(0), b"iso6", b"mp41") + box(
        "moov",
        full_box("mvhd", 0, 0, clock, upright, bytes(24), words(AUDIO + 1)),
        video_track(format_, extradata),
        audio_track(),
        box("mvex", *extends),
    )
