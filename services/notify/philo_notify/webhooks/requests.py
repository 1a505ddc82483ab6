"""What people do with their webhooks."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from datetime import UTC, datetime
from secrets import token_bytes
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncEngine
from uuid_utils.compat import uuid7

from philo_kernel.http.pages import PageRequest
from philo_kernel.http.problems import Conflict, NotFound, Unprocessable
from philo_kernel.sealing import Sealer
from philo_kernel.unit import Unit, unit_of_work
from philo_notify.webhooks import store
from philo_notify.webhooks.domain import OLD_SECRET_LASTS, TEST, EventName, trial_payload, unfit
from philo_notify.webhooks.noting import begin
from philo_notify.webhooks.store import Delivery, Endpoint
from philo_notify.webhooks.tasks import Deliveries
from philo_notify.webhooks.trials import Trials

MOST = 20
COUNT = "select count(*) from webhook where user_id = $1"
ONE_BY_ONE = "select pg_advisory_xact_lock(hashtextextended('webhooks of ' || $1, 0))"
ROTATE = """
    update webhook set old_secret = secret, secret = $2, old_until = now() + $3 where id = $1 returning old_until"""
PAUSE = "update webhook set paused_at = now(), paused_why = $2, due = null where id = $1 and paused_at is null"
BY_OWNER = "Its owner paused it."
RESUME = "update webhook set paused_at = null, paused_why = null, due = null where id = $1"
AGAIN = "update delivery set state = 'waiting', before = attempts, settled_at = null where id = $1"
DELETE = "delete from webhook where id = $1"


class NotSetUp(Conflict):
    slug, title = "not-set-up", "This installation does not offer this"


class Webhooks:
    """`loopback`: whether receivers may lie on this very machine."""

    def __init__(
        self, engine: AsyncEngine, deliveries: Deliveries, sealer: Sealer | None, trials: Trials, *, loopback: bool
    ) -> None:
        self.engine, self.deliveries, self.sealer, self.loopback = engine, deliveries, sealer, loopback
        self.trials = trials

    async def create(self, user: str, url: str, events: Sequence[EventName], description: str) -> tuple[Endpoint, str]:
        """The webhook, and its secret, which is not shown again."""
        if why := unfit(url, loopback=self.loopback):
            raise Unprocessable("Philo cannot deliver there.", errors=[("/url", why)])
        webhook = uuid7()
        secret, sealed = self.new_secret(webhook)
        async with unit_of_work(self.engine, "notify") as unit:
            await unit.connection.execute(ONE_BY_ONE, user)
            if await unit.connection.fetchval(COUNT, user) >= MOST:
                raise Conflict(f"You have {MOST} webhooks, and more are not kept. Delete one that you do not need.")
            wanted = list(dict.fromkeys(events))
            await unit.connection.execute(store.CREATE, webhook, user, url, description, wanted, sealed)
            return await self.own(unit, user, webhook), secret

    async def page(self, user: str, wanted: PageRequest) -> list[Endpoint]:
        created, last = wanted.after or (None, None)
        after = (datetime.fromisoformat(str(created)) if created else None, UUID(str(last)) if last else None)
        async with unit_of_work(self.engine, "notify") as unit:
            return await store.of_user(unit.connection, user, after, wanted.skip, wanted.fetch)

    async def find(self, user: str, webhook: UUID) -> Endpoint:
        async with unit_of_work(self.engine, "notify") as unit:
            return await self.own(unit, user, webhook)

    async def delete(self, user: str, webhook: UUID) -> None:
        async with unit_of_work(self.engine, "notify") as unit:
            await self.own(unit, user, webhook)
            await unit.connection.execute(DELETE, webhook)

    async def rotate(self, user: str, webhook: UUID) -> tuple[str, datetime]:
        """The new secret, and until when the old one signs as well."""
        async with unit_of_work(self.engine, "notify") as unit:
            await self.own(unit, user, webhook)
            secret, sealed = self.new_secret(webhook)
            return secret, await unit.connection.fetchval(ROTATE, webhook, sealed, OLD_SECRET_LASTS)

    async def pause(self, user: str, webhook: UUID) -> Endpoint:
        """Send nothing until it is resumed; what happens meanwhile waits. One that is paused stays so, for its reason."""
        async with unit_of_work(self.engine, "notify") as unit:
            await self.own(unit, user, webhook)
            await unit.connection.execute(PAUSE, webhook, BY_OWNER)
            return await self.own(unit, user, webhook)

    async def resume(self, user: str, webhook: UUID) -> Endpoint:
        """What has waited meanwhile is brought, in order."""
        async with unit_of_work(self.engine, "notify") as unit:
            await self.own(unit, user, webhook)
            await unit.connection.execute(RESUME, webhook)
            begin(unit, webhook)
            return await self.own(unit, user, webhook)

    async def log(self, user: str, webhook: UUID, wanted: PageRequest) -> list[Delivery]:
        before = int(wanted.after[0]) if wanted.after else None
        async with unit_of_work(self.engine, "notify") as unit:
            await self.own(unit, user, webhook)
            return await store.logged(unit.connection, webhook, before, wanted.skip, wanted.fetch)

    async def redeliver(self, user: str, webhook: UUID, delivery: UUID) -> Delivery:
        """It goes before what waits, under the id that it had, so that its receiver knows it again."""
        async with unit_of_work(self.engine, "notify") as unit:
            endpoint = await self.own(unit, user, webhook)
            found = await store.delivery(unit.connection, webhook, delivery)
            if found is None:
                raise NotFound("This webhook has no such delivery. Its `deliveries` list them.")
            if found.state == "waiting":
                raise Conflict("This delivery is waiting to be made already.")
            if endpoint.paused_at:
                raise Conflict("This webhook is paused. Resume it first.")
            await unit.connection.execute(AGAIN, delivery)
            begin(unit, webhook)
            return await self.shown(unit, webhook, delivery)

    async def test(self, user: str, webhook: UUID) -> Delivery:
        """One attempt, now, whatever waits and even if it is paused. Raises what `Trials.of` raises."""
        endpoint, one = await self.find(user, webhook), uuid7()
        body = trial_payload(datetime.now(UTC), str(webhook))
        made = Delivery(one, webhook, 0, TEST, None, body, "failed", 0, 0, datetime.now(UTC), None)
        with self.trials.of(user):
            answer = await self.deliveries.send(endpoint, made)
        async with unit_of_work(self.engine, "notify") as unit:
            await self.own(unit, user, webhook)
            await unit.connection.execute(store.NOTE, one, webhook, TEST, None, body, "failed", None)
            await store.settle(unit.connection, one, "delivered" if answer.taken else "failed", answer)
            return await self.shown(unit, webhook, one)

    async def shown(self, unit: Unit, webhook: UUID, delivery: UUID) -> Delivery:
        """One that is there, with its attempts."""
        found = await store.delivery(unit.connection, webhook, delivery)
        assert found, "it was written in this unit"
        return (await store.with_tries(unit.connection, [found]))[0]

    async def own(self, unit: Unit, user: str, webhook: UUID) -> Endpoint:
        found = await store.find(unit.connection, webhook, lock=True)
        if found is None or found.user_id != user:
            raise NotFound("There is no webhook with this id among yours. `GET /api/v1/webhooks` lists them.")
        return found

    def new_secret(self, webhook: UUID) -> tuple[str, str]:
        """A secret, open and sealed."""
        if self.sealer is None:
            raise NotSetUp("Webhooks are switched off here. Its operator can set WEBHOOK_SECRETS_KEY.")
        secret = f"whsec_{b64encode(token_bytes(32)).decode()}"
        return secret, self.sealer.seal(secret, str(webhook))
