"""The one way to somebody who works for money: with a deadline, patience, a bound on how many ask at once, and a rest
for who fails too often. What is used is told, and how it went is noted for all replicas."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from uuid_utils.compat import uuid7

from philo_contracts.shapes import ProviderCall
from philo_kernel import telemetry
from philo_kernel.metrics import providers as figures
from philo_kernel.outgoing import health as healths
from philo_kernel.outgoing.board import Board, Step
from philo_kernel.outgoing.calls import Call, Outcome, Service, making, tell
from philo_kernel.outgoing.deadline import deadline
from philo_kernel.outgoing.faults import Failing, LeftAlone, Refused
from philo_kernel.outgoing.health import Health, Rules
from philo_kernel.outgoing.patience import Patience
from philo_kernel.telemetry import SpanKind
from philo_kernel.work import Hopeless

T = TypeVar("T")
Attempt = Callable[[Call], Awaitable[T]]
Look = Callable[[], Awaitable[None]]


@dataclass(frozen=True)
class Terms:
    """`timeout` is seconds for one attempt, `at_once` how many requests of this process may be under way."""

    timeout: float = 60.0
    patience: Patience = field(default_factory=Patience)
    at_once: int = 8
    rules: Rules = field(default_factory=Rules)


class Line:
    """To one provider of one service. `late` makes the fault of one that does not answer in time."""

    def __init__(
        self,
        provider: str,
        service: Service,
        *,
        board: Board | None = None,
        terms: Terms | None = None,
        who: str = "",
        late: Callable[[str], Failing] = Failing,
    ) -> None:
        self.provider, self.service = provider, service
        self.key = f"{service}/{provider}"
        self.terms = terms or Terms()
        self.who = who or provider
        self._board = board or Board(None, "")
        self._late = late
        self._turns = asyncio.Semaphore(self.terms.at_once)
        self._took: list[float] = []
        self._look: Look | None = None

    def looked_at_by(self, look: Look) -> None:
        """`look` asks for something that costs nothing; it raises what a request would."""
        self._look = look

    async def ask(self, attempt: Attempt[T], *, model: str | None = None, scene: str | None = None) -> T:
        """One request with its retries. Raises `LeftAlone` or what `attempt` raises."""
        return await self.attend(lambda: self.request(attempt, model=model, scene=scene))

    async def attend(self, work: Callable[[], Awaitable[T]]) -> T:
        """Work of several requests, that goes well or not as a whole. Raises `LeftAlone` when it is not asked now, or
        failed once too often."""
        known, agreed = await self._board.change(self.key, partial(healths.admitted, rules=self.terms.rules))
        if not agreed:
            raise self._left_alone(known)
        return await self._settled(work)

    async def order(self, work: Attempt[T], *, model: str | None = None, scene: str | None = None) -> T:
        """Work of several requests that is paid as a whole, and told of so. Its requests are not."""
        return await self.attend(lambda: self._billed(work, Call(attempt=1), model, scene))

    async def request(
        self, attempt: Attempt[T], *, model: str | None = None, scene: str | None = None, paid: bool = True
    ) -> T:
        """One request with its retries, inside of `attend`. What is not `paid` is not told."""
        return await self.terms.patience.ask(lambda turn: self._attempted(attempt, Call(turn), model, scene, paid=paid))

    async def examine(self, timeout: float) -> Health:  # noqa: ASYNC109 - a wish of the operator's
        """Look whether it is well, even while it is left alone. Never raises for what the provider does."""
        look = self._look

        async def looked() -> None:
            if look:
                words = f"{self.who} did not answer within {timeout:g} seconds."
                async with deadline(timeout, lambda: self._late(words)):
                    await look()

        with suppress(Failing, LeftAlone, Hopeless):  # it is noted
            await self._settled(looked)
        return await self.known()

    async def known(self) -> Health:
        """What is known of it; and that this process asks it."""
        return await self._noted(lambda known, now: known.model_copy(update={"seen_at": now}))

    async def _settled(self, work: Callable[[], Awaitable[T]]) -> T:
        try:
            result = await work()
        except Failing as failure:
            known = await self._failed(failure)
            if known.tripped:
                raise self._left_alone(known) from failure
            raise
        except Refused:
            await self._worked()  # it looked at the wish: it is well
            raise
        except Hopeless as fault:
            await self._failed(fault)
            raise
        await self._worked()
        return result

    async def _attempted(
        self, attempt: Attempt[T], call: Call, model: str | None, scene: str | None, *, paid: bool
    ) -> T:
        async def in_time(call: Call) -> T:
            async with deadline(self.terms.timeout, self._too_late):
                return await attempt(call)

        async with self._turns:
            began = time.monotonic()
            try:
                with self._span(call, model, scene), figures.asked(self.service, self.provider):
                    return await (self._billed(in_time, call, model, scene) if paid else in_time(call))
            finally:
                self._took.append(time.monotonic() - began)

    def _span(self, call: Call, model: str | None, scene: str | None) -> AbstractContextManager[telemetry.Span]:
        """One request; its retries stand beside it."""
        return telemetry.span(
            f"ask {self.key}",
            kind=SpanKind.CLIENT,
            provider=self.provider,
            model=model,
            scene=scene,
            attempt=call.attempt,
        )

    async def _billed(self, attempt: Attempt[T], call: Call, model: str | None, scene: str | None) -> T:
        """Told however it ends, even if it is broken off."""
        began = time.monotonic()
        outcome: Outcome = "failed"
        try:
            with making(call):
                result = await attempt(call)
            outcome = "answered"
        except Hopeless:
            outcome = "refused"
            raise
        finally:
            await tell(self._told(call, model, scene, outcome, time.monotonic() - began))
        return result

    def _too_late(self) -> Failing:
        return self._late(f"{self.who} did not answer within {self.terms.timeout:g} seconds. Try again.")

    def _told(self, call: Call, model: str | None, scene: str | None, outcome: Outcome, seconds: float) -> ProviderCall:
        return ProviderCall(
            id=str(uuid7()),
            scene=scene,
            attempt=call.attempt,
            service=self.service,
            provider=self.provider,
            model=model,
            outcome=outcome,
            quantities=call.quantities,
            charged=call.charged,
            seconds=seconds,
            exchange=call.exchange,
        )

    async def _worked(self) -> None:
        took, self._took = self._took, []
        await self._noted(partial(healths.worked, took=took))

    async def _failed(self, fault: Failing | Hopeless) -> Health:
        took, self._took = self._took, []
        step = partial(
            healths.failed,
            rules=self.terms.rules,
            took=took,
            code=fault.code,
            words=str(fault),
            hopeless=isinstance(fault, Hopeless),
            after=fault.after if isinstance(fault, Failing) else None,
        )
        return await self._noted(step)

    async def _noted(self, step: Step) -> Health:
        known = (await self._board.change(self.key, step))[0]
        figures.found(self.service, self.provider, known)
        return known

    def _left_alone(self, known: Health) -> LeftAlone:
        return LeftAlone(self.provider, known.words, known.code, hopeless=known.hopeless)
