"""Orders of tts: what follows from what is heard, what an order is known by, and how it ends. No voice is loaded."""

import numpy as np
import pytest

from philo_contracts.events import ScriptAnalyzed, TimelinePlanned
from philo_contracts.shapes import Blob, Mood, MusicWish, Priority, Scene, VideoConfig, Word
from philo_kernel.unit import Unit
from philo_kernel.work import Hopeless, fault_of
from philo_tts.domain import Compose, Narrate
from philo_tts.handlers import plan_music, plan_narration
from philo_tts.music import UnplayableWish
from philo_tts.ports import Ports
from philo_tts.tasks import compose, narrate
from philo_tts.voices.catalogue import choose
from philo_tts.voices.speech import Speech

WORDS = (Word(text="Once", start=0, end=0.5),)


class Shelf:
    """An object store in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    async def put(self, key: str, body: bytes, media_type: str) -> Blob:
        self.kept[key] = body
        return Blob(key=key, size_bytes=len(body), media_type=media_type)

    async def size(self, key: str) -> int | None:
        return len(self.kept[key]) if key in self.kept else None


class Instant:
    """Speaks, remembers and plays at once, as the ports want it."""

    def __init__(self) -> None:
        self.made: dict = {}
        self.pieces = 0

    def choose(self, language, voice=None):
        return choose(language, voice)

    async def speak(self, _text, _language, _voice, _speed, pronunciations) -> Speech:
        self.wishes = dict(pronunciations)
        return Speech(np.zeros(22_050, np.int16), 22_050, WORDS)

    async def once(self, key, make):
        reused = key in self.made
        self.made[key] = self.made.get(key) or await make()
        return self.made[key], reused

    async def play(self, _mood, seconds, _genre, _seed) -> bytes:
        self.pieces += 1
        if seconds > 1800:
            raise UnplayableWish("Music lasts from 3 to 1800 seconds, not 2000.")
        return b"music"


@pytest.fixture
def world() -> Ports:
    instant = Instant()
    return Ports(speaker=instant, recordings=instant, musician=instant, objects=Shelf())


def order(**change) -> Narrate:
    known = {"job": "j", "scene": "s01", "revision": 1, "text": "Once.", "language": "en", "voice": None, "speed": 50}
    return Narrate(**(known | change))


def music(seconds: float = 30.0, job: str = "j") -> Compose:
    return Compose(job=job, origin=job, duration=seconds, mood=Mood.CALM, genre="ambient")


async def started(react, fact) -> list:
    unit = Unit("tts", None, None)
    await react(fact, unit)
    return [work for work, _ in unit._tasks]


def analyzed(scenes: int = 3) -> ScriptAnalyzed:
    named = tuple(
        Scene(id=f"s{at}", index=at, revision=2, title="t", narration=f"Words {at}.", visual_prompt="p", language="zh")
        for at in range(scenes)
    )
    config = VideoConfig(voice="espeak:cmn", speed=70, pronunciations={"words": "wurds", "other": "uther"})
    told = {"title": "T", "summary": "…", "language": "zh", "mood": Mood.CALM, "provider": "test"}
    return ScriptAnalyzed(job="j", user="ada", priority=Priority.HIGH, config=config, scenes=named, **told)


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


async def test_an_edit_of_a_film_has_the_music_of_its_origin():
    fact = TimelinePlanned(job="j", duration=9, starts=(0,), mood=Mood.SAD, genre="ambient", music=True)
    [first] = await started(plan_music.react, fact)
    [edited] = await started(plan_music.react, fact.model_copy(update={"job": "k", "origin": "j"}))
    assert (edited.key, edited.seed) == (first.key, first.seed)
    assert (first.effect, edited.effect) == ("music/j", "music/k")


@pytest.mark.parametrize("wanted", [True, False])
async def test_a_film_gets_music_if_it_wants_some(wanted):
    wish = MusicWish(enabled=wanted)
    fact = TimelinePlanned(job="j", duration=9, starts=(0,), mood=Mood.SAD, genre=wish.genre, music=wish.enabled)
    works = await started(plan_music.react, fact)
    assert [(work.duration, work.mood) for work in works] == ([(9, Mood.SAD)] if wanted else [])


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


def test_a_film_has_its_own_piece_and_always_the_same():
    assert music().key == music().key
    assert len({music().key, music(job="k").key, music(31).key}) == 3


def test_an_order_is_known_by_what_it_brings_about():
    assert order(revision=3).effect == "speech/j/s01/3"
    assert music().effect == "music/j"


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


async def test_music_is_played_once_and_found_again(world):
    fact, again = await compose.perform(music(), world), await compose.perform(music(), world)
    assert (fact.music, fact.duration, fact.reused) == (again.music, 30.0, False)
    assert (again.reused, world.musician.pieces) == (True, 1)


async def test_music_that_cannot_be_played_fails_in_words_and_with_its_length(world):
    with pytest.raises(Hopeless) as failed:
        await compose.perform(music(2000.0), world)
    fact = compose.failed(music(2000.0), fault_of(failed.value))
    assert (fact.job, fact.duration, fact.fault.code) == ("j", 2000.0, "unplayable_wish")
    assert "3 to 1800 seconds" in fact.fault.message
