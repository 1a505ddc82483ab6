"""Reading the feed: once for everybody who waits for the same, and never for a heartbeat."""

import asyncio

import pytest
from notify_world import Story, first, numbers, until

from philo_kernel.failures import DatabaseAway
from philo_notify.feed import Feed, Place
from philo_notify.lookout import Lookout
from philo_notify.reading import PLACES, Reading
from philo_notify.wakes import Sleeper, Wakes, read, written

pytestmark = pytest.mark.stack


class Counting(Feed):
    """Counts its statements; the first of them fail while the database is `away`, and wait while it is `busy`."""

    def __init__(self, engine, away: int = 0) -> None:
        super().__init__(engine)
        self.asked: list[int] = []
        self.away, self.busy = away, asyncio.Event()
        self.busy.set()

    async def stretches(self, places):
        self.asked.append(len(places))
        await self.busy.wait()
        if len(self.asked) <= self.away:
            raise DatabaseAway("for a moment")
        return await super().stretches(places)


async def test_who_asks_for_the_same_shares_one_read(ada, engine):
    await ada.begun()
    feed = Counting(engine)
    reading = Reading(feed)
    found = await asyncio.gather(*(reading.after(Place(ada.user, 1, None)) for _ in range(50)))
    assert feed.asked == [1]
    assert [[one.id for one in stretch.messages] for stretch in found] == [[2]] * 50


async def test_who_asks_while_others_are_read_for_is_read_for_together_and_later(ada, bob, engine):
    await ada.begun()
    await bob.begun()
    feed = Counting(engine)
    reading = Reading(feed)
    feed.busy.clear()
    early = asyncio.create_task(reading.after(Place(ada.user, 0, None)))
    await until(lambda: feed.asked)
    late = [
        asyncio.create_task(reading.after(Place(user, 0, job)))
        for user in (ada.user, bob.user)
        for job in (None, "none")
    ]
    feed.busy.set()
    found = await asyncio.gather(early, *late)
    assert [len(stretch.messages) for stretch in found] == [2, 2, 0, 2, 0]
    assert len(feed.asked) <= 3


async def test_one_statement_has_so_many_places_and_no_more(ada, engine):
    feed = Counting(engine)
    reading = Reading(feed)
    await asyncio.gather(*(reading.after(Place(ada.user, number, None)) for number in range(2 * PLACES + 1)))
    assert max(feed.asked) == PLACES


async def test_a_database_that_is_away_is_waited_for(ada, engine):
    await ada.begun()
    stretch = await Reading(Counting(engine, away=1)).after(Place(ada.user, 0, None))
    assert [one.id for one in stretch.messages] == [1, 2]


async def test_what_goes_wrong_otherwise_is_told_to_all_who_asked(engine):
    class Broken(Feed):
        async def stretches(self, places):
            raise ValueError("a bug")

    reading = Reading(Broken(engine))
    asked = [reading.after(Place("ada", 0, None)) for _ in range(2)]
    found = await asyncio.gather(*asked, return_exceptions=True)
    assert [str(one) for one in found] == ["a bug"] * 2


async def test_who_leaves_while_they_wait_keeps_nobody_from_the_answer(ada, engine):
    await ada.begun()
    feed = Counting(engine)
    reading = Reading(feed)
    feed.busy.clear()
    leaving, staying = (asyncio.create_task(reading.after(Place(ada.user, 0, None))) for _ in range(2))
    await until(lambda: feed.asked)
    leaving.cancel()
    feed.busy.set()
    assert len((await staying).messages) == 2


async def test_silence_asks_the_database_nothing(ada, app, engine):
    feed = Counting(engine)
    streams = app.state.streams
    streams.reading, streams.heartbeat = Reading(feed), 0.02
    await ada.begun()
    messages = streams.follow(ada.user, None, 2)
    beats = [await anext(messages) for _ in range(5)]
    await messages.aclose()
    assert feed.asked == [1]
    assert {number for number, _ in beats} == {2}


async def test_a_message_is_read_once_for_all_streams_of_its_user(ada, app, engine):
    feed = Counting(engine)
    app.state.streams.reading = Reading(feed)
    story = await ada.begun()
    followed = [app.state.streams.follow(ada.user, None, 2) for _ in range(10)]
    waiting = [asyncio.create_task(anext(messages)) for messages in followed]
    await until(
        lambda: len(app.state.streams.wakes.sleepers.get(ada.user, ())) == 10 and not app.state.streams.reading.readers
    )
    await until(lambda: all(not sleeper.stale for sleeper in app.state.streams.wakes.sleepers[ada.user]))
    before = len(feed.asked)
    await ada.hears(story.planned()[:1])
    assert [number for number, _ in await asyncio.gather(*waiting)] == [3] * 10
    assert sum(feed.asked[before:]) <= 2
    for messages in followed:
        await messages.aclose()


async def test_the_lookout_wakes_only_who_has_not_seen_the_newest(ada, bob, feed):
    await ada.begun()
    await bob.begun()
    wakes = Wakes(None, "none")
    with wakes.asleep(ada.user) as knows, wakes.asleep(bob.user) as lags:
        knows.seen, lags.seen = 2, 1
        await Lookout(feed, wakes, 60).look()
        assert [knows.woken.is_set(), lags.woken.is_set()] == [False, True]


def test_a_number_that_is_known_wakes_nobody():
    sleeper = Sleeper(seen=5, stale=False)
    sleeper.rouse(5)
    assert (sleeper.stale, sleeper.woken.is_set()) == (False, False)
    sleeper.rouse(6)
    assert (sleeper.stale, sleeper.woken.is_set()) == (True, True)


def test_hints_that_cannot_be_read_are_left_out():
    assert dict(read(written({"ada": 7, "bob": 9}).encode())) == {"ada": 7, "bob": 9}
    assert list(read(b"ada\n\nbob x\n\xff 3")) == [("\N{REPLACEMENT CHARACTER}", 3)]


async def test_a_stream_outlives_a_database_that_is_away(ada, app, engine, listening):
    app.state.streams.reading = Reading(Counting(engine, away=2))
    story: Story = await ada.begun()
    async with listening.ws(ada.user, "/realtime/ws?after=0") as socket:
        assert numbers(await first(socket, 2)) == [1, 2]
        await ada.hears(story.planned())
        assert numbers(await first(socket, 3)) == [3, 4, 5]
