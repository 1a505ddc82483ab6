"""Pictures by an endpoint with OpenAI's `/images/generations`."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from decimal import Decimal

import openai

from philo_kernel.outgoing.calls import Call
from philo_kernel.outgoing.client import AnswerTooLarge, bounded_client
from philo_kernel.outgoing.downloads import Downloads, Thing
from philo_kernel.outgoing.line import Line
from philo_render.providers.bill import Bill, charged
from philo_render.providers.complaints import Fault
from philo_render.providers.faults import ProviderFailing, ProviderRejected
from philo_render.providers.models import model_of
from philo_render.providers.openai_wire import WHO, Answer, Item, answer_of, embedded, typed
from philo_render.providers.painter import Painting, Wish
from philo_render.providers.prices import Prices
from philo_render.providers.prompts import prompt_of
from philo_render.providers.sizes import nearest
from philo_render.providers.soundness import MOST_BYTES, media_type_of

PICTURE = Thing("a picture", "image/*", ProviderFailing, ProviderRejected)


@dataclass(frozen=True)
class _Order:
    prompt: str
    size: str


class OpenAIPainter:
    """The `Painter` over an OpenAI-compatible `/images/generations`. It knows of no seed.

    An attempt includes its download. `most` is the largest answer, in bytes; `quality` unset is the model's usual one.
    Call `close` when done.
    """

    name = "openai"

    def __init__(
        self,
        line: Line,
        *,
        base_url: str,
        api_key: str,
        model: str = "gpt-image-1",
        quality: str | None = None,
        prices: Prices | None = None,
        most: int = MOST_BYTES,
    ) -> None:
        self._http = bounded_client(most)
        self._client = openai.AsyncOpenAI(
            base_url=base_url, api_key=api_key, max_retries=0, timeout=None, http_client=self._http
        )
        self._downloads = Downloads(WHO, base_url, most, PICTURE)
        self._line = line
        line.looked_at_by(self._look)
        self._key = api_key
        self._model = model
        self._can = model_of("openai", model)
        self._quality = quality or self._can.quality
        self._prices = prices or Prices.read()

    async def paint(self, wish: Wish) -> Painting:
        size = nearest((wish.width, wish.height), self._can.sizes)
        order = _Order(prompt_of(wish, self._can.prompt), size)
        bill = Bill()

        async def attempt(call: Call) -> Painting:
            return await bill.attempt(lambda: self._attempt(order, call))

        return await self._line.ask(attempt, model=self._model)

    async def close(self) -> None:
        await self._client.close()
        await self._downloads.close()

    async def _look(self) -> None:
        """Its list of models costs nothing."""
        try:
            await self._client.models.with_raw_response.list()
        except AnswerTooLarge:
            fault: Fault = _too_large()
        except openai.OpenAIError as error:
            fault = typed(error, self._key)
        else:
            return
        raise fault

    async def _attempt(self, order: _Order, call: Call) -> Painting:
        answer = await asyncio.to_thread(answer_of, await self._ask(order))
        call.used(**used_by(answer))
        cost = self._cost(answer, order)
        with charged(cost):
            return await self._painting(answer.data[0], cost)

    async def _ask(self, order: _Order) -> bytes:
        """The bare answer. The client's error goes no further: it holds the request, and with it the key."""
        try:
            answer = await self._client.images.with_raw_response.generate(
                model=self._model, prompt=order.prompt, size=order.size, n=1, extra_body=self._besides()
            )
        except AnswerTooLarge:
            fault: Fault = _too_large()
        except openai.OpenAIError as error:
            fault = typed(error, self._key)
        else:
            return answer.http_response.content
        raise fault

    def _besides(self) -> dict[str, str | int]:
        return {**self._can.ask, **({"quality": self._quality} if self._quality else {})}

    async def _painting(self, item: Item, cost: Decimal | None) -> Painting:
        image = await asyncio.to_thread(embedded, item)
        if image is None:
            image = await self._downloads.fetch(item.url or "")
        return Painting(
            image=image,
            media_type=await asyncio.to_thread(media_type_of, image, WHO),
            provider=self.name,
            model=self._model,
            cost=cost,
            currency=self._prices.currency,
            revised_prompt=item.revised_prompt,
        )

    def _cost(self, answer: Answer, order: _Order) -> Decimal | None:
        """By what was counted, where the provider says so, else by the picture."""
        counted = answer.usage and self._prices.of_tokens(
            "openai", self._model, answer.usage.input_tokens, answer.usage.output_tokens
        )
        return counted or self._prices.of_picture("openai", self._model, order.size, self._quality)


def _too_large() -> ProviderFailing:
    return ProviderFailing(f"{WHO} sent more than Philo reads. Try again.")


def used_by(answer: Answer) -> dict[str, float]:
    """What the provider has counted, by unit."""
    tokens = answer.usage
    counted = {"input_tokens": tokens.input_tokens, "output_tokens": tokens.output_tokens} if tokens else {}
    return {"pictures": len(answer.data), **counted}
