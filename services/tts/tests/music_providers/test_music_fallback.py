"""Always an answer: a take, or why Philo composes itself."""

import pytest
from pydantic import TypeAdapter, ValidationError
from sample_music import tune

from philo_contracts.shapes import Mood, ProviderCall
from philo_kernel.outgoing.access import ApiKey, BaseUrl
from philo_kernel.outgoing.board import Board
from philo_kernel.outgoing.calls import Call
from philo_kernel.outgoing.health import Rules
from philo_kernel.outgoing.line import Line, Terms
from philo_tts.music_providers.accounts import Account, hired
from philo_tts.music_providers.composer import Take, Wish
from philo_tts.music_providers.fallback import Fallback, Reason, Uncomposed
from philo_tts.music_providers.faults import MusicRefused, ProviderFailing, ProviderRejected

WISH = Wish(Mood.CALM, "piano", 8, 7)
TAKE = Take(tune(), 8.0, "hired", "m")


class Hired:
    """Answers as it is told to."""

    name, model = "hired", "m"

    def __init__(self, *answers: Take | Exception) -> None:
        self.answers, self.asked = list(answers), 0
        self.clock = Clock()
        board, terms = Board(None, "", self.clock), Terms(rules=Rules(most=3, rest=120))
        self.line = Line("hired", "music", board=board, terms=terms)

    async def compose(self, wish: Wish) -> Take:
        return await self.line.order(self.composed, model=self.model)

    async def composed(self, call: Call) -> Take:
        self.asked += 1
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        call.used(seconds=answer.seconds)
        return answer

    async def close(self) -> None:
        self.asked = -1


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


class Lines:
    """Makes lines by which nobody else goes."""

    def line(self, provider: str, service: str, **how) -> Line:
        return Line(provider, service, **how)


class Ledger:
    """Hears of every order."""

    def __init__(self) -> None:
        self.calls: list[ProviderCall] = []

    async def __call__(self, call: ProviderCall) -> None:
        self.calls.append(call)


def fallback(hired: Hired) -> Fallback:
    return Fallback({"hired": hired})


async def test_a_take_is_passed_on():
    assert await fallback(Hired(TAKE)).compose("hired", WISH, Ledger()) == TAKE


async def test_a_provider_without_a_key_is_told_by_its_setting():
    told = await fallback(Hired(TAKE)).compose("mubert", WISH, Ledger())
    assert (told.reason, "MUBERT_API_KEY" in told.message) == (Reason.NOT_SET_UP, True)


async def test_what_may_pass_is_raised_twice_and_then_told():
    it = fallback(Hired(ProviderFailing("down")))
    for _ in range(2):
        with pytest.raises(ProviderFailing):
            await it.compose("hired", WISH, Ledger())
    assert await it.compose("hired", WISH, Ledger()) == Uncomposed(
        "hired", Reason.FAILING, "music_provider_failing", "down"
    )


async def test_one_that_is_set_up_wrongly_is_asked_once():
    hired = Hired(ProviderRejected("bad key"))
    it = fallback(hired)
    assert [(await it.compose("hired", WISH, Ledger())).reason for _ in range(3)] == [Reason.REJECTED] * 3
    assert hired.asked == 1


async def test_a_refusal_is_about_the_wish_and_not_the_provider():
    hired = Hired(MusicRefused("no"), TAKE)
    it = fallback(hired)
    assert (await it.compose("hired", WISH, Ledger())).reason is Reason.REFUSED
    assert await it.compose("hired", WISH, Ledger()) == TAKE


async def test_after_its_rest_one_order_goes_through_to_see():
    hired = Hired(ProviderRejected("bad key"), TAKE)
    it = fallback(hired)
    await it.compose("hired", WISH, Ledger())
    hired.clock.now = 121
    assert await it.compose("hired", WISH, Ledger()) == TAKE


async def test_closing_closes_every_composer():
    hired = Hired(TAKE)
    await fallback(hired).close()
    assert hired.asked == -1


async def test_every_order_that_goes_out_is_told_of_and_no_other():
    ledger = Ledger()
    it = fallback(Hired(TAKE, MusicRefused("no"), ProviderRejected("bad key")))
    for _ in range(4):  # the fourth is not asked any more
        await it.compose("hired", WISH, ledger)
    await it.compose("mubert", WISH, ledger)
    assert [(call.outcome, call.quantities) for call in ledger.calls] == [
        ("answered", {"seconds": 8.0}),
        ("refused", {}),
        ("refused", {}),
    ]
    assert {(call.service, call.provider, call.model) for call in ledger.calls} == {("music", "hired", "m")}
    assert len({call.id for call in ledger.calls}) == 3


async def test_an_order_that_fails_is_told_of():
    ledger = Ledger()
    with pytest.raises(ProviderFailing):
        await fallback(Hired(ProviderFailing("down"))).compose("hired", WISH, ledger)
    assert [call.outcome for call in ledger.calls] == ["failed"]


def test_what_is_paid_for_is_handed_over_once():
    it = fallback(Hired(TAKE))
    it.keep("order", TAKE)
    assert (it.in_hand("order"), it.in_hand("order")) == (TAKE, None)


async def test_only_who_has_a_key_is_hired():
    it = hired(
        {"mubert": Account(api_key=" "), "replicate": Account(api_key="r8_x", base_url="http://127.0.0.1:9")},
        Lines(),
        Terms(),
    )
    assert (await it.compose("mubert", WISH, Ledger())).reason is Reason.NOT_SET_UP
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
