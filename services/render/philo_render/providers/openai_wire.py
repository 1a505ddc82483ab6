"""The wire of OpenAI-compatible image endpoints: answers and errors in, bytes and faults out."""

from __future__ import annotations

import base64
import binascii

import openai
from pydantic import BaseModel, ConfigDict, Field, ValidationError, ValidatorFunctionWrapHandler, field_validator

from philo_kernel.outgoing.retry_after import retry_after
from philo_kernel.outgoing.troubles import Complaint
from philo_kernel.outgoing.words import SILENT, quoted
from philo_render.providers.complaints import Fault, fault_of
from philo_render.providers.faults import ProviderFailing

WHO = "OpenAI"


class _Answered(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Usage(_Answered):
    """Tokens."""

    input_tokens: int = Field(ge=0)
    output_tokens: int = Field(ge=0)


class Item(_Answered):
    """Either the picture itself or a link to it."""

    b64_json: str | None = None
    url: str | None = None
    revised_prompt: str | None = None


class Answer(_Answered):
    data: tuple[Item, ...] = Field(min_length=1)
    usage: Usage | None = None

    @field_validator("usage", mode="wrap")
    @classmethod
    def only_if_whole(cls, value: object, check: ValidatorFunctionWrapHandler) -> object:
        """A picture is not thrown away for the sake of its bill."""
        try:
            return check(value)
        except ValidationError:
            return None


def answer_of(content: bytes) -> Answer:
    """Raises ProviderFailing when it is none. Slow for a large answer: call it in a thread."""
    try:
        return Answer.model_validate_json(content)
    except ValidationError:
        what = "a web page" if content.lstrip()[:1] == b"<" else "something else" if content.strip() else "nothing"
    raise ProviderFailing(f"{WHO} answered with {what} instead of a picture. Try again, or check OPENAI_BASE_URL.")


def embedded(item: Item) -> bytes | None:
    """The picture, or None if there is a link to it. Raises ProviderFailing when there is neither."""
    if not item.b64_json:
        if item.url:
            return None
        raise ProviderFailing(f"{WHO} answered without a picture. Try again.")
    try:
        return base64.b64decode(item.b64_json, validate=True)
    except (binascii.Error, ValueError):
        pass  # raised outside: the error's chain would carry the answer
    raise ProviderFailing(f"{WHO} answered with a picture that breaks off. Try again.")


def typed(error: openai.OpenAIError, secret: str) -> Fault:
    """The client's error as one of ours."""
    if isinstance(error, openai.APIStatusError):
        codes = (str(error.code or ""), str(error.type or ""))
        said = quoted(_said(error.body), secret)
        complaint = Complaint(error.status_code, codes, said, retry_after(error.response.headers))
        return fault_of(complaint, WHO, "OPENAI")
    return ProviderFailing(f"{WHO} cannot be reached, or broke off. Try again, or check OPENAI_BASE_URL.")


def _said(body: object) -> str:
    """What an error tells a person: OpenAI's `message`, or the `detail` of many who speak like it."""
    told = body if isinstance(body, dict) else {}
    return next((said for name in ("message", "detail") if isinstance(said := told.get(name), str)), SILENT)
