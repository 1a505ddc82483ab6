"""A server that misbehaves, in every dialect: told in words, asked again as it said, never believed."""

import logging
import traceback

import pytest
from dialect_answers import FILE, WISH, every_dialect, good, ordered_ones
from sample_music import SECRET, played, tune

from philo.testing_providers import PAGE, Reply, told
from philo_kernel.outgoing.patience import Patience
from philo_tts.music_providers.faults import MusicRefused, ProviderFailing, ProviderRejected

pytestmark = pytest.mark.heavy


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
