"""Reading by a language model behind any OpenAI-compatible endpoint, with structured output.

A script keeps its words: the model is shown numbered sentences and answers where scenes begin.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from json import JSONDecodeError
from typing import TypeVar

import httpx2
import openai
from openai.types.chat import ChatCompletion, ChatCompletionMessageParam
from pydantic import ValidationError

from philo_analysis.extractive import readable
from philo_analysis.providers.answers import (
    cut_headings,
    cut_narrations,
    fault_of_cuts,
    fault_of_writing,
    language_of,
    reading_of,
)
from philo_analysis.providers.openai_wire import content_of, message, no_endpoint, response_format, typed, used_by
from philo_analysis.providers.prompts import Answer, CutScript, Role, WrittenScript, cutting_messages, writing_messages
from philo_analysis.reading import AnswerUnusable, Reading, ReadingRequest, Usage
from philo_analysis.scenes.cutting import parts
from philo_analysis.text.languages import detect
from philo_kernel.outgoing.calls import Call
from philo_kernel.outgoing.exchanges import kept
from philo_kernel.outgoing.line import Line
from philo_kernel.outgoing.troubles import Party

A = TypeVar("A", bound=Answer)


class OpenAIReader:
    """The `Reader` over an OpenAI-compatible `/chat/completions`.

    An answer of the wrong shape is asked for once more. `settings` is what the names of its settings begin with,
    `transport` what carries requests; the network if unset. Call `close` when done.
    """

    def __init__(
        self,
        line: Line,
        *,
        base_url: str,
        api_key: str,
        model: str,
        settings: str = "LLM",
        transport: httpx2.AsyncBaseTransport | None = None,
    ) -> None:
        http = openai.DefaultAsyncHttpxClient(event_hooks=kept(api_key), transport=transport)
        self._client = openai.AsyncOpenAI(
            base_url=base_url, api_key=api_key, timeout=None, max_retries=0, http_client=http
        )
        self._line, self._model, self._key = line, model, api_key
        self._party = Party(line.who, settings, f"{settings}_MODEL", "use another provider")
        line.looked_at_by(self._look)

    async def read(self, request: ReadingRequest) -> Reading:
        return await self._line.attend(lambda: self._cut(request) if request.kind == "script" else self._write(request))

    async def close(self) -> None:
        await self._client.close()

    async def _cut(self, request: ReadingRequest) -> Reading:
        script = readable(request.text)
        language = request.language or detect(script.text)
        units = parts(script, request.scenes)
        sentences = [unit.text for unit in units]
        wanted = min(request.scenes, len(sentences)) if request.scenes else None
        asked = cutting_messages(units, language, wanted)
        answer, usage = await self._ask(asked, CutScript, lambda cuts: fault_of_cuts(cuts, sentences, wanted))
        narrations = cut_narrations(answer, sentences)
        title = request.title or script.title
        headings = cut_headings(answer, units)
        return reading_of(answer, answer.scenes, narrations, language, title, usage, script.notices, headings)

    async def _write(self, request: ReadingRequest) -> Reading:
        asked = writing_messages(request)
        answer, usage = await self._ask(asked, WrittenScript, lambda made: fault_of_writing(made, request.scenes))
        narrations = [" ".join(scene.narration.split()) for scene in answer.scenes]
        language = request.language or language_of(answer)
        return reading_of(answer, answer.scenes, narrations, language, request.title, usage)

    async def _ask(
        self, asked: Sequence[tuple[Role, str]], shape: type[A], fault: Callable[[A], str | None]
    ) -> tuple[A, Usage]:
        """The answer in its shape, and what it took. Asks once more, saying why, when the first cannot be used."""
        usage = Usage(provider=self._line.provider, model=self._model)
        talk = [message(role, content) for role, content in asked]
        why = ""
        for _ in range(2):
            completion, content = await self._complete(talk, shape)
            usage = _added(usage, completion)
            answer, why = _judged(content, shape, fault)
            if answer is not None:
                return answer, usage
            again = f"That answer could not be used: {why} Answer again, exactly in the shape asked for."
            talk += [message("assistant", content), message("user", again)]
        raise AnswerUnusable(f"The model {self._model} answered twice in a shape that cannot be used: {why}")

    async def _complete(
        self, talk: list[ChatCompletionMessageParam], shape: type[Answer]
    ) -> tuple[ChatCompletion, str]:
        async def attempt(call: Call) -> tuple[ChatCompletion, str]:
            completion = await self._asked(talk, shape)
            call.used(**used_by(completion))
            return completion, content_of(completion, self._model)

        return await self._line.request(attempt, model=self._model)

    async def _asked(self, talk: list[ChatCompletionMessageParam], shape: type[Answer]) -> ChatCompletion:
        try:
            return await self._client.chat.completions.create(
                model=self._model, messages=talk, response_format=response_format(shape)
            )
        except openai.OpenAIError as error:
            raise typed(error, self._party, self._key) from error
        except JSONDecodeError as error:
            raise no_endpoint(self._model) from error

    async def _look(self) -> None:
        """Its list of models costs nothing."""
        try:
            await self._client.models.with_raw_response.list()
        except openai.OpenAIError as error:
            raise typed(error, self._party, self._key) from error


def _judged(content: str, shape: type[A], fault: Callable[[A], str | None]) -> tuple[A | None, str]:
    """The answer, or why it cannot be used."""
    try:
        answer = shape.model_validate_json(content)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        return None, f"{place + ': ' if place else ''}{first['msg']}."
    why = fault(answer)
    return (answer, "") if why is None else (None, why)


def _added(usage: Usage, completion: ChatCompletion) -> Usage:
    told = used_by(completion)
    return usage.model_copy(
        update={
            "input_tokens": usage.input_tokens + told.get("input_tokens", 0),
            "output_tokens": usage.output_tokens + told.get("output_tokens", 0),
            "requests": usage.requests + 1,
        }
    )
