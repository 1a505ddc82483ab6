"""Whatever comes in whatever order, a job is never in a state that the table does not allow."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from philo_contracts.envelope import Envelope, wrap
from philo_contracts.events import JobRequested
from philo_contracts.evolution import OPEN, TRANSITIONS, ImpossibleTransition, evolve, fold, ways_of
from philo_contracts.freeze import published
from philo_contracts.job import FINAL, Job, Status
from philo_contracts.sampling import sample_of

FACTS = [
    kind.model_validate(sample_of(kind))
    for kind in published()
    if kind.source == "gateway" and "job" in kind.model_fields
]
START = datetime(2026, 1, 2, tzinfo=UTC)
FACTS_BY_NAME = {type(fact).__name__: fact for fact in FACTS}
sequences = st.lists(st.sampled_from(FACTS), max_size=30)
REACHABLE = {(status, to) for froms, to in TRANSITIONS.values() for status in froms}


def lived(facts) -> list[tuple[Job, object]]:
    """The job after each fact that could follow, as a process manager would only say those."""
    job, life = Job(), []
    for tick, fact in enumerate(facts):
        try:
            job = evolve(job, fact, START + timedelta(seconds=tick))
        except ImpossibleTransition:
            continue
        life.append((job, fact))
    return life


@given(sequences)
def test_no_sequence_leaves_the_table_of_transitions(facts):
    status = Status.PENDING
    for job, _ in lived([FACTS_BY_NAME["JobRequested"], *facts]):
        assert job.status == status or (status, job.status) in REACHABLE
        status = job.status


@given(sequences)
def test_progress_never_falls_and_is_whole_only_when_completed(facts):
    progress = 0
    for job, _ in lived(facts):
        assert job.progress >= progress
        assert (job.progress == 100) == (job.status is Status.COMPLETED) or progress == 100
        progress = job.progress


@given(sequences, st.integers(0, 30))
def test_a_fold_may_be_broken_off_and_gone_on_with_anywhere(facts, place):
    said = [
        wrap(fact, source="gateway", stream="job/text", version=version + 1).model_copy(update={"time": job.updated_at})
        for version, (job, fact) in enumerate(lived(facts))
    ]
    assert fold(said[place:], fold(said[:place])) == fold(said)
    assert fold(said).version == len(said)


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: type(fact).__name__)
@pytest.mark.parametrize("status", Status)
def test_a_fact_that_the_table_does_not_allow_cannot_follow(fact, status):
    allowed, _ = ways_of(fact, status)
    job = Job(version=1, status=status)
    if status in allowed and not isinstance(fact, JobRequested):
        assert evolve(job, fact, START).version == 2
    else:
        with pytest.raises(ImpossibleTransition, match=type(fact).__name__):
            evolve(job, fact, START)


def test_a_story_begins_with_the_request_and_has_only_one():
    job = fold([envelope(FACTS_BY_NAME["JobRequested"])])
    assert (job.status, job.version) == (Status.PENDING, 1)
    with pytest.raises(ImpossibleTransition):
        evolve(job, FACTS_BY_NAME["JobRequested"], START)
    with pytest.raises(ImpossibleTransition):
        evolve(Job(), FACTS_BY_NAME["JobPlanned"], START)


def completed() -> Job:
    """A finished film of one scene, whose id is that of every sample."""
    way = ("JobRequested", "JobQueued", "JobModerating", "JobStarted", "JobPlanned", "ScenePainted", "JobCompleted")
    return fold([envelope(FACTS_BY_NAME[name]) for name in way])


def test_a_scene_that_is_redrawn_names_the_job_that_does_it_and_the_film_stays():
    before = completed()
    job = evolve(before, FACTS_BY_NAME["SceneRedrawStarted"].model_copy(update={"child": "edit"}), START)
    assert (job.status, job.film, job.progress) == (Status.COMPLETED, before.film, 100)
    assert (job.scene("text").status, job.scene("text").redraw_job_id) == ("redrawing", "edit")
    again = evolve(job, FACTS_BY_NAME["SceneRedrawAbandoned"], START)
    assert again.scenes == tuple(scene.model_copy(update={"status": "rendered"}) for scene in before.scenes)


def test_a_revised_film_has_the_new_takes_and_says_who_made_it():
    fact = FACTS_BY_NAME["FilmRevised"]
    [take] = fact.takes
    take = take.model_copy(update={"scene": take.scene.model_copy(update={"revision": 2, "narration": "Other words."})})
    started = evolve(completed(), FACTS_BY_NAME["SceneRedrawStarted"], START)
    job = evolve(started, fact.model_copy(update={"takes": (take,), "revision": 2, "child": "edit"}), START)
    assert (job.status, job.film.revision, job.film.made_by) == (Status.COMPLETED, 2, "edit")
    [scene] = job.scenes
    assert (scene.narration, scene.revision, scene.shown) == ("Other words.", 2, take.scene.picture)
    assert (scene.status, scene.redraw_job_id) == ("rendered", None)


def test_the_preview_of_a_completed_film_may_still_grow():
    job = evolve(completed(), FACTS_BY_NAME["PreviewGrew"], START)
    assert (job.status, len(job.preview)) == (Status.COMPLETED, 1)


def test_an_export_has_one_stage():
    asked = FACTS_BY_NAME["JobRequested"]
    assert [stage.name for stage in fold([envelope(asked)]).stages] == ["join"]
    whole = fold([envelope(asked.model_copy(update={"export": None}))])
    assert [stage.name for stage in whole.stages] == ["read", "speak", "paint", "draw", "join"]


def test_what_is_final_is_not_open_and_everything_is_one_of_both():
    assert set(Status) == OPEN | FINAL
    assert not OPEN & FINAL


def envelope(fact) -> Envelope:
    return wrap(fact, source="gateway", stream="job/text", version=1)
