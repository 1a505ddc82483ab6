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
    ProviderTimedOut,
    ProviderUnavailable,
    ReadingError,
)

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


def no_endpoint(model: str) -> ProviderUnavailable:
    return ProviderUnavailable(f"The endpoint of {model} did not answer as a chat completion. Check its base URL.")


def typed(error: openai.OpenAIError, provider: str) -> ReadingError:
    """The client's error as one of ours."""
    if isinstance(error, openai.APITimeoutError):
        return ProviderTimedOut(f"{provider} did not answer in time. Try again, or set a longer timeout.")
    if isinstance(error, openai.APIStatusError):
        return _typed_status(error, provider)
    return ProviderUnavailable(f"{provider} cannot be reached. Check its base URL and the network.")


def _typed_status(error: openai.APIStatusError, provider: str) -> ReadingError:
    """What a provider says about a key is not repeated: it may quote it."""
    match error.status_code:
        case 429 if error.code == "insufficient_quota":
            return ProviderRejected(f"{provider} has no credit left for this key. Add credit or use another provider.")
        case 429:
            return ProviderBusy(f"{provider} takes no more requests for now.", _retry_after(error))
        case 401 | 403:
            return ProviderRejected(f"{provider} refused the key ({error.status_code}). Check the key and its rights.")
        case status if status >= 500 or status in {408, 409}:
            return ProviderUnavailable(f"{provider} failed with status {status}.")
        case status:
            return ProviderRejected(f"{provider} rejected the request ({status}): {error.message[:300]}")


def _retry_after(error: openai.APIStatusError) -> float | None:
    said = error.response.headers.get("retry-after", "")
    return float(said) if re.fullmatch(r"\d+(\.\d+)?", said) else None


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
