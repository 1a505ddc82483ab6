"""What auth is told by its environment, besides what every service is told."""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from typing import Annotated, Literal, Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, field_validator, model_validator
from pydantic_settings import NoDecode

from philo_kernel.outgoing.access import ApiKey, BaseUrl
from philo_kernel.sealing import SealingKeys
from philo_kernel.settings import ServiceSettings

from .limits import Limit, WrittenLimit
from .origins import is_local, origins_of
from .signing_keys import private_keys
from .sms.http import body_of

TEXT = "{code} is your Philo code. It works for {minutes} minutes; tell it to nobody."
HOUR, QUARTER = timedelta(hours=1), timedelta(minutes=15)


def with_code(text: str) -> str:
    if "{code}" not in text:
        raise ValueError("needs {code}")
    return text


def readable(body: str) -> str:
    body_of(body)
    return body


class AuthSettings(ServiceSettings):
    auth_signing_key: SecretStr = Field(description="Ed25519 private keys in PEM: the first signs, all are published.")
    auth_hash_key: SecretStr = Field(min_length=32, description="Hashes codes and addresses; derives refresh tokens.")
    signing_secrets_key: SealingKeys | None = Field(
        default=None, description="Seals the secrets that people sign requests with; that of gateway."
    )
    auth_hashers: int = Field(default=2, ge=1, le=64, description="Passwords hashed at once; each takes 64 MiB.")
    auth_origins: Annotated[tuple[str, ...], NoDecode, BeforeValidator(origins_of)] = ()
    auth_cookie_secure: bool = Field(default=True, description="False only for a page on http://localhost.")

    code_lasts: timedelta = Field(default=timedelta(minutes=5), gt=timedelta(), le=HOUR)
    code_attempts: int = Field(default=5, ge=1, le=10)
    code_pause: timedelta = Field(default=timedelta(minutes=1), gt=timedelta())
    codes_a_phone: WrittenLimit = Limit(5, HOUR)
    codes_an_address: WrittenLimit = Limit(20, HOUR)
    wrong_codes_a_phone: WrittenLimit = Limit(20, timedelta(days=1))
    wrong_codes_an_address: WrittenLimit = Limit(30, HOUR)
    logins_from_one: WrittenLimit = Limit(10, QUARTER)
    logins_an_account: WrittenLimit = Limit(100, HOUR)
    logins_an_address: WrittenLimit = Limit(200, HOUR)

    sms_provider: Literal["none", "http", "console"] = "none"
    sms_text: Annotated[str, AfterValidator(with_code)] = TEXT
    sms_url: BaseUrl | None = None
    sms_key: ApiKey = None
    sms_header: str = Field(default="Authorization: Bearer {key}", pattern=r"^[A-Za-z0-9-]+: .*\{key\}.*$")
    sms_body: Annotated[str, AfterValidator(readable)] = '{"to": "{phone}", "text": "{text}"}'
    sms_encoding: Literal["json", "form"] = "json"
    sms_timeout: float = Field(default=5.0, gt=0, le=30, description="Seconds.")

    @field_validator("auth_signing_key")
    @classmethod
    def _readable(cls, keys: SecretStr) -> SecretStr:
        private_keys(keys.get_secret_value())
        return keys

    @model_validator(mode="after")
    def _safe(self) -> Self:
        if self.sms_provider == "console" and not self.is_local:
            raise ValueError("SMS_PROVIDER=console shows codes in the log: AUTH_ORIGINS may name local hosts only")
        if self.sms_provider == "http" and self.sms_url is None:
            raise ValueError("SMS_PROVIDER=http needs SMS_URL")
        if not self.auth_cookie_secure and not self.is_local:
            raise ValueError("AUTH_COOKIE_SECURE=false is for a page on one's own machine: AUTH_ORIGINS names others")
        return self

    @property
    def is_local(self) -> bool:
        """Whether the page is one's own machine's, and nobody else's."""
        return bool(self.auth_origins) and all(map(is_local, self.auth_origins))

    @cached_property
    def signing_keys(self) -> tuple[Ed25519PrivateKey, ...]:
        return private_keys(self.auth_signing_key.get_secret_value())

    @property
    def hash_key(self) -> bytes:
        return self.auth_hash_key.get_secret_value().encode()
