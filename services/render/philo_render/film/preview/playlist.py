"""The list of a film's finished parts, which only grows (HLS EVENT playlist, RFC 8216)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

LONGEST = 15.0
"""Seconds that a part is expected to stay below."""


class Listed(NamedTuple):
    """Where a part is, from the playlist, and the exact seconds that it lasts (frames over the frame rate)."""

    uri: str
    seconds: Fraction | float


def playlist(parts: Sequence[Listed], *, head: str, ended: bool, longest: float = LONGEST) -> str:
    """`parts` are the gapless beginning of the film in order; `head` is where the `init` bytes are.

    The target duration must not change while the list grows: `longest` is what the longest part may last, in seconds.
    Players begin at the first part even while later ones come.
    """
    target = max([longest, *(float(part.seconds) for part in parts)])
    lines = [
        "#EXTM3U",
        "#EXT-X-VERSION:7",
        f"#EXT-X-TARGETDURATION:{round(target)}",
        "#EXT-X-MEDIA-SEQUENCE:0",
        "#EXT-X-PLAYLIST-TYPE:EVENT",
        "#EXT-X-INDEPENDENT-SEGMENTS",
        "#EXT-X-START:TIME-OFFSET=0,PRECISE=YES",
        f'#EXT-X-MAP:URI="{head}"',
    ]
    for part in parts:
        lines += [f"#EXTINF:{float(part.seconds):.6f},", part.uri]
    if ended:
        lines.append("#EXT-X-ENDLIST")
    return "\n".join([*lines, ""])
