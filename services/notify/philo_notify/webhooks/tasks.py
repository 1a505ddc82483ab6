"""Bringing what waits for a webhook: one after another, each until it is taken or given up."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncEngine
from uuid_utils.compat import uuid4

from philo_contracts.events import WebhookDelivered, WebhookFailed
from philo_kernel import telemetry
from philo_kernel.limits import Limits, minutes
from philo_kernel.sealing import Sealer
from philo_kernel.unit import Unit, unit_of_work
from philo_kernel.work import task
from philo_notify import figures
from philo_notify.webhooks import store
from philo_notify.webhooks.carrier import Carrier
from philo_notify.webhooks.domain import RESTS, Answer, Verdict, headers_of, reason, verdict
from philo_notify.webhooks.lanes import Lanes
from philo_notify.webhooks.noting import Deliver, begin
from philo_notify.webhooks.store import Delivery, Endpoint

IN_A_ROW = 50
"""Deliveries to one webhook, before others have their turn."""
OWNER = "select user_id from webhook where id = $1"
HELD = "update webhook set lease = $2, leased_until = now() + $3, due = null where id = $1"
FREE = "update webhook set lease = null, leased_until = null where id = $1"
LATER = "update webhook set lease = null, leased_until = null, due = now() + $2 where id = $1"
PAUSE = (
    "update webhook set lease = null, leased_until = null, due = null, paused_at = now(), paused_why = $2 where id = $1"
)
NEXT_VERSION = "select coalesce(max(version), 0) + 1 from event where stream = $1"
FORGOTTEN = """
    select id from webhook
    where paused_at is null and (due is null or due <= now()) and (leased_until is null or leased_until < now())
      and exists (select from delivery
        where webhook_id = webhook.id and state = 'waiting' and created_at < now() - $1::interval)
    limit 500"""
QUEUED = "select true from pgqueuer where headers->>'job' = $1 and entrypoint = 'Deliver' limit 1"
SWEEP = 30.0


@dataclass(frozen=True)
class Turn:
    """A delivery in hand, until the lease is over."""

    endpoint: Endpoint
    delivery: Delivery
    lease: UUID


class Deliveries:
    """`rests` are the times between two attempts; `chance` spreads them. Others have their turn as well once one webhook
    has taken as long as an attempt may."""

    def __init__(
        self,
        engine: AsyncEngine,
        carrier: Carrier,
        sealer: Sealer | None,
        lanes: Lanes,
        *,
        rests: Sequence[timedelta] = RESTS,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.engine, self.carrier, self.sealer, self.lanes = engine, carrier, sealer, lanes
        self.longest = carrier.patience
        self.rests, self.chance = rests, chance
        self.lasts = timedelta(seconds=carrier.patience + 15)

    async def bring(self, webhook: UUID) -> None:
        """What waits, in order, until nothing does or an attempt fails. Only one at a time does so for one webhook, and few
        for one user."""
        async with self.unit() as unit:
            user = await unit.connection.fetchval(OWNER, webhook)
        if user is None or not self.lanes.enter(user, webhook):
            return
        try:
            await self._brought(webhook)
        finally:
            await self._look_after(self.lanes.leave(user))

    async def _brought(self, webhook: UUID) -> None:
        lease, until = uuid4(), time.monotonic() + self.longest
        for _ in range(IN_A_ROW):
            turn = await self.next(webhook, lease)
            if turn is None or not await self.settled(turn, await self.send(turn.endpoint, turn.delivery)):
                return
            if time.monotonic() >= until:
                break
        async with self.unit() as unit:
            await unit.connection.execute(FREE, webhook)
            begin(unit, webhook)

    async def _look_after(self, webhooks: Sequence[UUID]) -> None:
        if webhooks:
            async with self.unit() as unit:
                for webhook in webhooks:
                    begin(unit, webhook)

    async def next(self, webhook: UUID, lease: UUID) -> Turn | None:
        """None when nothing waits, when it is not time yet, or when somebody else is at it."""
        async with self.unit() as unit:
            endpoint = await store.find(unit.connection, webhook, lock=True)
            if endpoint is None or endpoint.paused_at or endpoint.early:
                return None
            if endpoint.held and endpoint.lease != lease:
                return None
            delivery = await store.first_waiting(unit.connection, webhook)
            if delivery is None:
                await unit.connection.execute(FREE, webhook)
                return None
            await unit.connection.execute(HELD, webhook, lease, self.lasts)
        return Turn(endpoint, delivery, lease)

    async def send(self, endpoint: Endpoint, delivery: Delivery) -> Answer:
        assert self.sealer, "there are webhooks only where their secrets can be sealed"
        at = datetime.now(UTC)
        secrets = [self.sealer.opened(secret, str(endpoint.id)) for secret in endpoint.secrets_at(at)]
        with sending(delivery):
            headers = headers_of(str(delivery.id), at, delivery.body, secrets, telemetry.carried())
            answer = await self.carrier.send(endpoint.url, headers, delivery.body)
            if not answer.taken:
                telemetry.failed(reason(answer))
        return answer

    async def settled(self, turn: Turn, answer: Answer) -> bool:
        """Write down how it went; whether the next one may go. Who has lost the lease meanwhile says nothing."""
        webhook = turn.endpoint.id
        async with self.unit() as unit:
            endpoint = await store.find(unit.connection, webhook, lock=True)
            if endpoint is None or endpoint.lease != turn.lease:
                return False
            judged = verdict(answer, turn.delivery.attempts_now + 1, self.rests, self.chance())
            attempts = await store.settle(unit.connection, turn.delivery.id, judged.state, answer)
            await self.tell(unit, turn, judged, attempts, answer)
            if judged.pause:
                await unit.connection.execute(PAUSE, webhook, judged.pause)
            elif judged.rest is not None:
                await unit.connection.execute(LATER, webhook, judged.rest)
                unit.start(Deliver(job=str(webhook)), after=judged.rest)
        figures.DELIVERIES.of("again" if judged.rest else judged.state).inc()
        return judged.state == "delivered"

    async def tell(self, unit: Unit, turn: Turn, judged: Verdict, attempts: int, answer: Answer) -> None:
        if judged.state == "waiting":
            return
        one, stream = turn.delivery, f"delivery/{turn.delivery.id}"
        version = await unit.connection.fetchval(NEXT_VERSION, stream)
        about: dict[str, object] = {"webhook": str(turn.endpoint.id), "delivery": str(one.id), "event": one.event}
        about |= {"job": one.job, "user": turn.endpoint.user_id, "attempts": attempts}
        if judged.state == "delivered":
            unit.say(WebhookDelivered.model_validate(about), stream=stream, version=version)
        else:
            about |= {"reason": reason(answer), "paused": judged.pause is not None}
            unit.say(WebhookFailed.model_validate(about), stream=stream, version=version)

    async def sweep(self) -> None:
        """Find what waits though nobody was asked to bring it, until cancelled."""
        while True:
            await self.find_forgotten()
            await asyncio.sleep(SWEEP)

    async def find_forgotten(self, older: timedelta = timedelta(seconds=SWEEP)) -> None:
        async with self.unit() as unit:
            for row in await unit.connection.fetch(FORGOTTEN, older):
                if not await unit.connection.fetchval(QUEUED, str(row["id"])):
                    begin(unit, row["id"])

    def unit(self) -> AbstractAsyncContextManager[Unit]:
        return unit_of_work(self.engine, "notify")


def sending(delivery: Delivery) -> AbstractContextManager[telemetry.Span]:
    """One attempt, in the trace of its job. The order that brings it may bring others as well, and is linked to."""
    return telemetry.span(
        "notify.send_webhook",
        delivery.traceparent,
        kind=telemetry.SpanKind.CLIENT,
        links=[telemetry.current()],
        correlation=delivery.job,
        event=delivery.event,
        attempt=delivery.attempts_now + 1,
    )


@task(Deliver, limits=Limits(minutes(20), minutes(21)))
async def deliver(work: Deliver, deliveries: Deliveries) -> None:
    await deliveries.bring(UUID(work.job))
