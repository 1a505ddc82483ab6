"""The feed: each fact of a job once, in order, with numbers that have no gap."""

import asyncio
import json

import pytest
from notify_world import Story

from philo_contracts.events import DeadlineReached
from philo_contracts.evolution import fold
from philo_contracts.freeze import published
from philo_contracts.resource import shown
from philo_kernel.unit import unit_of_work
from philo_notify.domain import NAMES, Message, completed, numbered
from philo_notify.handlers import Gap

pytestmark = pytest.mark.stack


async def all_of(feed, user: str) -> list[dict]:
    found: list[dict] = []
    while more := (await feed.after(user, int(found[-1]["id"]) if found else 0, None)).messages:
        found += [json.loads(numbered(one.id, one.body)) for one in more]
    return found


async def test_numbers_have_no_gap_however_many_units_write_at_once(ada, feed):
    stories = [Story(ada.user) for _ in range(6)]
    runs = [story.beginning() + story.planned() + [story.progress(done) for done in range(1, 6)] for story in stories]

    async def told(run) -> None:
        for at in range(0, len(run), 2):
            await ada.hears(run[at : at + 2])

    await asyncio.gather(*(told(run) for run in runs))
    messages = await all_of(feed, ada.user)
    assert [int(message["id"]) for message in messages] == list(range(1, 61))
    for story in stories:
        versions = [message["job"]["version"] for message in messages if message["job"]["id"] == story.job]
        assert versions == list(range(1, 11))


async def test_units_of_two_users_jobs_do_not_wait_for_each_other_forever(ada, bob, feed):
    mine, theirs = [Story(ada.user) for _ in range(4)], [Story(bob.user) for _ in range(4)]
    runs = [(*a.beginning(), *b.beginning()) for a, b in zip(mine, theirs, strict=True)]
    runs = [run if at % 2 else run[2:] + run[:2] for at, run in enumerate(runs)]
    async with asyncio.timeout(20):
        await asyncio.gather(*(ada.hears(run) for run in runs))
    for user in (ada.user, bob.user):
        assert [int(message["id"]) for message in await all_of(feed, user)] == list(range(1, 9))


async def test_a_number_that_was_taken_by_a_unit_that_failed_is_given_again(ada, feed, engine):
    story = await ada.begun()
    facts = story.planned()

    async def fail_late() -> None:
        async with unit_of_work(engine, "notify", facts[0]) as unit:
            await ada.handler.react(facts[0].fact(), unit)
            await unit.close()
            raise ConnectionError

    with pytest.raises(ConnectionError):
        await fail_late()
    await ada.hears(facts)
    assert [int(message["id"]) for message in await all_of(feed, ada.user)] == [1, 2, 3, 4, 5]


async def test_a_fact_that_comes_again_adds_nothing(ada, feed):
    story = Story(ada.user)
    facts = story.beginning() + story.planned()
    await ada.hears(facts)
    await ada.hears(facts)
    again = [fact.model_copy(update={"id": story.next(fact.fact()).id}) for fact in facts]
    await ada.hears(again)  # said anew under another id, as after a restored backup
    assert len(await all_of(feed, ada.user)) == len(facts)


async def test_a_gap_is_an_error_and_changes_nothing(ada, feed):
    story = await ada.begun()
    before = await all_of(feed, ada.user)
    with pytest.raises(Gap, match="version 4 came after version 2"):
        await ada.hears(story.planned()[1:])
    assert await all_of(feed, ada.user) == before


async def test_messages_that_change_no_words_leave_them_out_and_say_so(ada, feed):
    story = Story(ada.user)
    facts = story.beginning() + story.planned() + [story.progress(300), story.cancelled()]
    await ada.hears(facts)
    messages = await all_of(feed, ada.user)
    assert [message["whole"] for message in messages] == [True, False, False, False, True, False, False]
    for message in messages:
        words = {"script", "prompt", "config", "metadata"} & message["job"].keys()
        spoken = [{"narration", "visual_prompt"} & scene.keys() for scene in message["job"]["scenes"]]
        assert bool(words) is message["whole"]
        assert all(bool(one) is message["whole"] for one in spoken)


async def test_a_message_with_its_words_is_the_whole_job_as_it_was_then_but_for_its_script(ada, feed):
    story = Story(ada.user)
    facts = story.beginning() + story.planned() + [story.progress(300), story.cancelled()]
    await ada.hears(facts)
    for at, message in enumerate(await all_of(feed, ada.user), 1):
        if not message["whole"]:
            words = await feed.words(story.job, int(message["id"]))
            message = json.loads(completed(json.dumps(message), words))  # noqa: PLW2901 - as a stream does it
        Message.model_validate(message)
        job = shown(fold(facts[:at]).model_copy(update={"script": None})).model_dump(mode="json")
        assert set(message) == {"id", "event", "at", "whole", "job"}
        assert (message["job"], message["event"]) == (job, NAMES[type(facts[at - 1].fact())])
        assert message["at"].endswith("Z")


async def test_news_of_progress_are_light_however_long_the_film_is(ada, feed):
    story = Story(ada.user)
    await ada.hears(story.beginning() + story.planned(scenes=40, narration="Words. " * 357))
    await ada.hears([story.progress(300)])
    light = (await feed.after(ada.user, 5, None)).messages[0].body
    whole = (await feed.after(ada.user, 4, None)).messages[0].body
    assert len(whole) > 100_000
    assert len(light) < 25_000


def test_every_fact_of_a_job_has_a_name_here():
    of_jobs = {kind for kind in published() if kind.source == "gateway" and "job" in kind.model_fields}
    assert set(NAMES) == of_jobs - {DeadlineReached}  # that one stands in no job's stream


async def test_the_view_is_the_fold_of_the_stream(ada, engine):
    story = Story(ada.user)
    facts = story.beginning() + story.planned()
    for fact in facts:
        await ada.hears([fact])
    async with unit_of_work(engine, "notify") as unit:
        state = await unit.connection.fetchval("select state::text from job_view where id = $1", story.job)
    assert type(fold(facts)).model_validate_json(state) == fold(facts)
