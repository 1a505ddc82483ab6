"""A fork tells the same scenes otherwise: in another shape, or in the words of another language."""

import pytest
from editing_world import JOBS, a_film, asked, carried_out, seen
from test_editing_plans import film

from philo_gateway.editing.forks import fork_of
from philo_gateway.editing.shapes import ForkRequest
from philo_kernel.http.problems import Unprocessable

__all__ = ["film"]
CHINESE = ["第一幕。", "第二幕。", "第三幕。"]


def in_chinese(film, *, config=None, **more):
    scenes = [{"id": scene.id, "narration": words} for scene, words in zip(film.scenes, CHINESE, strict=True)]
    wish = {"config": {"language": "zh"} | (config or {}), "scenes": scenes, **more}
    return fork_of(film, ForkRequest.model_validate(wish))


def test_in_another_language_every_scene_has_its_words_and_keeps_its_picture(film):
    plan = in_chinese(film, title="一艘船").plan
    assert [(scene.narration, scene.language) for scene in plan.scenes] == [(words, "zh") for words in CHINESE]
    assert [scene.picture for scene in plan.scenes] == [scene.shown for scene in film.scenes]
    assert (plan.language, plan.title, plan.changed) == ("zh", "一艘船", tuple(scene.id for scene in film.scenes))


def test_a_voice_that_spoke_the_old_language_does_not_speak_the_new_one(film):
    spoken = film.model_copy(update={"config": film.config.model_copy(update={"voice": "piper:old"})})
    assert in_chinese(spoken).config.voice is None
    assert in_chinese(spoken, config={"voice": "piper:new"}).config.voice == "piper:new"
    assert all(scene.voice is None for scene in in_chinese(spoken).plan.scenes)


def test_without_the_words_of_every_scene_there_is_no_other_language(film):
    some = [{"id": film.scenes[0].id, "narration": "只有一幕。"}]
    for scenes in ([], some):
        with pytest.raises(Unprocessable, match="narration of every scene"):
            fork_of(film, ForkRequest.model_validate({"config": {"language": "zh"}, "scenes": scenes}))


def test_words_alone_may_change_and_only_those_are_judged(film):
    wish = {"scenes": [{"id": film.scenes[1].id, "narration": "Otherwise."}]}
    plan = fork_of(film, ForkRequest.model_validate(wish)).plan
    assert plan.changed == (film.scenes[1].id,)
    assert [scene.narration for scene in plan.scenes][1] == "Otherwise."


@pytest.mark.parametrize(("title", "new"), [("Another", True), (None, False)])
def test_a_title_that_nobody_has_judged_is_told_as_new(film, title, new):
    assert fork_of(film, ForkRequest.model_validate({"title": title})).plan.retitled is new


def test_a_scene_that_the_film_has_not_is_refused(film):
    with pytest.raises(Unprocessable) as refused:
        fork_of(film, ForkRequest.model_validate({"scenes": [{"id": "s99", "narration": "Nowhere."}]}))
    assert refused.value.errors[0][0] == "/scenes/0/id"


@pytest.mark.stack
async def test_a_film_is_told_in_another_language_and_says_before_what_that_takes(ada, engine):
    film = await a_film(ada, engine)
    scenes = [{"id": scene["id"], "narration": words} for scene, words in zip(film["scenes"], CHINESE, strict=True)]
    wish = {"config": {"language": "zh"}, "title": "一艘船", "scenes": scenes}
    estimate = (await ada.post(f"{JOBS}/{film['id']}/fork/estimate", json=wish)).json()
    fork = (await ada.post(f"{JOBS}/{film['id']}/fork", json=wish)).json()
    assert (estimate["scenes"], estimate["cost"]["free"], fork["title"]) == (3, True, "一艘船")
    assert (await asked(engine, fork["id"])).plan.language == "zh"
    await carried_out(engine, fork["id"])
    made = await seen(ada, fork["id"])
    assert (made["status"], [scene["narration"] for scene in made["scenes"]]) == ("completed", CHINESE)
