"""The section "Render" of docs/benchmarks.md: everything of one run, rewritten by the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.render.findings import Findings, Goal
from benchmarks.render.job import Job
from benchmarks.render.measure import Cost
from benchmarks.render.quality import Equal

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"
BEGIN, END = "<!-- written by make bench-render: begin -->", "<!-- written by make bench-render: end -->"

NAMES = {
    "philo-2": "Philo, 2 workers",
    "philo-1": "Philo, 1 worker",
    "ffmpeg-smooth": "ffmpeg, zoompan from 7,680 px (smooth)",
    "ffmpeg-plain": "ffmpeg, plain zoompan (trembles)",
    "moviepy": "MoviePy 2",
}


def write(text: str, marks: tuple[str, str] = (BEGIN, END)) -> None:
    """Put the text between two marks of the page."""
    begin, end = marks
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(begin)
    _, mark, after = rest.partition(end)
    if not mark:
        raise ValueError(f"{PAGE} has no place for this: the marks {begin} and {end} are missing.")
    PAGE.write_text(f"{before}{begin}\n\n{text}\n{end}{after}", encoding="utf-8")


def text(job: Job, found: Findings) -> str:
    """The whole section, without its heading."""
    parts = (_run(job, found), _goals(found.goals()), _peers(found), _equal(found.equal), _alone(found))
    return "\n\n".join((*parts, _stages(found), _lengths(found), _edits(found)))


def _run(job: Job, found: Findings) -> str:
    return (
        f"{found.machine}. The film: {job.shots} pictures, {job.frames} frames at 1920×1080 and 30 a second, "
        f"{len(job.subtitles)} subtitles, voice and music, x264 veryfast crf 23. One run, all of it in turn; "
        f"it took {found.minutes:.1f} minutes."
    )


def _table(head: str, rows: Iterator[str] | Sequence[str]) -> str:
    rule = "|" + " --- |" * (head.count("|") - 1)
    return "\n".join((head, rule, *rows))


def _goals(goals: Sequence[Goal]) -> str:
    rows = [
        f"| {goal.what} | {goal.asked} | {goal.measured:{goal.form}} | {'yes' if goal.met else '**no**'} |"
        for goal in goals
    ]
    return _table("| goal | asked | measured | met |", rows)


def _peers(found: Findings) -> str:
    best = found.results["philo-2"].cost.wall
    rows = []
    for name, label in NAMES.items():
        result = found.results[name]
        rows.append(
            f"| {label} | {_costs(result.cost)} | {result.cost.wall / best:.2f} | "
            f"{result.size / 2**20:.2f} | {f'{result.ssim:.4f}' if result.ssim else '–'} |"
        )
    said = found.results["x264"].cost.said
    for key, label in (("two", "x264 alone, 2 threads, chunks"), ("one", "x264 alone, 1 thread, one stream")):
        wall, cpu, size = (said[f"{key}_{figure}"] for figure in ("wall", "cpu", "bytes"))
        rows.append(f"| {label} | {wall:.1f} | {cpu:.1f} | – | {wall / best:.2f} | {size / 2**20:.2f} | – |")
    return _table("| | wall s | CPU s | peak memory MB | time ÷ Philo's | file MB | SSIM |", rows)


def _costs(cost: Cost) -> str:
    return f"{cost.wall:.1f} | {cost.cpu:.1f} | {cost.memory / 2**20:.0f}"


def _equal(equal: Equal) -> str:
    sizes = ", ".join(f"crf {p.crf}: {p.size / 2**20:.2f} MB at SSIM {p.ssim:.4f}" for p in equal.points)
    told = f"Philo's file at other qualities: {sizes}. ffmpeg's smooth film has {equal.peer.size / 2**20:.2f} MB at "
    told += f"SSIM {equal.peer.ssim:.4f}; "
    if equal.size is None:
        return told + "Philo's films do not meet that SSIM, so there is no size to compare."
    return told + (
        f"at that SSIM Philo's would have {equal.size / 2**20:.2f} MB, {equal.size / equal.peer.size:.0%} of its bytes."
    )


def _alone(found: Findings) -> str:
    rows = [
        _own(found, "flat picture, plain subtitles, 2 workers", "philo-2", ("x264", "two")),
        _own(found, "the spoken word shines, 2 workers", "philo-lit", None),
        _own(found, "and depth, and living details, 2 workers", "philo-deep", ("x264-deep", "two")),
        _own(found, "flat picture, plain subtitles, 1 worker", "philo-1", ("x264", "one")),
    ]
    return _table("| Philo | wall s | CPU s | peak memory MB | ÷ x264 alone on its frames | by CPU |", rows)


def _own(found: Findings, label: str, name: str, bare: tuple[str, str] | None) -> str:
    ratio = f"{found.over_bare(name, *bare):.2f} | {found.cpu_over_bare(name, *bare):.2f}" if bare else "– | –"
    return f"| {label} | {_costs(found.results[name].cost)} | {ratio} |"


def _stages(found: Findings) -> str:
    names = ("imports", "decode", "pack", "draw", "x264", "sound", "AAC", "join", "other")
    rows = []
    for kind, seconds in found.stages.items():
        whole = sum(seconds.values())
        cells = " | ".join(f"{seconds.get(name, 0.0):.2f} ({seconds.get(name, 0.0) / whole:.0%})" for name in names)
        rows.append(f"| {kind} | {cells} | {whole:.1f} |")
    return _table(f"| CPU s, 1 worker | {' | '.join(names)} | all |", rows)


def _lengths(found: Findings) -> str:
    rows = [
        f"| {minutes:g} | {workers} | {cost.said['seconds']:.0f} | {cost.wall:.1f} | "
        f"{cost.said['seconds'] / cost.wall:.1f} | {60 * cost.wall / cost.said['seconds']:.1f} | "
        f"{cost.memory / 2**20:.0f} | {cost.largest / 2**20:.0f} |"
        for (minutes, workers), cost in found.lengths.items()
    ]
    return _table(
        "| minutes, 720p | workers | film s | wall s | × real time | s a minute | MB, all | MB, largest |", rows
    )


def _edits(found: Findings) -> str:
    said = found.edits.said
    rows = [
        f"| {label} | {said[f'{name}_chunks']:.0f} | {said[name]:.2f} | {said[name] / said['full']:.1%} |"
        for name, label in (("full", "whole film"), ("edit", "one scene's words changed"), ("again", "the same again"))
    ]
    return _table("| twelve scenes, 720p, 2 warm workers | chunks drawn | wall s | of the whole |", rows)
