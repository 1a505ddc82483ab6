"""What opens a provider: its address and the key, checked before anything is sent there."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, SecretStr

from philo_kernel.outgoing.addresses import is_local


def _none_if_blank(key: object) -> object:
    return key.strip() or None if isinstance(key, str) else key


def _sendable(key: SecretStr | None) -> SecretStr | None:
    """A key that cannot stand in a header would be quoted by the error of whoever tries to send it."""
    if key and not all("!" <= sign <= "~" for sign in key.get_secret_value()):
        raise ValueError("holds signs that no key has: a blank, a line break, or a letter that is not ASCII")
    return key


def _safe(url: str) -> str:
    """Keys are not sent in clear text over networks of others."""
    parts = urlsplit(url)
    if not parts.hostname or parts.username or parts.query or parts.fragment:
        raise ValueError("must be like https://host/path, without a user, a question mark or a hash")
    if parts.scheme != "https" and not (parts.scheme == "http" and is_local(parts.hostname)):
        raise ValueError("must begin with https://; http:// is for local hosts only")
    return url


ApiKey = Annotated[SecretStr | None, BeforeValidator(_none_if_blank), AfterValidator(_sendable)]
"""None when blank."""
BaseUrl = Annotated[str, AfterValidator(_safe)]
