"""Secrets that one service gives another: encrypted at rest and on the way, bound to whom they belong to."""

from __future__ import annotations

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Annotated

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pydantic import AfterValidator, SecretStr

NONCE = 12
"""Bytes (NIST SP 800-38D, section 8.2.2). Random ones are good for far more secrets than there will be."""
PURPOSE = b"philo signing secrets"
LEAST = 32
"""Characters of a key."""


class Unsealable(Exception):
    """This was sealed with a key that is not known here, for somebody else, or was changed since."""


class Sealer:
    """AES-256-GCM under the first of `keys`; whatever one of them has sealed can be opened."""

    def __init__(self, *keys: str) -> None:
        self.ciphers = [AESGCM(derived(key)) for key in keys]

    def seal(self, secret: str, owner: str) -> str:
        """URL-safe text that only opens for this owner."""
        nonce = os.urandom(NONCE)
        return urlsafe_b64encode(nonce + self.ciphers[0].encrypt(nonce, secret.encode(), owner.encode())).decode()

    def opened(self, sealed: str, owner: str) -> str:
        """The secret. Raises `Unsealable`."""
        try:
            raw = urlsafe_b64decode(sealed)
        except ValueError as error:
            raise Unsealable("it is damaged") from error
        for cipher in self.ciphers:
            try:
                return cipher.decrypt(raw[:NONCE], raw[NONCE:], owner.encode()).decode()
            except (InvalidTag, ValueError):
                continue
        raise Unsealable("no key here opens it")


def derived(key: str) -> bytes:
    """256 bits of a setting of at least as many (RFC 5869)."""
    return HKDF(SHA256(), length=32, salt=None, info=PURPOSE).derive(key.encode())


def keys_of(setting: SecretStr) -> list[str]:
    """The keys of a setting, which has several with commas."""
    return [key.strip() for key in setting.get_secret_value().split(",") if key.strip()]


def long_enough(setting: SecretStr) -> SecretStr:
    if not all(len(key) >= LEAST for key in keys_of(setting)):
        raise ValueError(f"needs at least {LEAST} characters a key (openssl rand -hex 32)")
    return setting


SealingKeys = Annotated[SecretStr, AfterValidator(long_enough)]
"""A setting: keys with commas between them. The first seals, all open."""


def sealer_of(setting: SecretStr | None) -> Sealer | None:
    """None where nothing can be sealed."""
    keys = keys_of(setting) if setting else []
    return Sealer(*keys) if keys else None
