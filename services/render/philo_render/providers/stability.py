"""Pictures by Stability's Stable Image, or who speaks like it."""

from __future__ import annotations

import asyncio

import httpx2

from philo_kernel.outgoing.calls import Call
from philo_kernel.outgoing.client import AnswerTooLarge, bounded_client
from philo_kernel.outgoing.line import Line
from philo_render.providers.bill import Bill, charged
from philo_render.providers.faults import ProviderFailing
from philo_render.providers.models import model_of
from philo_render.providers.painter import Painting, Wish
from philo_render.providers.prices import Prices
from philo_render.providers.prompts import prompt_of
from philo_render.providers.sizes import nearest
from philo_render.providers.soundness import MOST_BYTES, media_type_of
from philo_render.providers.stability_wire import WHO, fault_in, form_of, seed_of

Order = dict[str, str | int]


class StabilityPainter:
    """The `Painter` over `/v2beta/stable-image/generate/…`, which answers with the picture itself.

    `most` is the largest answer, in bytes. Call `close` when done.
    """

    name = "stability"

    def __init__(
        self,
        line: Line,
        *,
        base_url: str,
        api_key: str,
        model: str = "core",
        prices: Prices | None = None,
        most: int = MOST_BYTES,
    ) -> None:
        self._client = bounded_client(most)
        self._line = line
        line.looked_at_by(self._look)
        self._key = api_key
        self._model = model
        self._can = model_of("stability", model)
        self._balance = f"{base_url.rstrip('/')}/v1/user/balance"
        self._url = f"{base_url.rstrip('/')}/v2beta/stable-image/generate/{self._can.path}"
        self._prices = prices or Prices.read()

    async def paint(self, wish: Wish) -> Painting:
        order = self._order(wish)
        bill = Bill()

        async def attempt(call: Call) -> Painting:
            return await bill.attempt(lambda: self._attempt(order, call))

        return await self._line.ask(attempt, model=self._model)

    async def close(self) -> None:
        await self._client.aclose()

    def _order(self, wish: Wish) -> Order:
        return {
            **self._can.ask,
            **({"model": self._model} if self._model != self._can.path else {}),
            "prompt": prompt_of(wish, self._can.prompt),
            "aspect_ratio": nearest((wish.width, wish.height), self._can.sizes),
            "seed": seed_of(wish.seed),
        }

    async def _look(self) -> None:
        """Its balance costs nothing."""
        _good(await self._sent("GET", self._balance, None), self._key)

    async def _attempt(self, order: Order, call: Call) -> Painting:
        answer = _good(await self._sent("POST", self._url, order), self._key)
        if _is_picture(answer):
            call.used(pictures=1)
        return await self._painting(answer)

    async def _sent(self, method: str, url: str, order: Order | None) -> httpx2.Response:
        """The client's error goes no further: it holds the request, and with it the key."""
        headers = {"Authorization": f"Bearer {self._key}", "Accept": "image/*" if order else "application/json"}
        try:
            return await self._client.request(method, url, files=form_of(order) if order else None, headers=headers)
        except AnswerTooLarge:
            fault = ProviderFailing(f"{WHO} sent more than Philo reads. Try again.")
        except httpx2.HTTPError:
            fault = ProviderFailing(f"{WHO} cannot be reached, or broke off. Try again, or check STABILITY_BASE_URL.")
        raise fault

    async def _painting(self, answer: httpx2.Response) -> Painting:
        """A picture that came is paid for, even if it is broken; a page is not."""
        cost = self._prices.of_picture("stability", self._model, "any")
        with charged(cost if _is_picture(answer) else None):
            media_type = await asyncio.to_thread(media_type_of, answer.content, WHO)
        return Painting(
            image=answer.content,
            media_type=media_type,
            provider=self.name,
            model=self._model,
            cost=cost,
            currency=self._prices.currency,
        )


def _good(answer: httpx2.Response, key: str) -> httpx2.Response:
    fault = fault_in(answer, key)
    if fault is not None:
        raise fault
    return answer


def _is_picture(answer: httpx2.Response) -> bool:
    return answer.headers.get("content-type", "").startswith("image/")
