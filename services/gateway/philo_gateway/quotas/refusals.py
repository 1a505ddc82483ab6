"""Why work is not accepted, in words that help."""

from __future__ import annotations

from collections.abc import Sequence

from philo_contracts.shapes import Tier
from philo_kernel.http.problems import Forbidden, Problem, TooLarge


class QuotaExceeded(Problem):
    slug, title, status = "quota-exceeded", "This month's share is used up", 402


class TierTooLow(Forbidden):
    slug, title = "tier-too-low", "Your tier does not include this"


class QueueFull(Problem):
    """Nothing was accepted, and nothing of what waits is lost."""

    slug, title, status = "queue-full", "Too many of your jobs are waiting", 429


class StorageFull(TooLarge):
    slug, title = "storage-full", "Your files take up all the room there is for them"


RETRY_AFTER = "30"


def queue_full(limit: int) -> QueueFull:
    words = f"{limit} of your jobs are not done yet, which is all there can be. Wait for some of them, or cancel some."
    return QueueFull(words, headers={"Retry-After": RETRY_AFTER})


def resolution_too_high(asked: str, most: str, needed: Tier | None) -> TierTooLow:
    words = f"Films of your tier have at most {most}, and {asked} was asked for. Ask for less{or_subscribe(needed)}."
    return TierTooLow(words, errors=[("/config/resolution", f"At most {most}.")])


def voice_not_included(voice: str, needed: Tier | None) -> TierTooLow:
    words = f"The voice {voice!r} is not among those of your tier. Choose another{or_subscribe(needed)}."
    return TierTooLow(words, errors=[("/config/voice", "Not in your tier.")])


def minutes_used_up(used: float, limit: float, asked: float) -> QuotaExceeded:
    """All in seconds."""
    words = (
        f"{used / 60:.1f} of {limit / 60:g} minutes of film are used or promised this month, and this one needs about "
        f"{asked / 60:.1f}. Make it shorter, wait for the next month, or subscribe to a higher tier."
    )
    return QuotaExceeded(words)


def storage_full(used: int, limit: int, largest: Sequence[tuple[str, int]], needed: Tier | None) -> StorageFull:
    """Sizes are in bytes. `largest` are the names and sizes of files that would make most room."""
    named = ", ".join(f"{name!r} ({size:,} bytes)" for name, size in largest)
    which = f": the largest are {named}. `GET /api/v1/assets` lists all of them" if named else ""
    smaller = ["send a smaller one"] if used < limit else []
    higher = [f"subscribe to {needed.value}"] if needed else []
    ways = ", or ".join([*smaller, *higher, "delete some (`DELETE /api/v1/assets/{asset_id}`)"])
    words = f"Your files have {used:,} of the {limit:,} bytes of your tier, and this one does not fit in."
    return StorageFull(f"{words} {ways[0].upper()}{ways[1:]}{which}.")


def or_subscribe(needed: Tier | None) -> str:
    return f", or subscribe to {needed.value}" if needed else ""
