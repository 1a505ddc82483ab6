"""Orders of tts: what follows from what is heard, what an order is known by, and how it ends. No voice is loaded."""

import pytest
from tts_world import WORDS, analyzed, order, started

from philo_contracts.shapes import Priority, VideoConfig
from philo_kernel.work import Hopeless, fault_of
from philo_tts.handlers import plan_narration
from philo_tts.tasks import narrate


async def test_every_scene_of_a_script_is_spoken_as_it_was_asked_for():
    works = await started(plan_narration.react, analyzed())
    assert [(work.scene, work.revision, work.text) for work in works] == [
        ("s0", 2, "Words 0."),
        ("s1", 2, "Words 1."),
        ("s2", 2, "Words 2."),
    ]
    assert all(work.pronunciations == {"words": "wurds"} for work in works)
    assert {(work.voice, work.speed, work.language, work.priority) for work in works} == {
        ("espeak:cmn", 70, "zh", Priority.HIGH)
    }


async def test_a_scene_with_a_voice_and_pace_of_its_own_is_spoken_so():
    fact = analyzed()
    own = fact.scenes[1].model_copy(update={"voice": "espeak:yue", "speed": 0})
    works = await started(plan_narration.react, fact.model_copy(update={"scenes": (fact.scenes[0], own)}))
    assert [(work.voice, work.speed) for work in works] == [("espeak:cmn", 70), ("espeak:yue", 0)]


async def test_a_voice_of_no_letters_is_no_wish():
    fact = analyzed()
    works = await started(plan_narration.react, fact.model_copy(update={"config": VideoConfig(voice="")}))
    assert {work.voice for work in works} == {None}


def test_equal_words_in_an_equal_voice_have_one_name_whoever_asks():
    assert order().key == order(job="k", scene="s09", revision=4, text="  Once.\n").key
    others = [order(text="Twice."), order(voice="espeak:en"), order(speed=51), order(language="de")]
    assert len({one.key for one in (order(), *others)}) == 5


def test_a_pronunciation_matters_to_the_words_that_it_names_and_to_no_others():
    assert order(pronunciations={"Philo": "fee lo"}).key == order().key
    assert len({order(pronunciations={"once": said}).key for said in ("wunce", "onse")} | {order().key}) == 3


async def test_a_wished_pronunciation_reaches_the_voice(world):
    await narrate.perform(order(pronunciations={"Once": "wunce"}), world)
    assert world.speaker.wishes == {"Once": "wunce"}


async def test_a_voice_that_is_wished_for_and_also_the_default_is_recorded_once(world):
    first = await narrate.perform(order(), world)
    second = await narrate.perform(order(voice="piper:en_US-joe-medium"), world)
    assert (second.audio, second.reused) == (first.audio, True)


async def test_a_scene_that_is_spoken_is_told_with_its_words_and_length(world):
    fact = await narrate.perform(order(), world)
    assert (fact.job, fact.scene, fact.revision, fact.words, fact.duration) == ("j", "s01", 1, WORDS, 1.0)
    assert (fact.provider, fact.voice, fact.reused) == ("piper", "piper:en_US-joe-medium", False)
    assert world.objects.kept[fact.audio.key].startswith(b"fLaC")
    again = await narrate.perform(order(job="k", scene="s05"), world)
    assert (again.job, again.scene, again.audio, again.reused) == ("k", "s05", fact.audio, True)


@pytest.mark.parametrize("wish", [{"voice": "nobody"}, {"language": "tlh"}])
async def test_a_voice_that_nobody_has_fails_in_words_that_name_those_there_are(world, wish):
    with pytest.raises(Hopeless) as failed:
        await narrate.perform(order(**wish), world)
    fact = narrate.failed(order(), fault_of(failed.value))
    assert (fact.job, fact.fault.code, fact.fault.scene_id) == ("j", "voice_unavailable", "s01")
    assert "there are" in fact.fault.message
    assert not fact.fault.retryable
