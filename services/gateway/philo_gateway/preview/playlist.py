"""The list of a film's finished parts, which only grows (an EVENT playlist, RFC 8216). Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from math import ceil

from philo_contracts.job import FINAL, Job, PreviewPart, Status
from philo_contracts.shapes import Blob

MEDIA_TYPE = "application/vnd.apple.mpegurl"
LONGEST = 15.0
"""Seconds that a part is expected to stay below."""
AROUND = 6.0
"""Seconds that a part may last beyond its voice: the title before the first one, the end after the last."""
PATIENCE = timedelta(minutes=1)
"""How long a finished film waits for the parts that are still on their way; a player that was told the end asks no more."""


def playlist(job: Job, now: datetime, link: Callable[[Blob], str]) -> str:
    """What a player is given; `link` says where an object is."""
    lines = [
        "#EXTM3U",
        "#EXT-X-VERSION:7",
        f"#EXT-X-TARGETDURATION:{target(job)}",
        "#EXT-X-MEDIA-SEQUENCE:0",
        "#EXT-X-PLAYLIST-TYPE:EVENT",
        "#EXT-X-INDEPENDENT-SEGMENTS",
        "#EXT-X-START:TIME-OFFSET=0,PRECISE=YES",
        *listed(job.preview, link),
    ]
    return "\n".join([*lines, "#EXT-X-ENDLIST", ""] if ended(job, now) else [*lines, ""])


def listed(parts: tuple[PreviewPart, ...], link: Callable[[Blob], str]) -> Iterator[str]:
    """Each part with its length; the head of the stream is named once for all that share it."""
    head: Blob | None = None
    for part in parts:
        if part.init != head:
            head = part.init
            yield f'#EXT-X-MAP:URI="{link(head)}"'
        yield f"#EXTINF:{part.duration:.6f},"
        yield link(part.part)


def target(job: Job) -> int:
    """Seconds that no part is longer than. It should not change while the list grows, and a player asks again at its
    pace: so it is small, and raised for a film that has a longer scene as soon as that scene is spoken."""
    spoken = [scene.duration + AROUND for scene in job.scenes if scene.duration]
    return ceil(max([LONGEST, *spoken, *(part.duration for part in job.preview)]))


def ended(job: Job, now: datetime) -> bool:
    """Nothing will be added any more."""
    if job.status not in FINAL:
        return False
    waiting = job.status is Status.COMPLETED and len(job.preview) < len(job.scenes)
    return not waiting or job.completed_at is None or now - job.completed_at > PATIENCE
