"""Moderation by an endpoint with OpenAI's `/moderations`."""

from __future__ import annotations

from json import JSONDecodeError

import httpx2
import openai
from openai.types import Moderation as Result
from openai.types import ModerationCreateResponse

from philo_analysis.providers.openai_wire import no_endpoint, typed
from philo_contracts.shapes import Moderation
from philo_kernel.outgoing.calls import Call
from philo_kernel.outgoing.exchanges import kept
from philo_kernel.outgoing.line import Line
from philo_kernel.outgoing.troubles import Party

MOST = 8_000
"""Characters that are judged at once: more than a model looks at would go unseen."""


class OpenAIModerator:
    """Judges over `/moderations`. The score is that of the worst category, 1 when the endpoint flags it. Call `close` when
    done."""

    def __init__(
        self,
        line: Line,
        *,
        base_url: str,
        api_key: str,
        model: str = "omni-moderation-latest",
        transport: httpx2.AsyncBaseTransport | None = None,
    ) -> None:
        http = openai.DefaultAsyncHttpxClient(event_hooks=kept(api_key), transport=transport)
        self._client = openai.AsyncOpenAI(
            base_url=base_url, api_key=api_key, timeout=None, max_retries=0, http_client=http
        )
        self._line, self._model, self._key = line, model, api_key
        self._party = Party(line.who, "MODERATION", "MODERATION_MODEL", "let the rules decide")
        line.looked_at_by(self._look)

    async def judge(self, text: str) -> Moderation:
        """Raises a `ReadingError`, or `LeftAlone` when the endpoint has failed too often."""

        async def attempt(call: Call) -> Moderation:
            results = await self._asked(pieces(text))
            call.used(characters=len(text))
            return worst(results)

        return await self._line.ask(attempt, model=self._model)

    async def close(self) -> None:
        await self._client.close()

    async def _look(self) -> None:
        """Judging costs nothing."""
        await self._asked(["A cat sleeps on a sofa."])

    async def _asked(self, texts: list[str]) -> list[Result]:
        try:
            answer = await self._client.moderations.create(model=self._model, input=texts)
        except openai.OpenAIError as error:
            raise typed(error, self._party, self._key) from error
        except JSONDecodeError as error:
            raise no_endpoint(self._model) from error
        if not isinstance(answer, ModerationCreateResponse) or len(answer.results) != len(texts):
            raise no_endpoint(self._model)
        return answer.results


def pieces(text: str) -> list[str]:
    """The text in parts of at most `MOST` characters, cut at blanks where there are any."""
    cut: list[str] = []
    while len(text) > MOST:
        blank = max(text.rfind(" ", 0, MOST), text.rfind("\n", 0, MOST))
        place = blank if blank > MOST // 2 else MOST
        cut.append(text[:place])
        text = text[place:]
    return [*cut, text]


def worst(results: list[Result]) -> Moderation:
    """Of all pieces: the highest score of each category, and every category that was flagged."""
    scores: dict[str, float] = {}
    flagged: set[str] = set()
    for result in results:
        for name, score in result.category_scores.model_dump(by_alias=True).items():
            scores[name] = max(scores.get(name, 0.0), score or 0.0)
        flagged |= {name for name, flag in result.categories.model_dump(by_alias=True).items() if flag}
    score = 1.0 if any(result.flagged for result in results) else min(1.0, max(scores.values(), default=0.0))
    return Moderation(score=score, categories=tuple(sorted(flagged, key=lambda name: -scores.get(name, 0.0))))
