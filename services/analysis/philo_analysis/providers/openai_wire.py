"""The wire of OpenAI-compatible endpoints: messages and schemas out, contents and typed errors in."""

from __future__ import annotations

import re

import openai
from openai.types.chat import ChatCompletion, ChatCompletionMessageParam
from openai.types.shared_params import ResponseFormatJSONSchema
from pydantic.json_schema import JsonSchemaValue

from philo_analysis.providers.prompts import Answer, Role
from philo_analysis.reading import (
    AnswerCutShort,
    AnswerDeclined,
    ProviderBusy,
    ProviderRejected,
    ProviderUnavailable,
    ReadingError,
    TextRefused,
)
from philo_kernel.outgoing.retry_after import retry_after
from philo_kernel.outgoing.troubles import Party, Trouble, account_words, passing_words, trouble_of
from philo_kernel.outgoing.words import quoted

_NOT_STRICT = frozenset({"minLength", "maxLength", "minItems", "maxItems", "title", "default"})
_FENCED = re.compile(r"^\s*```(?:json)?\s*(.*?)\s*```\s*$", re.DOTALL)


def message(role: Role, content: str) -> ChatCompletionMessageParam:
    if role == "system":
        return {"role": "system", "content": content}
    if role == "assistant":
        return {"role": "assistant", "content": content}
    return {"role": "user", "content": content}


def response_format(shape: type[Answer]) -> ResponseFormatJSONSchema:
    """A strict JSON schema; bounds that strict mode does not know are left to our own check of the answer."""
    schema = _strict(shape.model_json_schema())
    return {"type": "json_schema", "json_schema": {"name": shape.__name__, "strict": True, "schema": schema}}


def content_of(completion: ChatCompletion, model: str) -> str:
    """The text of an answer. Raises AnswerDeclined, AnswerCutShort or ProviderUnavailable when there is none."""
    # What is no chat endpoint may answer with a page; the client then hands its bare text through.
    if not isinstance(completion, ChatCompletion) or not completion.choices:
        raise no_endpoint(model)
    choice = completion.choices[0]
    if choice.message.refusal or choice.finish_reason == "content_filter":
        why = choice.message.refusal or "its content filter stopped the answer"
        raise AnswerDeclined(f"The model {model} declined: {why[:300]}")
    if choice.finish_reason == "length":
        raise AnswerCutShort(f"The answer of {model} was cut short. Send a shorter text or ask for fewer scenes.")
    content = choice.message.content or ""
    fenced = _FENCED.match(content)
    return fenced.group(1) if fenced else content


def used_by(completion: ChatCompletion) -> dict[str, int]:
    """Tokens by unit, where the endpoint counts them. What is no chat endpoint counts nothing."""
    told = completion.usage if isinstance(completion, ChatCompletion) else None
    return {"input_tokens": told.prompt_tokens, "output_tokens": told.completion_tokens} if told else {}


def no_endpoint(model: str) -> ProviderUnavailable:
    return ProviderUnavailable(f"The endpoint of {model} did not answer as a chat completion. Check its base URL.")


def typed(error: openai.OpenAIError, party: Party, secret: str) -> ReadingError:
    """The client's error as one of ours. What a provider says about a key is not repeated: it may quote it."""
    if not isinstance(error, openai.APIStatusError):
        return ProviderUnavailable(f"{party.who} cannot be reached. Check {party.settings}_BASE_URL and the network.")
    status, after = error.status_code, retry_after(error.response.headers)
    trouble = trouble_of(status, (str(error.code or ""), str(error.type or "")))
    match trouble:
        case Trouble.BUSY:
            fault: ReadingError = ProviderBusy(passing_words(trouble, status, party), after)
        case Trouble.BROKEN:
            fault = ProviderUnavailable(passing_words(trouble, status, party), after)
        case Trouble.FORBIDDEN_WISH | Trouble.UNFIT_WISH:
            fault = TextRefused(f"{party.who} does nothing with this text ({status}): {quoted(error.message, secret)}")
        case _:
            fault = ProviderRejected(account_words(trouble, status, party))
    return fault


def _strict(schema: JsonSchemaValue) -> JsonSchemaValue:
    kept: JsonSchemaValue = {}
    for key, value in schema.items():
        if key == "properties":
            kept[key] = {name: _strict(inner) for name, inner in value.items()}
        elif key not in _NOT_STRICT:
            kept[key] = _inner(value)
    return kept


def _inner(value: object) -> object:
    if isinstance(value, dict):
        return _strict(value)
    return [_inner(item) for item in value] if isinstance(value, list) else value
