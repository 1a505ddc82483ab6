"""Orders of music: who makes it, by what name it is known, and what is told when somebody else had to."""

import pytest
from tts_world import TRACK, hiring, music, order, performed, started

from philo_contracts.events import TimelinePlanned
from philo_contracts.shapes import Mood, MusicWish
from philo_kernel.work import Hopeless, fault_of
from philo_tts.handlers import plan_music
from philo_tts.music_providers.faults import MusicRefused, ProviderFailing
from philo_tts.tasks import compose


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


def test_a_film_has_its_own_piece_and_always_the_same():
    assert music().key == music().key
    assert len({music().key, music(job="k").key, music(31).key}) == 3


def test_an_order_is_known_by_what_it_brings_about():
    assert order(revision=3).effect == "speech/j/s01/3"
    assert music().effect == "music/j"


async def test_music_is_played_once_and_found_again(world):
    (fact, _), (again, _) = await performed(music(), world), await performed(music(), world)
    assert (fact.music, fact.duration, fact.reused) == (again.music, 30.0, False)
    assert (again.reused, world.musician.pieces) == (True, 1)


async def test_music_that_cannot_be_played_fails_in_words_and_with_its_length(world):
    with pytest.raises(Hopeless) as failed:
        await performed(music(2000.0), world)
    fact = compose.failed(music(2000.0), fault_of(failed.value))
    assert (fact.job, fact.duration, fact.fault.code) == ("j", 2000.0, "unplayable_wish")
    assert "3 to 1800 seconds" in fact.fault.message


def test_music_of_another_maker_has_another_name():
    orders = [music(), music(provider="replicate"), music(provider="mubert"), music(track=TRACK)]
    assert len({one.key for one in orders}) == 4
    assert music(track=TRACK, mood=Mood.EPIC, job="k").key == music(track=TRACK).key


async def test_a_film_tells_who_shall_make_its_music():
    fact = TimelinePlanned(job="j", duration=9, starts=(0,), mood=Mood.SAD, genre="ambient", music=True)
    maker = {"provider": "mubert", "track": TRACK}
    [work] = await started(plan_music.react, fact.model_copy(update=maker))
    assert (work.provider, work.track, work.maker) == ("mubert", TRACK, "uploaded")


async def test_a_provider_is_paid_once_and_told_of(world):
    world, hired = hiring(world, b"bought")
    fact, said = await performed(music(provider="replicate"), world)
    again, silence = await performed(music(provider="replicate"), world)
    assert (fact.provider, fact.warnings, world.objects.kept[fact.music.key]) == ("replicate", (), b"bought for 30 s")
    assert [(one.job, one.call.service, one.call.quantities) for one in said] == [("j", "music", {"seconds": 30.0})]
    assert (again.music, again.reused, silence, hired.asked) == (fact.music, True, [], 1)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (MusicRefused("Too grim."), "Too grim."),
        (ProviderFailing("Replicate is away. Try again."), "Replicate is away."),
        (b"silence", "What replicate sent cannot be used. The track is silent."),
    ],
)
async def test_where_a_provider_does_not_compose_philo_does_and_says_why(world, answer, words):
    own, _ = await performed(music(), world)
    world, _ = hiring(world, answer)
    fact, said = await performed(music(provider="replicate"), world)
    assert (fact.provider, fact.music, len(said)) == ("philo", own.music, 1)
    assert words in fact.warnings[0]


async def test_a_provider_that_is_not_set_up_costs_nothing_and_is_named(world):
    fact, said = await performed(music(provider="mubert"), world)
    assert (fact.provider, said, "MUBERT_API_KEY" in fact.warnings[0]) == ("philo", [], True)


async def test_what_is_paid_for_is_not_paid_for_again_because_the_store_was_away(world):
    world, hired = hiring(world, b"bought")
    world.objects.away = True
    with pytest.raises(ConnectionError):
        await performed(music(provider="replicate"), world)
    world.objects.away = False
    fact, _ = await performed(music(provider="replicate"), world)
    assert (world.objects.kept[fact.music.key], hired.asked) == (b"bought for 30 s", 1)


async def test_a_track_of_ones_own_is_made_as_long_as_the_film(world):
    world.objects.kept[TRACK.key] = b"track"
    fact, said = await performed(music(track=TRACK, provider="replicate"), world)
    assert (fact.provider, fact.warnings, said) == ("uploaded", (), [])
    assert world.objects.kept[fact.music.key] == b"track for 30 s"


@pytest.mark.parametrize(("body", "words"), [(None, "no longer there"), (b"silence", "The track is silent")])
async def test_where_a_track_cannot_be_played_philo_composes_and_says_why(world, body, words):
    if body:
        world.objects.kept[TRACK.key] = body
    fact, _ = await performed(music(track=TRACK), world)
    assert (fact.provider, words in fact.warnings[0]) == ("philo", True)


async def test_a_genre_that_is_not_played_is_warned_of_also_when_the_piece_is_found_again(world):
    wished = music(genre="epic trailer")
    (fact, _), (again, _) = await performed(wished, world), await performed(wished, world)
    assert "epic trailer" in fact.warnings[0]
    assert (again.reused, again.warnings) == (True, fact.warnings)
