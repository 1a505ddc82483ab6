"""What auth is told by its environment, besides what every service is told."""

from __future__ import annotations

from functools import cached_property

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from pydantic import Field, SecretStr, field_validator

from philo_kernel.settings import ServiceSettings


class AuthSettings(ServiceSettings):
    auth_signing_key: SecretStr = Field(description="Ed25519 private key in PEM; signs the access tokens.")
    auth_hashers: int = Field(default=2, ge=1, le=64, description="Passwords hashed at once; each takes 64 MiB.")

    @field_validator("auth_signing_key")
    @classmethod
    def _readable(cls, key: SecretStr) -> SecretStr:
        private_key(key)
        return key

    @cached_property
    def signing_key(self) -> Ed25519PrivateKey:
        return private_key(self.auth_signing_key)


def private_key(pem: SecretStr) -> Ed25519PrivateKey:
    """Read the key; `\\n` may be written out, as some environments need it. Raises `ValueError` in words."""
    text = pem.get_secret_value().replace("\\n", "\n")
    try:
        key = load_pem_private_key(text.encode(), password=None)
    except (ValueError, TypeError) as error:
        raise ValueError("needs an unencrypted private key in PEM") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError("needs an Ed25519 key (openssl genpkey -algorithm ed25519)")  # noqa: TRY004
    return key
