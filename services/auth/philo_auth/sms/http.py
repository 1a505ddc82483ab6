"""Any carrier that takes a POST: where to, with which key, and what the body looks like are settings."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import httpx2
import structlog
from pydantic import SecretStr

from philo_kernel.outgoing.client import AnswerTooLarge

from .port import SmsFailed

AWAY = "The message could not be sent just now. Try again in half a minute, or log in by email."
Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"
PLACE = re.compile(r"\{phone\}|\{text\}")
READ = 64 * 1024
"""Bytes of a carrier's answer that are read."""

log = structlog.stdlib.get_logger("philo.sms")


@dataclass(frozen=True)
class Carrier:
    """`body` is an object in which `{phone}` and `{text}` stand; a form's is flat. `header` holds `{key}`."""

    url: str
    key: SecretStr | None = field(repr=False)
    header: str
    body: dict[str, Json]
    encoding: Literal["json", "form"]
    timeout: float
    """Seconds for the whole of it."""


@dataclass(frozen=True)
class HttpSms:
    client: httpx2.AsyncClient
    carrier: Carrier

    async def send(self, phone: str, text: str) -> None:
        try:
            async with asyncio.timeout(self.carrier.timeout):
                answer = await self.client.send(self.request(phone, text))
        except (httpx2.TransportError, AnswerTooLarge, TimeoutError) as error:
            raise failed(type(error).__name__) from error
        if not answer.is_success:
            # Its words may quote the number or the key.
            raise failed(f"status {answer.status_code}")

    def request(self, phone: str, text: str) -> httpx2.Request:
        carrier = self.carrier
        values = {"{phone}": phone, "{text}": text}
        body = {name: filled(part, values) for name, part in carrier.body.items()}
        headers = key_header(carrier.header, carrier.key)
        if carrier.encoding == "form":
            return self.client.build_request("POST", carrier.url, data=body, headers=headers)
        return self.client.build_request("POST", carrier.url, json=body, headers=headers)


def key_header(written: str, key: SecretStr | None) -> dict[str, str]:
    if key is None:
        return {}
    name, _, value = written.partition(":")
    return {name.strip(): value.strip().replace("{key}", key.get_secret_value())}


def filled(part: Json, values: Mapping[str, str]) -> Json:
    """The same JSON with every text in it filled; never the JSON's own text, which a value could break out of."""
    match part:
        case str():
            return PLACE.sub(lambda found: values[found[0]], part)
        case dict():
            return {name: filled(inner, values) for name, inner in part.items()}
        case list():
            return [filled(inner, values) for inner in part]
        case _:
            return part


def body_of(text: str) -> dict[str, Json]:
    """The template that a setting holds. Raises `ValueError` in words."""
    try:
        body = json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError("has to be JSON") from error
    if not isinstance(body, dict) or "{phone}" not in text or "{text}" not in text:
        raise ValueError("has to be an object with {phone} and {text}")
    return body


def failed(reason: str) -> SmsFailed:
    log.warning("a message could not be sent", reason=reason)
    return SmsFailed(AWAY, retry_after=30)
