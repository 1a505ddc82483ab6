"""The story in a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from philo.films.view import ACCENT
from philo.replay.story_lanes import lanes
from philo.replay.story_moment import began
from philo.replay.story_words import many, minor, words
from philo.visible import visible
from philo_contracts.job import Job
from philo_kernel.replay.story import Moment, Story, end_of, way_to
from philo_kernel.replay.story_chapter import Parked, Waiting

COLOURS = {
    "gateway": ACCENT,
    "auth": "yellow",
    "analysis": "bright_blue",
    "tts": "magenta",
    "render": "green",
    "notify": "cyan",
}
LANE = 48
"""Characters of a lane of time."""
NOTICED = 0.0005


def told(story: Story, job: Job | None, *, everything: bool = False) -> RenderableType:
    """All of it, from the headline to what waits."""
    parts: list[RenderableType] = [headline(story, job), Text(), lane_table(story), Text()]
    parts.append(table_of(story, everything=everything))
    parts += [left for left in (left_out(story, everything=everything),) if left]
    parts += [Text(), Text("Where the time went", "bold"), way_table(story)]
    if story.waiting:
        parts += [Text(), Text("What waits", "bold"), waiting_table(story.waiting, story)]
    if story.parked:
        parts += [Text(), Text("What could not be handled", "bold red"), parked_table(story.parked)]
    parts += [Text(), *unread(story)] if story.away else []
    return Group(*parts)


def headline(story: Story, job: Job | None) -> Text:
    title = visible((job.title if job else None) or "A job")
    erased = sum(moment.erased for moment in story.moments)
    about = [many(len(story.moments), "fact"), many(len(story.services), "store"), f"{length(story):.2f} s"]
    about += [job.status.value, f"{job.progress} %"] if job else []
    about += [f"{erased} of them erased with their owner"] if erased else []
    traces = list(dict.fromkeys(moment.trace_id for moment in story.moments if moment.trace_id))
    about += [visible(f"trace {traces[0]}")] if traces else []
    return Text.assemble((title, f"bold {ACCENT}"), (f"   job {story.job}\n", "dim"), (" · ".join(about), "dim"))


def length(story: Story) -> float:
    """Seconds from the first fact to the last."""
    return (story.moments[-1].at - began(story)).total_seconds()


def way_length(story: Story) -> float:
    """Seconds from the first fact to how the making ended."""
    return (story.moments[end_of(story) - 1].at - began(story)).total_seconds()


def lane_table(story: Story) -> Table:
    """Who was at work when: one line a service, from the first fact to the last."""
    table = Table.grid(padding=(0, 2))
    for lane in lanes(story):
        figures = many(lane.facts, "fact") + (f", {seconds(lane.worked)} of work" if lane.worked else "")
        table.add_row(service(lane.service), bar(lane.cells(LANE), COLOURS[lane.service]), Text(figures, "dim"))
    return table


def bar(cells: Sequence[str], colour: str) -> Text:
    marks = {"work": ("━", colour), "fact": ("╸", colour), "wait": ("┄", "dim"), "idle": ("·", "bright_black")}
    return Text.assemble(*(marks[cell] for cell in cells))


def table_of(story: Story, *, everything: bool) -> Table:
    table = Table(box=None, header_style="dim", pad_edge=False, padding=(0, 2, 0, 0), expand=False)
    for heading, justify in (("", "right"), ("after", "right"), ("who", "left")):
        table.add_column(heading, justify=justify, no_wrap=True)  # type: ignore[arg-type]
    table.add_column("what", overflow="fold", ratio=1)
    for heading in ("because", "waited", "worked"):
        table.add_column(heading, justify="right", no_wrap=True)
    way = set(way_to(story, end_of(story)))
    for moment in story.moments:
        if everything or not minor(moment):
            table.add_row(*row(moment, story, on_way=moment.number in way))
    return table


def row(moment: Moment, story: Story, *, on_way: bool) -> Iterator[Text]:
    yield Text(str(moment.number), "bold" if on_way else "bright_black")
    yield Text(f"{(moment.at - began(story)).total_seconds():.2f} s", "dim")
    yield service(moment.service)
    yield what(moment, on_way=on_way)
    yield Text(because(moment), "dim")
    yield figure(moment.waited, slow=1.0)
    yield figure(moment.worked, slow=float("inf"))


def what(moment: Moment, *, on_way: bool) -> Text:
    style = "dim italic" if moment.erased else "bold" if on_way else ""
    text = Text(words(moment), style)
    for mark, colour in marks(moment):
        text.append(f"  {mark}", colour)
    return text


def marks(moment: Moment) -> Iterator[tuple[str, str]]:
    """What is worth a second look."""
    if moment.attempts and moment.attempts > 1:
        yield f"↻ try {moment.attempts}", "yellow"
    if not moment.published:
        yield "not published yet", "yellow"
    if moment.behind:
        yield f"its clock is {seconds(moment.behind)} behind", "yellow"
    if moment.data is None:
        yield visible(moment.type), "dim"


def because(moment: Moment) -> str:
    if moment.because:
        return f"#{moment.because}"
    return "elsewhere" if moment.cause else ""


def figure(value: float | None, *, slow: float) -> Text:
    if value is None:
        return Text("")
    return Text(seconds(value), "yellow" if value >= slow else "dim" if value < 0.05 else "")


def seconds(value: float) -> str:
    """At a glance: `4 ms`, `0.35 s`, `12.1 s`, `3 min 5 s`."""
    if value < 0.1:
        return f"{value * 1000:.0f} ms" if value >= NOTICED else "0 ms"
    if value < 60:
        return f"{value:.2f} s" if value < 10 else f"{value:.1f} s"
    return f"{int(value // 60)} min {int(value % 60)} s"


def service(name: str) -> Text:
    return Text(name, COLOURS.get(name, ""))


def left_out(story: Story, *, everything: bool) -> Text | None:
    count = 0 if everything else sum(minor(moment) for moment in story.moments)
    return Text(f"{count} news of progress are left out; --all tells them too.", "dim") if count else None


def way_table(story: Story) -> Table:
    """The causes of the end, one after another, as bars: what to look at when it took too long."""
    table = Table.grid(padding=(0, 2))
    whole = max(way_length(story), 1e-9)
    for number in way_to(story, end_of(story)):
        moment = story.moments[number - 1]
        waited, worked = moment.waited or 0.0, moment.worked or 0.0
        bars = Text("─" * round(24 * min(1.0, waited / whole)), "yellow")
        bars.append(
            "━" * max(1 if worked else 0, round(24 * min(1.0, worked / whole))), COLOURS.get(moment.service, "")
        )
        spent = f"waited {seconds(waited)}, worked {seconds(worked)}" if moment.begun_at else ""
        table.add_row(
            Text(f"#{number}", "dim"), service(moment.service), Text(visible(moment.type)), bars, Text(spent, "dim")
        )
    return table


def waiting_table(orders: Iterable[Waiting], story: Story) -> Table:
    table = Table.grid(padding=(0, 2))
    for order in orders:
        age = seconds(max(0.0, (story.now - (order.begun_at or order.ordered_at)).total_seconds()))
        states = {
            "running": f"runs for {age}",
            "waiting": f"waits for {age}",
            "aside": f"laid aside {age} ago, until its job is retried",
        }
        scene = f" of scene {order.scene}" if order.scene else ""
        tries = f", {many(order.tries, 'try', 'tries')} failed" if order.tries else ""
        table.add_row(
            service(order.service), Text(visible(f"{order.task}{scene}")), Text(states[order.state] + tries, "dim")
        )
    return table


def parked_table(letters: Iterable[Parked]) -> Table:
    table = Table.grid(padding=(0, 2))
    for letter in letters:
        name = letter.id.replace("-", "/", 1)
        back = "on its way back" if letter.redriving else f"philo dlq show {name}"
        what, why = Text(visible(letter.type or "?")), Text(visible(letter.error), "red")
        table.add_row(service(letter.service), what, why, Text(back, "dim"))
    return table


def unread(story: Story) -> Iterator[Text]:
    for one in story.away:
        yield Text("! ", "yellow") + Text(
            visible(f"The store of {one.service} could not be read, and its part is missing: {one.why}")
        )
