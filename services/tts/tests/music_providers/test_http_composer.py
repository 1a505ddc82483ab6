"""What every dialect promises, over a server that misbehaves."""

import json
import logging
import traceback

import pytest
from sample_music import SECRET, played, tune

from philo.testing_providers import PAGE, ProviderServer, Reply, told
from philo_contracts.shapes import Mood
from philo_kernel.outgoing.calls import heard_by
from philo_kernel.outgoing.line import Line, Terms
from philo_kernel.outgoing.patience import Patience
from philo_tts.music_providers.composer import Wish
from philo_tts.music_providers.faults import MusicRefused, ProviderFailing, ProviderRejected
from philo_tts.music_providers.http_composer import HttpComposer

pytestmark = pytest.mark.heavy

WISH = Wish(Mood.CALM, "piano", 8, 7, "An old mill by a river")
FILE = "/made/1.flac"
every_dialect = pytest.mark.parametrize("name", ["musicgen", "replicate", "mubert"])
ordered_ones = pytest.mark.parametrize("name", ["replicate", "mubert"])


def working(name: str) -> Reply:
    """An order that is being made."""
    if name == "mubert":
        return told({"data": {"id": "n1", "generations": [{"status": "in_progress"}]}})
    return told({"id": "n1", "status": "processing", "output": None})


def made(name: str, link: str) -> Reply:
    if name == "mubert":
        return told({"data": {"id": "n1", "generations": [{"status": "done", "url": link}]}})
    return told({"id": "n1", "status": "succeeded", "output": link})


def failed(name: str, said: str) -> Reply:
    if name == "mubert":
        return told({"data": {"id": "n1", "generations": [{"status": "failed", "error": said}]}})
    return told({"id": "n1", "status": "failed", "error": said})


def good(server: ProviderServer, name: str, audio: bytes | None = None) -> list[Reply]:
    """All answers of an order that goes well."""
    audio = tune(15 if name == "mubert" else 8) if audio is None else audio
    if name == "musicgen":
        return [played(audio)]
    server.links[FILE] = played(audio)
    return [working(name), working(name), made(name, server.url + FILE)]


@pytest.fixture
async def composer(server, patience):
    opened: list[HttpComposer] = []

    def open_one(name: str, patience: Patience = patience, timeout: float = 60.0, **how) -> HttpComposer:
        how = {"base_url": server.url, "api_key": SECRET, **how}
        way = Line(name, "music", terms=Terms(timeout, patience), who=name.capitalize(), late=ProviderFailing)
        opened.append(HttpComposer(way, **how))
        return opened[-1]

    yield open_one
    for one in opened:
        await one.close()


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


@ordered_ones
async def test_a_download_that_breaks_off_is_fetched_again(server, composer, name):
    replies = good(server, name)
    whole = server.links.pop(FILE)
    server.replies = [*replies, played(whole.body, how="cut"), Reply(404), whole]
    assert (await composer(name).compose(WISH)).audio == whole.body


@every_dialect
async def test_one_that_is_busy_is_asked_again_when_it_said(server, composer, naps, name):
    server.replies = [Reply(429, {"retry-after": "2"}), *good(server, name)]
    await composer(name).compose(WISH)
    assert naps.seconds[0] == 2.5


@every_dialect
async def test_one_that_wants_a_long_rest_is_left_alone(server, composer, naps, name):
    server.replies = [Reply(429, {"retry-after": "900"})]
    with pytest.raises(ProviderFailing) as fault:
        await composer(name).compose(WISH)
    assert (fault.value.after, len(server.asked), naps.seconds) == (900, 1, [])


@every_dialect
@pytest.mark.parametrize("status", [408, 500, 503])
async def test_one_that_fails_twice_is_asked_a_third_time(server, composer, naps, name, status):
    server.replies = [Reply(status), Reply(status, body=PAGE), *good(server, name)]
    await composer(name).compose(WISH)
    assert naps.seconds[:2] == [0.5, 1.0]


@every_dialect
async def test_one_that_always_fails_is_given_up_after_three_retries(server, composer, name):
    server.replies = [Reply(500)]
    with pytest.raises(ProviderFailing, match="500"):
        await composer(name).compose(WISH)
    assert len(server.asked) == 4


