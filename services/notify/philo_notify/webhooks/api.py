"""`/webhooks` on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from philo_kernel.http.idempotency import Creating
from philo_kernel.http.identity import Caller, allowed
from philo_kernel.http.pages import Page, PageRequest, page, page_request
from philo_notify.webhooks.domain import LONGEST_URL, EventName, State
from philo_notify.webhooks.requests import Webhooks
from philo_notify.webhooks.store import Delivery, Endpoint, Try

PREFIX = "/api/v1/webhooks"
router = APIRouter(prefix=PREFIX, tags=["webhooks"], route_class=Creating)

Reader = Annotated[Caller, Depends(allowed("jobs:read"))]
Writer = Annotated[Caller, Depends(allowed("jobs:write"))]
Wanted = Annotated[PageRequest, Depends(page_request)]


def webhooks_of(request: Request) -> Webhooks:
    webhooks: Webhooks = request.app.state.webhooks
    return webhooks


Hooks = Annotated[Webhooks, Depends(webhooks_of)]


class WebhookWish(BaseModel):
    model_config = ConfigDict(extra="forbid")

    url: str = Field(min_length=1, max_length=LONGEST_URL, description="Where to; https, at a public address.")
    events: list[EventName] = Field(min_length=1, max_length=20)
    description: str = Field(default="", max_length=500)


class WebhookResource(BaseModel):
    """`paused_at`: nothing has gone there since, for the reason that is told; what happens meanwhile waits."""

    id: UUID
    url: str
    events: list[EventName]
    description: str
    created_at: datetime
    paused_at: datetime | None
    paused_why: str | None

    @classmethod
    def of(cls, found: Endpoint) -> WebhookResource:
        return cls.model_validate({name: getattr(found, name) for name in cls.model_fields})


class NewWebhook(WebhookResource):
    secret: str = Field(description="Verifies signatures, by any library for Standard Webhooks. It is not shown again.")


class NewWebhookSecret(BaseModel):
    secret: str
    old_secret_until: datetime = Field(description="Until then each delivery is signed with both.")


class DeliveryAttempt(BaseModel):
    """`status` is none where there was no answer; `answer` is how its body began; `error` says why it did not count."""

    at: datetime
    status: int | None
    milliseconds: int
    answer: str
    error: str | None

    @classmethod
    def of(cls, made: Try) -> DeliveryAttempt:
        return cls(at=made.at, status=made.status, milliseconds=made.milliseconds, answer=made.answer, error=made.error)


class DeliveryResource(BaseModel):
    id: UUID = Field(description="The `webhook-id` of every attempt.")
    event: str
    job_id: str | None
    state: State
    created_at: datetime
    settled_at: datetime | None
    attempts: list[DeliveryAttempt]

    @classmethod
    def of(cls, found: Delivery) -> DeliveryResource:
        same = {name: getattr(found, name) for name in ("id", "event", "state", "created_at", "settled_at")}
        return cls(**same, job_id=found.job, attempts=[DeliveryAttempt.of(one) for one in found.tries])


@router.post("", status_code=201)
async def create(wish: WebhookWish, who: Writer, hooks: Hooks, response: Response) -> NewWebhook:
    """Be told of your jobs by signed requests (Standard Webhooks), in order, tried for a day each."""
    made, secret = await hooks.create(who.user, wish.url, wish.events, wish.description)
    response.headers["Location"] = f"{PREFIX}/{made.id}"
    response.headers["Cache-Control"] = "no-store"
    return NewWebhook(**WebhookResource.of(made).model_dump(), secret=secret)


@router.get("")
async def every(who: Reader, hooks: Hooks, wanted: Wanted) -> Page[WebhookResource]:
    rows = await hooks.page(who.user, wanted)
    return page(rows, wanted, place=lambda row: (row.created_at.isoformat(), str(row.id)), shown=WebhookResource.of)


@router.get("/{webhook_id}")
async def one(webhook_id: UUID, who: Reader, hooks: Hooks) -> WebhookResource:
    return WebhookResource.of(await hooks.find(who.user, webhook_id))


@router.delete("/{webhook_id}", status_code=204)
async def delete(webhook_id: UUID, who: Writer, hooks: Hooks) -> None:
    await hooks.delete(who.user, webhook_id)


@router.post("/{webhook_id}/rotate")
async def rotate(webhook_id: UUID, who: Writer, hooks: Hooks, response: Response) -> NewWebhookSecret:
    """A new secret. The old one signs too, for a day."""
    secret, until = await hooks.rotate(who.user, webhook_id)
    response.headers["Cache-Control"] = "no-store"
    return NewWebhookSecret(secret=secret, old_secret_until=until)


@router.post("/{webhook_id}/pause")
async def pause(webhook_id: UUID, who: Writer, hooks: Hooks) -> WebhookResource:
    """Send it nothing until it is resumed. What happens meanwhile waits."""
    return WebhookResource.of(await hooks.pause(who.user, webhook_id))


@router.post("/{webhook_id}/resume")
async def resume(webhook_id: UUID, who: Writer, hooks: Hooks) -> WebhookResource:
    """Go on with one that is paused; what has waited is brought, in order."""
    return WebhookResource.of(await hooks.resume(who.user, webhook_id))


@router.post("/{webhook_id}/test")
async def test(webhook_id: UUID, who: Writer, hooks: Hooks) -> DeliveryResource:
    """Send a `webhook.test` now, and tell how it went. A few may be under way at once."""
    return DeliveryResource.of(await hooks.test(who.user, webhook_id))


@router.get("/{webhook_id}/deliveries")
async def deliveries(webhook_id: UUID, who: Reader, hooks: Hooks, wanted: Wanted) -> Page[DeliveryResource]:
    rows = await hooks.log(who.user, webhook_id, wanted)
    return page(rows, wanted, place=lambda row: (row.place,), shown=DeliveryResource.of)


@router.post("/{webhook_id}/deliveries/{delivery_id}/redeliver", status_code=202)
async def redeliver(webhook_id: UUID, delivery_id: UUID, who: Writer, hooks: Hooks) -> DeliveryResource:
    """Send it once more, before what waits, under the id that it had."""
    return DeliveryResource.of(await hooks.redeliver(who.user, webhook_id, delivery_id))
