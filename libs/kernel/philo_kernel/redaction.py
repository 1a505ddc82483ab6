"""What is taken out of everything that people may read: logs, traces."""

from __future__ import annotations

import re

from pydantic import SecretBytes, SecretStr

HIDDEN = "***"
TELLING = re.compile(r"passw|secret|authorization|cookie|api[-_]?key|private_?key|signing_?key|token$", re.IGNORECASE)
"""Names of secrets. `token` only at the end: `total_tokens` and `token_type` are news, not secrets."""

LOOKS = re.compile(
    r"(?P<bearer>bearer\s+)[\w.~+/=-]{8,}"  # an Authorization header
    r"|(?P<key>phk_[0-9a-f]+_)[\w-]+"  # an API key of ours
    r"|eyJ[\w-]{10,}\.[\w-]+\.[\w-]+"  # a JWT
    r"|(?P<scheme>\w://[^\s:/@]*:)[^\s@]+(?=@)",  # a password in a URL
    re.IGNORECASE,
)


def redacted(text: str) -> str:
    """The text without what looks like a secret."""
    return LOOKS.sub(hidden, text)


def shown(name: object, value: object) -> object:
    """The value as it may be seen under this name, at any depth."""
    if value and isinstance(name, str) and TELLING.search(name):
        return HIDDEN
    match value:
        case str():
            return redacted(value)
        case SecretStr() | SecretBytes():
            return HIDDEN
        case dict():
            return {key: shown(key, inner) for key, inner in value.items()}
        case list() | tuple() | set() | frozenset():
            return [shown(None, inner) for inner in value]
        case _:
            return value


def hidden(found: re.Match[str]) -> str:
    return (found["bearer"] or found["key"] or found["scheme"] or "") + HIDDEN
