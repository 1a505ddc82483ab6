"""What an edit asks to be made: one scene otherwise, and all others found again."""

from datetime import UTC, datetime

import pytest
from editing_world import SCENES, way_of
from gateway_world import accepted, blob, hears, told
from hypothesis import given
from hypothesis import strategies as st

from philo_contracts.events import FilmRevised, JobCancelled, JobCompleted, JobFailed, SceneRedrawAbandoned
from philo_contracts.evolution import evolve
from philo_contracts.job import Job
from philo_contracts.shapes import Aspect, Fault, MusicWish, Picture, VideoConfig
from philo_gateway.editing.outcome import settled
from philo_gateway.editing.plans import NothingChanges, altered, edited, filmed, forked, restored
from philo_gateway.jobs.store import Held, stream_of
from philo_kernel.unit import Unit

NOW = datetime(2026, 1, 1, tzinfo=UTC)
PHOTO = Picture(image=blob("photo.jpg", "image/jpeg"), asset="upload")
COMPLETED = JobCompleted(job="edit", video=blob("v2"), duration=9, width=1, height=1, fps=30)
FAILED = JobFailed(job="edit", fault=Fault(code="broken", message="It broke."))


@pytest.fixture
async def film() -> Job:
    """A finished film of three scenes, without a database."""
    unit, one = Unit("gateway", None, None), Held(accepted("film"))
    unit.memory[stream_of("film")] = one
    await hears(unit, [told(fact) for fact in way_of("film", VideoConfig())])
    return one.job


def with_photo(job: Job) -> Job:
    return job.model_copy(update={"scenes": tuple(scene.model_copy(update={"shown": PHOTO}) for scene in job.scenes)})


def change_of(job: Job, picture: Picture | None = None, **change):
    """The plan of an edit of the second scene, and that scene in it."""
    plan = edited(job, job.scenes[1], change, picture)
    return plan, plan.scenes[1]


def test_all_but_the_edited_scene_show_what_they_showed(film):
    plan, scene = change_of(film, narration="Otherwise.")
    assert [one for one in plan.scenes if one is not scene] == [filmed(film.scenes[0]), filmed(film.scenes[2])]
    assert all(one.picture for one in plan.scenes if one is not scene)
    assert (scene.revision, scene.narration, scene.visual_prompt) == (2, "Otherwise.", SCENES[1].visual_prompt)
    assert (plan.changed, plan.origin, plan.title, plan.mood) == (("s02",), "film", film.title, film.mood)


@pytest.mark.parametrize(
    ("change", "drawn_anew", "judged"),
    [
        ({"narration": "Otherwise."}, True, True),
        ({"visual_prompt": "a ship"}, True, True),
        ({"title": "Other"}, False, True),
        ({"voice": "espeak:en"}, False, False),
        ({"speed": 0}, False, False),
        ({"voice": "espeak:en", "narration": SCENES[1].narration}, False, False),
    ],
)
def test_a_picture_is_drawn_anew_only_when_its_words_change(film, change, drawn_anew, judged):
    plan, scene = change_of(film, **change)
    assert scene.picture == (None if drawn_anew else film.scenes[1].shown)
    assert plan.changed == (("s02",) if judged else ())


def test_a_picture_that_is_given_is_shown(film):
    assert change_of(film, PHOTO, narration="Otherwise.")[1].picture == PHOTO


def test_what_a_person_uploaded_stays_until_they_ask_for_another_picture(film):
    mine = with_photo(film)
    assert change_of(mine, narration="Otherwise.")[1].picture == PHOTO
    assert change_of(mine, visual_prompt="a ship")[1].picture is None


@pytest.mark.parametrize("change", [{}, {"title": "Scene 2"}, {"voice": None, "speed": None}])
def test_an_edit_that_changes_nothing_is_none(film, change):
    with pytest.raises(NothingChanges):
        change_of(film, **change)


def test_an_earlier_take_comes_back_with_its_words_and_its_picture_and_nothing_to_judge(film):
    now = film.scenes[1].model_copy(update={"revision": 4, "narration": "Later words.", "shown": PHOTO})
    plan = restored(film, now, film.scenes[1])
    assert plan.scenes[1] == filmed(film.scenes[1]).model_copy(update={"revision": 5})
    assert plan.changed == ()


