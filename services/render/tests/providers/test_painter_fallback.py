"""A painting, or why Philo should draw the scene itself."""

import asyncio
from decimal import Decimal

import pytest

from philo_kernel.outgoing.board import Board
from philo_kernel.outgoing.health import Rules
from philo_kernel.outgoing.line import Line, Terms
from philo_kernel.outgoing.patience import Patience
from philo_kernel.work import Hopeless, Passing
from philo_render.providers.fallback import Fallback, Reason, Unpainted
from philo_render.providers.faults import PictureRefused, PictureRejected, ProviderFailing, ProviderRejected
from philo_render.providers.painter import Painting, Wish

WISH = Wish("An old mill", 512, 512)
PAINTING = Painting(b"", "image/png", "scripted", "m", Decimal(1), "USD")
FAILING = ProviderFailing("Busy.", cost=Decimal(2))


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class ScriptedPainter:
    """Does what it is told, the last of it again and again."""

    def __init__(self, clock: Clock, name: str = "scripted") -> None:
        self.name = name
        once = Terms(patience=Patience(retries=0), rules=Rules(most=3, rest=60))
        self.line = Line(name, "picture", board=Board(None, "", clock), terms=once)
        self.script: list[Painting | Exception] = [PAINTING]
        self.asked = 0
        self.closed = False
        self.begun = asyncio.Event()
        self.ready = asyncio.Event()
        self.ready.set()

    async def paint(self, _wish: Wish) -> Painting:
        return await self.line.ask(self.attempt)

    async def attempt(self, _call: object) -> Painting:
        self.asked += 1
        if not (self.ready.is_set() or self.begun.is_set()):
            self.begun.set()
            await self.ready.wait()
        turn = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        if isinstance(turn, Exception):
            raise turn
        return turn

    async def close(self) -> None:
        self.closed = True


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def painter(clock):
    return ScriptedPainter(clock)


@pytest.fixture
def other(clock):
    return ScriptedPainter(clock, "other")


@pytest.fixture
def fallback(painter):
    return Fallback({"scripted": painter})


@pytest.fixture
def pair(painter, other):
    """Two who paint; `other` is asked when `painter` cannot."""
    return Fallback({"scripted": painter, "other": other}, ("other", "nobody"))


async def asked_until_open(fallback: Fallback) -> Painting | Unpainted:
    for _ in range(2):
        with pytest.raises(Passing):
            await fallback.paint("scripted", WISH)
    return await fallback.paint("scripted", WISH)


async def test_a_painting_comes_through(fallback):
    assert await fallback.paint("scripted", WISH) is PAINTING


async def test_a_provider_that_is_not_set_up_names_the_setting(fallback):
    told = await fallback.paint("openai", WISH)
    assert (told.reason, "OPENAI_API_KEY" in told.message) == (Reason.NOT_SET_UP, True)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (PictureRefused("Too grim."), Reason.REFUSED),
        (PictureRejected("Too long."), Reason.UNFIT),
        (ProviderRejected("No key."), Reason.REJECTED),
        (Hopeless("strange", "Of some other kind."), Reason.REJECTED),
    ],
)
async def test_what_is_hopeless_is_told_as_an_outcome(fallback, painter, fault, reason):
    painter.script = [fault]
    assert await fallback.paint("scripted", WISH) == Unpainted("scripted", reason, fault.code, str(fault))


async def test_a_failure_that_may_pass_is_left_to_the_task(fallback, painter):
    painter.script = [FAILING]
    with pytest.raises(ProviderFailing, match=r"Busy\."):
        await fallback.paint("scripted", WISH)


async def test_failing_too_often_is_an_outcome_with_what_it_cost(fallback, painter):
    painter.script = [FAILING]
    told = await asked_until_open(fallback)
    assert told == Unpainted("scripted", Reason.FAILING, FAILING.code, "Busy.", Decimal(2))


async def test_one_that_fails_too_often_is_left_alone_and_costs_nothing(fallback, painter):
    painter.script = [FAILING]
    await asked_until_open(fallback)
    told = await fallback.paint("scripted", WISH)
    assert (told.reason, told.cost, painter.asked) == (Reason.FAILING, 0, 3)


