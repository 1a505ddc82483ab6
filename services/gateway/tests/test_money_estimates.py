"""What films need, whom they ask, and how long they take: before anything is stored."""

from datetime import date
from decimal import Decimal

import pytest
from gateway_world import blob

from philo_contracts.job import Job, SceneState
from philo_contracts.shapes import Cards, MusicWish, Picture, Plan, VideoConfig
from philo_gateway.editing.plans import edited, forked
from philo_gateway.jobs.shapes import JobRequest
from philo_gateway.money.prices import MAKERS, Maker
from philo_gateway.money.treasury import Treasury

DAY = date(2026, 11, 21)
READER = Maker("text", "openai", "gpt-4o-mini")
VOICE = Maker("speech", "openai", "tts-1")
SCRIPT = "The sea was calm that night. Far away a bell rang twice, and then it was silent. " * 5
HIRING = Treasury(makers=(*MAKERS, READER, Maker("moderation", "openai", "omni-moderation-latest"), VOICE))
PAINTED = VideoConfig(pictures="stability")


def film(config: VideoConfig = PAINTED) -> Job:
    scenes = tuple(
        SceneState(
            id=f"s{at}",
            index=at,
            revision=1,
            title=f"Scene {at}",
            narration="Twelve words are said in this scene, as in each of the others.",
            visual_prompt="A sea",
            mood="calm",
            language="en",
            shown=Picture(image=blob(f"{at}.jpg")),
        )
        for at in range(4)
    )
    return Job(id="j", user_id="ada", config=config, scenes=scenes, language="en", title="A film")


def of_edit(**change) -> tuple[dict[str, dict[str, float]], float]:
    """Whom an edit of the second scene asks and for how much, and seconds until it is done."""
    job = film()
    plan = edited(job, job.scenes[1], change, None)
    return told(HIRING.of_plan(plan, job, job.config, DAY))


def told(found) -> tuple[dict[str, dict[str, float]], float]:
    return {line.maker.service: line.quantities for line in found.lines}, found.pace.whole


def test_nobody_is_asked_for_a_film_that_philo_makes_alone():
    found = Treasury().of_wish(JobRequest(script=SCRIPT), DAY)
    assert (found.lines, found.amount) == ((), 0)


def test_everybody_who_is_hired_is_in_the_estimate():
    wish = JobRequest(script=SCRIPT, config=VideoConfig(pictures="openai", scenes=3))
    found = HIRING.of_wish(wish, DAY)
    by = {line.maker.service: line for line in found.lines}
    assert by["picture"].amount == Decimal("0.189")
    assert by["speech"].quantities == {"characters": len(wish.script or "")}
    assert by["moderation"].amount == 0
    assert 0 < (by["text"].amount or 0) < Decimal("0.01")
    assert found.amount >= sum((line.amount or 0) for line in found.lines)


def test_an_estimate_is_rounded_up_to_what_is_shown():
    found = Treasury(makers=(READER,)).of_wish(JobRequest(script=SCRIPT), DAY)
    exact = found.lines[0].amount or Decimal(0)
    assert 0 < found.amount - exact < Decimal("0.0001")


def test_without_a_model_a_prompt_is_narrated_and_with_one_a_film_is_written():
    prompt = JobRequest(prompt="A film about tea")
    alone, written = Treasury().of_wish(prompt, DAY), HIRING.of_wish(prompt, DAY)
    assert alone.scenes == 1
    assert written.scenes == 6
    assert written.duration > 40


def test_a_slower_voice_makes_the_film_longer_and_not_more_scenes():
    natural, slow = (
        Treasury().of_wish(JobRequest(script=SCRIPT, config=VideoConfig(speed=speed)), DAY) for speed in (50, 0)
    )
    assert slow.scenes == natural.scenes
    assert slow.duration > natural.duration * 1.5


@pytest.mark.parametrize("config", [VideoConfig(resolution="1080p"), VideoConfig(fps=60), PAINTED])
def test_what_is_more_work_takes_longer(config):
    plain, heavy = (Treasury().of_wish(JobRequest(script=SCRIPT, config=one), DAY) for one in (VideoConfig(), config))
    assert heavy.pace.whole > plain.pace.whole
    assert heavy.pace.first_scene > plain.pace.first_scene


def test_music_of_others_is_for_as_long_as_the_film():
    found = Treasury().of_wish(JobRequest(script=SCRIPT, config=VideoConfig(music=MusicWish(provider="mubert"))), DAY)
    assert [line.quantities for line in found.lines] == [{"seconds": found.duration}]


def test_an_edit_is_asked_of_those_only_whom_it_concerns():
    same, quick = of_edit(title="Another title")
    assert same == {"moderation": {"characters": 67}}
    painted, longer = of_edit(visual_prompt="A red door")
    assert painted == {"moderation": {"characters": 72}, "picture": {"pictures": 1}}
    assert longer > quick
    assert of_edit(speed=20)[0] == {"speech": {"characters": 62}}


def test_a_fork_in_another_voice_speaks_all_and_paints_nothing():
    job = film()
    config = job.config.model_copy(update={"voice": "piper:other"})
    asked, _ = told(HIRING.of_plan(forked(job, config), job, config, DAY))
    assert asked == {"speech": {"characters": 4 * 62}}


def test_a_fork_in_another_shape_paints_all_and_speaks_nothing():
    job = film()
    config = job.config.model_copy(update={"aspect": "9:16"})
    plan: Plan = forked(job, config)
    asked, _ = told(HIRING.of_plan(plan, job, config, DAY))
    assert asked == {"picture": {"pictures": 4}}


@pytest.mark.parametrize("change", [{"music": MusicWish(provider="mubert")}, {"cards": Cards(title=False, end=False)}])
def test_a_fork_whose_music_is_asked_for_otherwise_or_is_of_another_length_has_it_composed_anew(change):
    job = film()
    hired = job.config.model_copy(update={"music": MusicWish(provider="mubert")})
    parent = job if "music" in change else job.model_copy(update={"config": hired})
    config = parent.config.model_copy(update=change)
    found = Treasury().of_plan(forked(parent, config), parent, config, DAY)
    assert [line.quantities for line in found.lines] == [{"seconds": found.duration}]


def test_a_fork_that_changes_no_sound_has_no_music_composed():
    job = film()
    parent = job.model_copy(update={"config": job.config.model_copy(update={"music": MusicWish(provider="mubert")})})
    config = parent.config.model_copy(update={"fps": 60})
    assert not Treasury().of_plan(forked(parent, config), parent, config, DAY).lines


def test_a_model_that_is_not_hired_has_no_price_and_says_so():
    found = Treasury(makers=()).of_wish(JobRequest(script=SCRIPT, config=PAINTED), DAY)
    assert [(line.maker, line.amount) for line in found.lines] == [(Maker("picture", "stability", None), None)]
