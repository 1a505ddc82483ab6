"""What every dialect promises: one order, asked after, with its seconds, and a key that goes nowhere else."""

import json

import pytest
from dialect_answers import WISH, every_dialect, failed, good, made, ordered_ones, working
from sample_music import SECRET, tune

from philo.testing_providers import PAGE, Reply, told
from philo_contracts.shapes import Mood
from philo_kernel.outgoing.calls import heard_by
from philo_tts.music_providers.composer import Wish
from philo_tts.music_providers.faults import MusicRefused, ProviderFailing, ProviderRejected

pytestmark = pytest.mark.heavy


@every_dialect
async def test_a_take_is_what_came_and_says_who_made_it(server, composer, name):
    server.replies = good(server, name)
    take = await composer(name, model="m1").compose(WISH)
    assert (take.provider, take.model) == (name, "m1")
    assert take.audio[:4] == b"fLaC"
    assert take.seconds in {8, 15}


@every_dialect
async def test_an_order_is_told_of_once_with_its_seconds_however_many_requests_it_takes(server, composer, name):
    heard = []

    async def hear(call) -> None:
        heard.append((call.service, call.provider, call.outcome, call.quantities))

    server.replies = [Reply(503), *good(server, name)]
    with heard_by(hear):
        take = await composer(name).compose(WISH)
    assert heard == [("music", name, "answered", {"seconds": take.seconds})]


@every_dialect
@pytest.mark.parametrize(
    ("status", "found"), [(200, "healthy"), (404, "healthy"), (401, "unhealthy"), (500, "degraded")]
)
async def test_a_look_orders_nothing_and_finds_how_it_is(server, composer, name, status, found):
    server.replies = [Reply(status)]
    assert (await composer(name)._line.examine(5)).status() == found
    assert [asked.method for asked in server.asked] == ["GET"]


@every_dialect
async def test_mood_genre_words_and_length_are_asked_for(server, composer, name):
    server.replies = good(server, name)
    await composer(name).compose(WISH)
    body = server.asked[0].body.decode()
    assert all(words in body for words in ("piano", "calm, slow", "An old mill by a river", "no vocals"))
    assert ": 15" in body.replace('":', '": ') if name == "mubert" else "8" in body


@every_dialect
async def test_the_key_is_sent_as_the_provider_wants_it(server, composer, name):
    server.replies = good(server, name)
    await composer(name, account="c1").compose(WISH)
    headers = server.asked[0].headers
    if name == "mubert":
        assert (headers["access-token"], headers["customer-id"]) == (SECRET, "c1")
    else:
        assert headers["authorization"] == f"Bearer {SECRET}"


async def test_numbers_are_sent_as_numbers(server, composer):
    server.replies = good(server, "replicate")
    await composer("replicate").compose(WISH)
    order = json.loads(server.asked[0].body)["input"]
    assert (order["duration"], order["seed"]) == (8, 7)


async def test_more_than_the_provider_can_is_not_asked_for(server, composer):
    server.replies = good(server, "musicgen", tune(30))
    take = await composer("musicgen").compose(Wish(Mood.EPIC, "orchestral", 200, 1))
    assert json.loads(server.asked[0].body)["parameters"]["duration"] == 30
    assert take.seconds == pytest.approx(30)


@ordered_ones
async def test_an_order_is_asked_after_more_and_more_seldom(server, composer, naps, name):
    server.replies = [*[working(name)] * 8, *good(server, name)]
    await composer(name).compose(WISH)
    assert naps.seconds[:3] == [2, 3, 4.5]
    assert naps.seconds[-1] == 10
    assert {asked.method for asked in server.asked[1:]} == {"GET"}
    assert all(asked.path.endswith("/n1") for asked in server.asked[1:-1])


@ordered_ones
async def test_an_order_is_given_once_even_if_asking_after_it_fails(server, composer, name):
    server.replies = [working(name), Reply(500), Reply(how="cut", body=PAGE), *good(server, name)[1:]]
    await composer(name).compose(WISH)
    assert [asked.method for asked in server.asked].count("POST") == 1


@ordered_ones
async def test_a_key_goes_nowhere_but_to_the_api(server, composer, name):
    server.replies = good(server, name)
    await composer(name).compose(WISH)
    assert SECRET not in str(server.asked[-1].headers)


@ordered_ones
async def test_an_order_that_never_ends_is_given_up(server, composer, name):
    server.replies = [working(name)]
    with pytest.raises(ProviderFailing, match=r"did not finish within 0\.05 seconds"):
        await composer(name, longest=0.05).compose(WISH)


@ordered_ones
async def test_an_order_that_fails_is_told_in_the_providers_words(server, composer, name):
    server.replies = [working(name), failed(name, f"NSFW, says {SECRET}")]
    with pytest.raises(MusicRefused, match=r"gave up on the music: NSFW, says \*\*\*"):
        await composer(name).compose(WISH)


@ordered_ones
async def test_music_without_a_link_is_told_in_words(server, composer, name):
    server.replies = [made(name, "")]
    with pytest.raises(ProviderFailing, match="not where it is"):
        await composer(name).compose(WISH)


@ordered_ones
async def test_an_order_without_a_number_is_told_in_words(server, composer, name):
    server.replies = [told({"data": {}, "status": "processing"})]
    with pytest.raises(ProviderFailing, match="no number"):
        await composer(name).compose(WISH)


@ordered_ones
@pytest.mark.parametrize("link", ["http://127.0.0.1:1/x", "https://10.0.0.7/x", "file:///etc/passwd", "gopher://x"])
async def test_a_link_to_where_only_we_can_go_is_not_followed(server, composer, name, link):
    server.replies = [working(name), made(name, link)]
    with pytest.raises(ProviderRejected, match="does not go"):
        await composer(name).compose(WISH)
