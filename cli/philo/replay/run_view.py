"""What a second run found, for a person to read. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from philo.visible import visible
from philo_kernel.replay.recording import Recording
from philo_kernel.replay.rerun import Ran
from philo_kernel.replay.rerun_difference import Divergence

STYLES = {"+": "green", "-": "red", "@": "cyan"}


def told(recording: Recording, ran: Ran, *, everything: bool) -> Iterator[Text]:
    yield Text(visible(f"{recording.about.job} · recorded {recording.about.recorded_at:%Y-%m-%d %H:%M} UTC"), "dim")
    compared = f"{ran.reactions} reactions and {ran.works} pieces of work were compared."
    if not ran.differences:
        yield Text("✓ ", "green") + Text(f"No difference. {compared}")
        return
    shown = ran.differences if everything else ran.differences[:1]
    for number, one in enumerate(shown, 1):
        yield from difference(one, number)
    count = len(ran.differences)
    rest = "" if len(shown) == count else " The first is shown; --all shows all."
    yield Text("✗ ", "red") + Text(f"{count} difference{'s' * (count > 1)}. {compared}{rest}")


def difference(one: Divergence, number: int) -> Iterator[Text]:
    yield Text()
    yield Text(visible(f"{number}. {one.service}, {one.what}"), "bold") + Text(f" · {one.at:%H:%M:%S.%f}", "dim")
    if one.cause:
        cause = one.cause
        why = f"   because of {cause.type}, {cause.subject} version {cause.streamversion}, {cause.id}"
        yield Text(visible(why), "dim")
    if one.words:
        yield Text(visible(f"   {one.words}"), "yellow")
    if not one.then and not one.words:
        yield Text("   Nothing was said then.")
    if not one.now and one.then:
        yield Text("   Nothing would be said now.")
    for line in one.lines():
        yield Text(visible(f"   {line}"), STYLES.get(line[:1], ""))