@every_dialect
async def test_an_answer_that_is_cut_off_is_asked_for_again(server, composer, name):
    first, *others = good(server, name)
    server.replies = [Reply(headers=first.headers, body=first.body, how="cut"), first, *others]
    assert (await composer(name).compose(WISH)).audio[:4] == b"fLaC"


@every_dialect
async def test_one_that_is_too_slow_is_told_in_words(server, composer, name):
    server.replies = [Reply(how="silent")]
    with pytest.raises(ProviderFailing, match=r"within 0\.02 seconds"):
        await composer(name, timeout=0.02, patience=Patience(retries=0)).compose(WISH)


@every_dialect
async def test_one_that_is_not_there_is_told_in_words(composer, name):
    with pytest.raises(ProviderFailing, match=f"{name.upper()}_BASE_URL"):
        await composer(name, base_url="http://127.0.0.1:9").compose(WISH)


@every_dialect
@pytest.mark.parametrize(
    "audio", [PAGE, b"", b"ID3" + bytes(400), tune()[:2000]], ids=["page", "nothing", "zeros", "cut"]
)
async def test_what_is_no_music_is_told_in_words(server, composer, name, audio):
    server.replies = good(server, name, audio)
    with pytest.raises(ProviderFailing, match="answered with"):
        await composer(name).compose(WISH)


@every_dialect
async def test_a_piece_that_is_far_too_short_is_told_in_words(server, composer, name):
    server.replies = good(server, name, tune(2.0))
    with pytest.raises(ProviderFailing, match=r"2\.0 seconds of music instead of"):
        await composer(name).compose(WISH)


@ordered_ones
@pytest.mark.parametrize("body", [PAGE, b"{", b"", b"[]"])
async def test_a_page_in_place_of_an_order_is_told_in_words(server, composer, name, body):
    server.replies = [Reply(headers={"content-type": "text/html"}, body=body)]
    with pytest.raises(ProviderFailing, match=r"answered with|no number"):
        await composer(name).compose(WISH)


@every_dialect
@pytest.mark.parametrize("status", [200, 500])
async def test_an_answer_is_not_read_past_its_bound(server, composer, name, status):
    server.replies = [Reply(status, {"content-type": "audio/flac"}, how="flood")]
    with pytest.raises(ProviderFailing, match="more than Philo reads"):
        await composer(name, most=65_536).compose(WISH)


@every_dialect
async def test_a_packed_answer_is_not_unpacked(server, composer, name):
    server.replies = [Reply(headers={"content-encoding": "gzip"}, body=b"\x1f\x8b")]
    with pytest.raises(ProviderFailing, match="more than Philo reads"):
        await composer(name).compose(WISH)


@every_dialect
async def test_a_redirect_is_not_followed(server, composer, name):
    server.replies = [Reply(307, {"location": f"{server.url}/elsewhere"})]
    with pytest.raises(ProviderRejected, match=f"{name.upper()}_BASE_URL"):
        await composer(name).compose(WISH)
    assert len(server.asked) == 1


@every_dialect
@pytest.mark.parametrize(
    ("status", "setting"), [(401, "_API_KEY"), (402, "credit"), (403, "_API_KEY"), (404, "_MUSIC_MODEL")]
)
async def test_what_is_set_up_wrongly_is_named_and_not_repeated(server, composer, name, status, setting):
    server.replies = [told({"detail": f"bad {SECRET}"}, status)]
    with pytest.raises(ProviderRejected, match=setting):
        await composer(name).compose(WISH)
    assert len(server.asked) == 1


@every_dialect
@pytest.mark.parametrize("status", [400, 422])
async def test_a_wish_that_does_not_fit_is_told_in_the_providers_words(server, composer, name, status):
    server.replies = [told({"message": "Only English is understood."}, status)]
    with pytest.raises(MusicRefused, match="Only English is understood"):
        await composer(name).compose(WISH)


@every_dialect
@pytest.mark.parametrize("status", [302, 400, 401, 500])
async def test_no_secret_that_was_said_reaches_an_error_or_a_log(server, composer, caplog, name, status):
    caplog.set_level(logging.DEBUG)
    server.replies = [told({"detail": f"Not with {SECRET}. See https://host/x?sig={SECRET}"}, status)]
    with pytest.raises((MusicRefused, ProviderRejected, ProviderFailing)) as fault:
        await composer(name).compose(WISH)
    assert SECRET not in "".join(traceback.format_exception(fault.value)) + caplog.text
