"""Always an answer: a take, or why Philo composes itself."""

import pytest
from music_server import tune
from pydantic import TypeAdapter, ValidationError

from philo_contracts.shapes import Mood
from philo_kernel.outgoing.access import ApiKey, BaseUrl
from philo_kernel.outgoing.breaker import Breaker
from philo_tts.music import UnusableTrack
from philo_tts.music.tracks import FittedTrack
from philo_tts.music_providers.accounts import Account, hired
from philo_tts.music_providers.composer import Take, Wish
from philo_tts.music_providers.fallback import Fallback, Reason, Uncomposed
from philo_tts.music_providers.faults import MusicRefused, ProviderFailing, ProviderRejected
from philo_tts.musician import Conductor

WISH = Wish(Mood.CALM, "piano", 8, 7)
TAKE = Take(tune(), 8.0, "hired", "m")


class Hired:
    """Answers as it is told to."""

    name = "hired"

    def __init__(self, *answers: Take | Exception) -> None:
        self.answers, self.asked = list(answers), 0

    async def compose(self, wish: Wish) -> Take:
        self.asked += 1
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def close(self) -> None:
        self.asked = -1


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


class Own:
    """Plays and fits without playing or fitting."""

    async def play(self, mood: Mood, seconds: float, genre: str, seed: int) -> bytes:
        return f"{mood} {genre} {seconds:g}".encode()

    async def fit(self, track: bytes, seconds: float) -> FittedTrack:
        if track != TAKE.audio:
            raise UnusableTrack("The track is silent.")
        return FittedTrack(b"fitted", None, 0)


def fallback(hired: Hired, clock: Clock | None = None) -> Fallback:
    return Fallback({"hired": hired}, lambda: Breaker(most=3, rest=120, clock=clock or Clock()))


async def test_a_take_is_passed_on():
    assert await fallback(Hired(TAKE)).compose("hired", WISH) == TAKE


async def test_a_provider_without_a_key_is_told_by_its_setting():
    told = await fallback(Hired(TAKE)).compose("mubert", WISH)
    assert (told.reason, "MUBERT_API_KEY" in told.message) == (Reason.NOT_SET_UP, True)


async def test_what_may_pass_is_raised_twice_and_then_told():
    it = fallback(Hired(ProviderFailing("down")))
    for _ in range(2):
        with pytest.raises(ProviderFailing):
            await it.compose("hired", WISH)
    assert await it.compose("hired", WISH) == Uncomposed("hired", Reason.FAILING, "music_provider_failing", "down")


async def test_one_that_is_set_up_wrongly_is_asked_once():
    hired = Hired(ProviderRejected("bad key"))
    it = fallback(hired)
    assert [(await it.compose("hired", WISH)).reason for _ in range(3)] == [Reason.REJECTED] * 3
    assert hired.asked == 1


async def test_a_refusal_is_about_the_wish_and_not_the_provider():
    hired = Hired(MusicRefused("no"), TAKE)
    it = fallback(hired)
    assert (await it.compose("hired", WISH)).reason is Reason.REFUSED
    assert await it.compose("hired", WISH) == TAKE


async def test_after_its_rest_one_order_goes_through_to_see():
    clock, hired = Clock(), Hired(ProviderRejected("bad key"), TAKE)
    it = fallback(hired, clock)
    await it.compose("hired", WISH)
    clock.now = 121
    assert await it.compose("hired", WISH) == TAKE


async def test_closing_closes_every_composer():
    hired = Hired(TAKE)
    await fallback(hired).close()
    assert hired.asked == -1


async def test_a_take_is_fitted_to_the_film():
    performance = await Conductor(Own(), fallback(Hired(TAKE))).perform(WISH, "hired")
    assert (performance.flac, performance.provider, performance.warnings) == (b"fitted", "hired", ())


async def test_where_a_provider_does_not_compose_philo_does_and_says_why():
    performance = await Conductor(Own(), fallback(Hired(MusicRefused("Too grim.")))).perform(WISH, "hired")
    assert (performance.flac, performance.provider) == (b"calm piano 8", "philo")
    assert performance.warnings == ("Too grim.",)


async def test_where_what_came_is_silent_philo_composes_and_says_why():
    silent = Take(b"silence", 8.0, "hired", "m")
    performance = await Conductor(Own(), fallback(Hired(silent))).perform(WISH, "hired")
    assert performance.provider == "philo"
    assert "The track is silent" in performance.warnings[0]


async def test_a_genre_that_is_not_played_is_warned_of():
    performance = await Conductor(Own(), fallback(Hired(TAKE))).perform(Wish(Mood.SAD, "epic trailer", 8, 1))
    assert performance.flac == b"sad orchestral 8"
    assert "epic trailer" in performance.warnings[0]


async def test_only_who_has_a_key_is_hired():
    it = hired({"mubert": Account(api_key=" "), "replicate": Account(api_key="r8_x", base_url="http://127.0.0.1:9")})
    assert (await it.compose("mubert", WISH)).reason is Reason.NOT_SET_UP
    assert it.providers == {"replicate"}
    await it.close()


@pytest.mark.parametrize("key", ["has blank", "line\nbreak", "schlüssel"])
def test_a_key_that_cannot_be_sent_is_refused(key: str):
    with pytest.raises(ValidationError):
        TypeAdapter(ApiKey).validate_python(key)


@pytest.mark.parametrize("url", ["http://example.com", "https://u:p@example.com", "ftp://example.com", "https://x/?q"])
def test_an_address_that_would_give_the_key_away_is_refused(url: str):
    with pytest.raises(ValidationError):
        TypeAdapter(BaseUrl).validate_python(url)
