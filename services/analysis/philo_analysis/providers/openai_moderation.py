"""Moderation by an endpoint with OpenAI's `/moderations`."""

from __future__ import annotations

from json import JSONDecodeError

import openai
from openai.types import ModerationCreateResponse

from philo_analysis.providers.openai_wire import no_endpoint, typed
from philo_contracts.shapes import Moderation


class OpenAIModerator:
    """The `Moderator` over `/moderations`. The score is that of the worst category, 1 when the endpoint flags it."""

    def __init__(
        self,
        *,
        base_url: str,
        api_key: str,
        model: str = "omni-moderation-latest",
        provider: str = "openai",
        timeout: float = 60.0,
        max_retries: int = 3,
    ) -> None:
        self._client = openai.AsyncOpenAI(base_url=base_url, api_key=api_key, timeout=timeout, max_retries=max_retries)
        self._model = model
        self._provider = provider

    async def judge(self, text: str, language: str) -> Moderation:  # noqa: ARG002 - the endpoint finds the language
        try:
            answer = await self._client.moderations.create(model=self._model, input=text)
        except openai.OpenAIError as error:
            raise typed(error, self._provider) from error
        except JSONDecodeError as error:
            raise no_endpoint(self._model) from error
        if not isinstance(answer, ModerationCreateResponse) or not answer.results:
            raise no_endpoint(self._model)
        return _moderation(answer)

    async def close(self) -> None:
        await self._client.close()


def _moderation(answer: ModerationCreateResponse) -> Moderation:
    result = answer.results[0]
    flags = result.categories.model_dump(by_alias=True)
    scores = result.category_scores.model_dump(by_alias=True)
    named = sorted((name for name, flag in flags.items() if flag), key=lambda name: -(scores.get(name) or 0.0))
    worst = max((score for score in scores.values() if score), default=0.0)
    return Moderation(score=1.0 if result.flagged else min(1.0, worst), categories=tuple(named))
