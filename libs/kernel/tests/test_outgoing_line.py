"""What the one way to a provider promises, whoever it is."""

import asyncio
from decimal import Decimal

import pytest

from philo.testing_providers import Naps, terms
from philo_kernel.outgoing.board import Board
from philo_kernel.outgoing.calls import heard_by
from philo_kernel.outgoing.faults import Failing, LeftAlone, Refused, Rejected
from philo_kernel.outgoing.line import Line, Terms
from philo_kernel.outgoing.patience import Patience

BUSY = Failing("Busy.", "busy")
ONCE = Terms(patience=Patience(retries=0))


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


class Provider:
    """Does what it is told, the last of it again and again."""

    def __init__(self, *script: object) -> None:
        self.script, self.asked = list(script), 0

    async def __call__(self, call) -> object:
        self.asked += 1
        call.used(input_tokens=10)
        turn = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        if isinstance(turn, Exception):
            raise turn
        return turn


@pytest.fixture
def clock() -> Clock:
    return Clock()


def line(clock: Clock, how: Terms = ONCE) -> Line:
    return Line("acme", "text", board=Board(None, "", clock), terms=how)


async def asked(one: Line, provider: Provider, times: int) -> list[object]:
    """What came of it, each time."""
    outcomes: list[object] = []
    for _ in range(times):
        try:
            outcomes.append(await one.ask(provider))
        except (Failing, LeftAlone, Rejected, Refused) as fault:
            outcomes.append(type(fault))
    return outcomes


async def test_what_fails_for_a_while_is_asked_again(clock):
    naps, provider = Naps(), Provider(BUSY, BUSY, "well")
    assert await line(clock, terms(naps)).ask(provider) == "well"
    assert naps.seconds == [0.5, 1.0]


async def test_one_that_is_always_busy_is_given_up_after_three_retries(clock):
    provider = Provider(BUSY)
    with pytest.raises(Failing, match=r"Busy\."):
        await line(clock, terms(Naps())).ask(provider)
    assert provider.asked == 4


async def test_one_that_wants_a_long_rest_is_not_asked_again_here(clock):
    naps = Naps()
    with pytest.raises(Failing):
        await line(clock, terms(naps)).ask(Provider(Failing("Busy.", after=900)))
    assert naps.seconds == []


async def test_one_that_does_not_answer_in_time_is_told_so(clock):
    async def silent(_call: object) -> None:
        await asyncio.Event().wait()

    how = Terms(timeout=0.01, patience=Patience(retries=0))
    with pytest.raises(Failing, match=r"acme did not answer within 0\.01 seconds"):
        await line(clock, how).ask(silent)


async def test_one_that_fails_too_often_is_left_alone_with_its_last_words(clock):
    provider, one = Provider(BUSY), line(clock)
    assert await asked(one, provider, 4) == [Failing, Failing, LeftAlone, LeftAlone]
    with pytest.raises(LeftAlone, match=r"Busy\.") as told:
        await one.ask(provider)
    assert (told.value.code, told.value.hopeless, provider.asked) == ("busy", False, 3)


async def test_a_wrong_key_is_left_alone_at_once(clock):
    provider, one = Provider(Rejected("bad_key", "The key is wrong.")), line(clock)
    assert await asked(one, provider, 2) == [Rejected, LeftAlone]
    assert ((await one.known()).hopeless, provider.asked) == (True, 1)


async def test_refusals_say_nothing_against_a_provider(clock):
    provider = Provider(*[Refused("no", "Not this.")] * 5, "well")
    assert (await asked(line(clock), provider, 6))[-1] == "well"


async def test_a_success_forgets_what_failed_before(clock):
    provider = Provider(BUSY, BUSY, "well", BUSY, BUSY, "well")
    assert LeftAlone not in await asked(line(clock), provider, 6)


async def test_after_its_rest_one_is_sent_to_see_and_the_others_wait(clock):
    one, begun, ready = line(clock), asyncio.Event(), asyncio.Event()
    await asked(one, Provider(BUSY), 3)
    clock.now += 120

    async def slow(_call: object) -> str:
        begun.set()
        await ready.wait()
        return "well"

    sent = asyncio.create_task(one.ask(slow))
    await begun.wait()
    assert await asked(one, Provider("well"), 1) == [LeftAlone]
    ready.set()
    assert (await sent, await asked(one, Provider("well"), 1)) == ("well", ["well"])


async def test_a_failed_look_is_followed_by_another_rest(clock):
    one, provider = line(clock), Provider(BUSY)
    await asked(one, provider, 3)
    clock.now += 120
    await asked(one, provider, 2)
    assert provider.asked == 4


async def test_a_longer_rest_that_was_asked_for_is_given(clock):
    one, provider = line(clock), Provider(Failing("Busy.", after=600))
    await asked(one, provider, 3)
    clock.now += 599
    assert await asked(one, provider, 1) == [LeftAlone]


async def test_no_more_ask_at_once_than_may(clock):
    one, under_way, most = line(clock, Terms(at_once=2)), 0, 0

    async def counted(_call: object) -> None:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0)
        under_way -= 1

    await asyncio.gather(*(one.ask(counted) for _ in range(10)))
    assert most == 2


async def test_one_provider_that_is_full_keeps_nobody_from_another(clock):
    full, free, stop = line(clock, Terms(at_once=1)), line(clock), asyncio.Event()

    async def holds(_call: object) -> None:
        await stop.wait()

    held = [asyncio.create_task(full.ask(holds)) for _ in range(3)]
    assert await free.ask(Provider("well")) == "well"
    stop.set()
    await asyncio.gather(*held)


async def test_every_request_is_told_with_what_it_used_answered_or_not(clock):
    heard = []

    async def hear(call) -> None:
        heard.append(call)

    with heard_by(hear):
        await line(clock, terms(Naps())).ask(Provider(BUSY, "well"), model="m", scene="s1")
    assert [(one.outcome, one.attempt) for one in heard] == [("failed", 1), ("answered", 2)]
    [_, last] = heard
    assert (last.provider, last.service, last.model, last.scene) == ("acme", "text", "m", "s1")
    assert last.quantities == {"input_tokens": 10}


async def test_what_a_provider_says_it_took_is_told(clock):
    heard = []

    async def hear(call) -> None:
        heard.append(call)

    async def dear(call) -> None:
        call.charged = Decimal("0.04")

    with heard_by(hear):
        await line(clock).ask(dear)
    assert heard[0].charged == Decimal("0.04")


async def test_what_is_not_paid_for_is_not_told(clock):
    heard = []

    async def hear(call) -> None:
        heard.append(call)

    one = line(clock)
    with heard_by(hear):
        await one.attend(lambda: one.request(Provider("well"), paid=False))
    assert heard == []


async def test_a_look_goes_through_though_it_is_left_alone_and_makes_it_well(clock):
    one = line(clock)
    await asked(one, Provider(BUSY), 3)

    async def look() -> None:
        return None

    one.looked_at_by(look)
    found = await one.examine(1)
    assert (found.status(), found.circuit(clock.now)) == ("healthy", "closed")


async def test_a_look_that_takes_too_long_is_a_failure(clock):
    one = line(clock)

    async def look() -> None:
        await asyncio.Event().wait()

    one.looked_at_by(look)
    found = await one.examine(0.01)
    assert (found.status(), found.failures, "0.01 seconds" in found.words) == ("degraded", 1, True)
