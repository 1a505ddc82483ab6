"""The queue: who comes next, and how long it takes, by what others took."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from notify_world import Story, first, until

from philo_contracts.events import JobCompleted, SceneDrawn, ScenePainted, SceneVoiced
from philo_contracts.shapes import Blob, Picture
from philo_kernel.metrics.instruments import REGISTRY
from philo_kernel.unit import unit_of_work
from philo_notify.queue.board import Board
from philo_notify.queue.domain import UNKNOWN, Entry, Past, Sort, figures, sort_of, told_again, typical, work_in

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
BLOB = Blob(key="k", size_bytes=1, media_type="image/png")


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def entry(job: str, due: float, done: float = 0.0) -> Entry:
    return Entry(job, "ada", Sort("video"), at(due), {"draw": done})


HISTORY = {Sort("video"): Past(5, {"read": 1.0, "draw": 20.0, "join": 3.0})}


def test_a_job_waits_for_what_is_due_before_it():
    found = figures([entry("b", 10), entry("a", 0), entry("c", 20)], HISTORY)
    assert [(job, found[job].position, found[job].estimated_time) for job in "abc"] == [
        ("a", 1, 24.0),
        ("b", 2, 48.0),
        ("c", 3, 72.0),
    ]
    assert {one.pending_jobs for one in found.values()} == {3}


def test_what_lies_behind_a_job_is_not_waited_for():
    found = figures([entry("a", 0, done=0.5), entry("b", 10)], HISTORY)
    assert (found["a"].estimated_time, found["b"].estimated_time) == (14.0, 38.0)


def test_time_is_shared_among_all_that_were_open():
    assert work_in(at(0), at(10), []) == 10
    assert work_in(at(0), at(10), [(at(0), at(10))]) == 5
    assert work_in(at(0), at(10), [(at(-5), at(4)), (at(2), at(20))]) == pytest.approx(2 / 2 + 2 / 3 + 6 / 2)


def test_the_work_of_equal_jobs_adds_up_to_the_time_that_all_of_them_took():
    spans = [(at(0), at(30)), (at(0), at(60)), (at(0), at(60))]
    works = [work_in(*span, [other for other in spans if other is not span]) for span in spans]
    assert sum(works) == pytest.approx(60)


def test_the_narrowest_sort_of_which_there_is_enough_is_believed():
    long, short = sort_of("video", "720p", 9_000), sort_of("video", "720p", 300)
    history = {
        long: Past(3, {"draw": 90.0}),
        short: Past(2, {"draw": 9.0}),
        Sort("video", "720p"): Past(5, {"draw": 60.0}),
    }
    assert typical(long, history) == {"draw": 90.0}
    assert typical(short, history) == {"draw": 60.0}
    assert typical(Sort("analysis"), history) == UNKNOWN


def test_time_that_merely_passes_is_no_news():
    found = figures([entry("a", 0), entry("b", 10)], HISTORY)
    later = figures([entry("a", 0, done=0.1), entry("b", 10)], HISTORY)
    over = figures([entry("b", 10)], HISTORY)
    assert not told_again(found["b"], later["b"])
    assert told_again(found["b"], over["b"])


def film(story: Story) -> list:
    """All that is left to do after the plan."""
    picture = Picture(image=BLOB)
    facts = [
        SceneVoiced(job=story.job, scene="s01", revision=1, duration=2, provider="p"),
        ScenePainted(job=story.job, scene="s01", revision=1, shown=picture, provider="p"),
        SceneDrawn(job=story.job, scene="s01", revision=1, duration=2),
        JobCompleted(job=story.job, video=BLOB, duration=2, width=1, height=1, fps=30),
    ]
    return [story.next(fact) for fact in facts]


def timed(envelopes: list, *seconds: float) -> list:
    return [one.model_copy(update={"time": at(when)}) for one, when in zip(envelopes, seconds, strict=True)]


@pytest.mark.stack
async def test_what_a_job_took_is_written_down_leg_by_leg(ada, engine):
    story = Story(ada.user)
    await ada.hears(timed([*story.beginning(), *story.planned(), *film(story)], 0, 0, 1, 2, 4, 5, 6, 34, 36))
    async with unit_of_work(engine, "notify") as unit:
        work = await unit.connection.fetchval("select work::text from queue_job where job = $1", story.job)
    legs = json.loads(work)
    assert legs == {"read": legs["read"], "draw": legs["draw"], "join": legs["join"]}
    assert sum(legs.values()) <= 36
    assert legs["draw"] > legs["read"]


@pytest.mark.stack
async def test_the_first_estimate_is_measured_by_what_it_took(ada, engine):
    count, total = sooner()
    story = await ada.begun()
    await Board(engine, lambda _: None, 60).look()
    async with unit_of_work(engine, "notify") as unit:
        row = await unit.connection.fetchrow("select promised, promised_at from queue_job where job = $1", story.job)
    await ada.hears([*story.planned(), *film(story)])
    assert sooner() == (count + 1, pytest.approx(total + row["promised"], abs=5))


def sooner() -> tuple[float, float]:
    """How many films were done sooner than was promised, and by how many seconds."""
    about = {"kind": "video", "came": "sooner"}
    name = "queue_estimate_error_seconds"
    return tuple(REGISTRY.get_sample_value(f"{name}_{part}", about) or 0.0 for part in ("count", "sum"))


@pytest.mark.stack
async def test_the_depth_of_the_queue_is_told(ada, bob, engine):
    await bob.begun()
    story = await ada.begun()
    board = Board(engine, lambda _: None, 60)
    await board.look()
    before = REGISTRY.get_sample_value("job_queue_depth", {"kind": "video"})
    await ada.hears([story.cancelled()])
    await board.look()
    assert before - REGISTRY.get_sample_value("job_queue_depth", {"kind": "video"}) == 1


@pytest.mark.stack
async def test_figures_are_told_to_who_waits_when_they_change(ada, bob, listening, app):
    before = await bob.begun()
    story = await ada.begun()
    board = app.state.board
    async with listening.ws(ada.user, "/realtime/ws?after=2") as socket:
        await until(lambda: app.state.streams.wakes.sleepers)
        await board.look()
        [told] = await first(socket, 1)
        assert (told["event"], told["id"], told["job_id"]) == ("queue.metrics", "2", story.job)
        assert told["queue"]["position"] > 1
        await bob.hears([before.cancelled()])
        await board.look()
        [again] = await first(socket, 1)
        assert again["queue"]["position"] == told["queue"]["position"] - 1
        assert again["queue"]["pending_jobs"] == told["queue"]["pending_jobs"] - 1


@pytest.mark.stack
async def test_a_board_learns_from_the_history(ada, engine):
    stories = [Story(ada.user) for _ in range(3)]
    for story in stories:
        await ada.hears([*story.beginning(), *story.planned(), *film(story)])
    board = Board(engine, lambda _: None, 60)
    await board.look()
    assert board.history[Sort("video", "720p")].count >= 3