@pytest.mark.parametrize(
    ("wish", "drawn_anew"),
    [
        (VideoConfig(voice="espeak:en"), False),
        (VideoConfig(resolution="1080p", music=MusicWish(enabled=False)), False),
        (VideoConfig(aspect=Aspect.TALL), True),
        (VideoConfig(pictures="openai"), True),
    ],
)
def test_a_fork_keeps_pictures_unless_they_were_drawn_for_another_look(film, wish, drawn_anew):
    plan = forked(film, altered(film.config, wish))
    assert [scene.picture is None for scene in plan.scenes] == [drawn_anew] * 3
    assert (plan.changed, plan.origin) == ((), "film")
    assert all(scene.picture == PHOTO for scene in forked(with_photo(film), altered(film.config, wish)).scenes)


def test_a_fork_changes_only_what_was_sent():
    before = VideoConfig(voice="espeak:en", fps=24, music=MusicWish(enabled=False, genre="piano"))
    wish = VideoConfig.model_validate({"aspect": "1:1", "music": {"genre": "ambient"}})
    after = altered(before, wish)
    assert (after.aspect, after.voice, after.fps) == (Aspect.SQUARE, "espeak:en", 24)
    assert after.music == MusicWish(enabled=False, genre="ambient")


def redrawing(film: Job, child: str = "edit") -> Job:
    waiting = film.scenes[1].model_copy(update={"status": "redrawing", "redraw_job_id": child})
    return film.model_copy(update={"scenes": (film.scenes[0], waiting, film.scenes[2])})


def child_of(film: Job) -> Job:
    """The edit when it has ended, with a new second scene."""
    scene = film.scenes[1].model_copy(update={"revision": 2, "narration": "Otherwise.", "duration": 3.0})
    return film.model_copy(update={"id": "edit", "scenes": (film.scenes[0], scene, film.scenes[2])})


def test_a_film_is_revised_by_the_edit_that_was_made_of_it(film):
    parent = redrawing(film)
    [fact] = settled(parent, child_of(film), COMPLETED)
    assert isinstance(fact, FilmRevised)
    after = evolve(parent, fact, NOW)
    assert (after.film.revision, after.film.video, after.film.made_by) == (2, blob("v2"), "edit")
    assert (after.scenes[1].narration, after.scenes[1].duration, after.scenes[1].status) == (
        "Otherwise.",
        3.0,
        "rendered",
    )
    assert (after.scenes[0], after.scenes[2]) == (film.scenes[0], film.scenes[2])


@pytest.mark.parametrize(
    ("end", "reason"), [(FAILED, "It broke."), (JobCancelled(job="edit", reason="enough"), "enough")]
)
def test_an_edit_that_comes_to_nothing_leaves_the_scene_as_it_was(film, end, reason):
    parent = redrawing(film)
    [fact] = settled(parent, child_of(film), end)
    assert (type(fact), fact.reason, fact.scene) == (SceneRedrawAbandoned, reason, "s02")
    after = evolve(parent, fact, NOW)
    assert (after.scenes, after.film) == (film.scenes, film.film)


@given(
    st.lists(st.sampled_from([COMPLETED, FAILED, JobCancelled(job="edit", reason="enough")]), min_size=1, max_size=4)
)
@pytest.mark.heavy
def test_an_edit_is_settled_once_however_often_its_end_is_heard(ends):
    film = Job(version=9, status="completed", id="film", film={"video": blob("v"), **SIZES}, scenes=ONE)
    said = []
    for fact in ends:
        for decision in settled(film, Job(id="edit", scenes=ONE), fact):
            said.append(decision)
            film = evolve(film, decision, NOW)
    assert len(said) == 1


SIZES = {"duration": 4, "width": 1, "height": 1, "fps": 30}
ONE = ({**SCENES[0].model_dump(exclude={"picture", "voice"}), "redraw_job_id": "edit", "status": "redrawing"},)