async def test_a_wrong_key_is_not_tried_again_for_a_while(fallback, painter):
    painter.script = [ProviderRejected("No key.")]
    first = await fallback.paint("scripted", WISH)
    assert await fallback.paint("scripted", WISH) == first
    assert painter.asked == 1


async def test_refusals_do_not_count_against_a_provider(fallback, painter):
    painter.script = [PictureRefused("No.")] * 5 + [PAINTING]
    outcomes = [await fallback.paint("scripted", WISH) for _ in range(6)]
    assert outcomes[-1] is PAINTING


async def test_after_its_rest_one_is_sent_to_see_and_the_others_wait(fallback, painter, clock):
    painter.script = [FAILING, FAILING, FAILING, PAINTING]
    await asked_until_open(fallback)
    clock.now += 60
    painter.ready.clear()
    sent = asyncio.create_task(fallback.paint("scripted", WISH))
    await painter.begun.wait()
    waiting = await fallback.paint("scripted", WISH)
    painter.ready.set()
    assert (waiting.reason, await sent) == (Reason.FAILING, PAINTING)


async def test_a_failed_look_is_followed_by_another_rest(fallback, painter, clock):
    painter.script = [FAILING]
    await asked_until_open(fallback)
    clock.now += 60
    await fallback.paint("scripted", WISH)
    await fallback.paint("scripted", WISH)
    assert painter.asked == 4


async def test_one_that_is_well_again_is_asked_again(fallback, painter, clock):
    painter.script = [FAILING, FAILING, FAILING, PAINTING]
    await asked_until_open(fallback)
    clock.now += 60
    assert [await fallback.paint("scripted", WISH) for _ in range(2)] == [PAINTING] * 2


async def test_a_longer_rest_that_was_asked_for_is_given(fallback, painter, clock):
    painter.script = [ProviderFailing("Busy.", after=600)]
    await asked_until_open(fallback)
    clock.now += 599
    await fallback.paint("scripted", WISH)
    assert painter.asked == 3


async def test_a_success_forgets_what_failed_before(fallback, painter):
    painter.script = [FAILING, FAILING, PAINTING, FAILING]
    for expected in (Passing, Passing, None, Passing, Passing):
        if expected is None:
            await fallback.paint("scripted", WISH)
            continue
        with pytest.raises(expected):
            await fallback.paint("scripted", WISH)


async def test_closing_closes_the_painters(fallback, painter):
    await fallback.close()
    assert painter.closed


@pytest.mark.parametrize("fault", [FAILING, ProviderRejected("No key.")])
async def test_where_one_cannot_the_next_paints(pair, painter, other, fault):
    painter.script = [fault]
    assert await pair.paint("scripted", WISH) is PAINTING
    assert (painter.asked, other.asked) == (1, 1)


async def test_one_that_dies_among_scenes_leaves_the_rest_to_the_next(pair, painter, other):
    painter.script = [PAINTING, FAILING]
    assert [await pair.paint("scripted", WISH) for _ in range(6)] == [PAINTING] * 6
    assert (painter.asked, other.asked) == (4, 5)


async def test_the_trouble_of_one_is_not_the_trouble_of_the_other(pair, painter, other):
    painter.script = [FAILING]
    for _ in range(4):
        await pair.paint("scripted", WISH)
    assert [(await one.line.known()).status() for one in (painter, other)] == ["unhealthy", "healthy"]


async def test_a_refused_wish_is_not_carried_to_the_next(pair, painter, other):
    painter.script = [PictureRefused("Too grim.")]
    assert ((await pair.paint("scripted", WISH)).reason, other.asked) == (Reason.REFUSED, 0)


async def test_where_nobody_can_the_last_says_why(pair, painter, other):
    painter.script, other.script = [FAILING], [ProviderRejected("No credit.")]
    told = await pair.paint("scripted", WISH)
    assert (told.provider, told.reason, told.message) == ("other", Reason.REJECTED, "No credit.")


async def test_who_is_wished_for_is_not_asked_twice(pair, other):
    other.script = [ProviderRejected("No key.")]
    await pair.paint("other", WISH)
    assert other.asked == 1
