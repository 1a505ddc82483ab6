"""The rules of accounts: what names and passwords may be, and when a refresh token is good. No I/O, no clock."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, StrEnum

from email_validator import EmailNotValidError, validate_email

ACCESS_LIFE = timedelta(minutes=30)
REFRESH_LIFE = timedelta(days=7)
GRACE = timedelta(seconds=10)
"""How long the predecessor of an unused refresh token is still taken: two tabs, or an answer that got lost."""

PASSWORD = range(8, 201)
USERNAME = range(2, 33)
KEYS_A_USER = 50


class Scope(StrEnum):
    """What an API key may be allowed to do."""

    JOBS_READ = "jobs:read"
    JOBS_WRITE = "jobs:write"
    PROJECTS_READ = "projects:read"
    PROJECTS_WRITE = "projects:write"
    ASSETS_READ = "assets:read"
    ASSETS_WRITE = "assets:write"


def email_of(text: str) -> str:
    """The address in its one spelling. Raises `ValueError` in words."""
    try:
        return validate_email(text.strip(), check_deliverability=False).normalized.casefold()
    except EmailNotValidError as error:
        raise ValueError(f"This is not an email address: {error}") from error


def username_of(text: str) -> str:
    """The name as it is shown. Raises `ValueError` in words."""
    name = unicodedata.normalize("NFKC", text.strip())
    if len(name) not in USERNAME:
        raise ValueError(f"A username has {USERNAME[0]} to {USERNAME[-1]} characters.")
    if not name[0].isalnum() or not all(letter.isalnum() or letter in "._-" for letter in name):
        raise ValueError("A username has letters, digits, and . _ - in between; it begins with a letter or a digit.")
    return name


def one_spelling(username: str) -> str:
    """Two usernames that differ only in case are the same."""
    return username.casefold()


def typed(password: str) -> str:
    """The same password from any keyboard (the normal form of RFC 8265, section 4.2)."""
    return unicodedata.normalize("NFC", password)


def password_of(text: str) -> str:
    """A password that may be set. Raises `ValueError` in words."""
    password = typed(text)
    if len(password) < PASSWORD[0]:
        raise ValueError(f"A password needs at least {PASSWORD[0]} characters; a few words make a good one.")
    if len(password) > PASSWORD[-1]:
        raise ValueError(f"A password has at most {PASSWORD[-1]} characters.")
    return password


@dataclass(frozen=True)
class ShownToken:
    """A refresh token that someone shows us, as we remember it."""

    expires_at: datetime
    used_at: datetime | None
    successor_used: bool
    family_revoked: bool


class Verdict(Enum):
    ROTATE = "rotate"
    UNKNOWN = "unknown"
    EXPIRED = "expired"
    REVOKED = "revoked"
    REUSED = "reused"


def judge(token: ShownToken, now: datetime) -> Verdict:
    """Whether a refresh token is good for a new pair.

    A used token is taken again for `GRACE` while nothing that came of it was used. Any other reuse means that two
    parties hold the family, one of them a thief: it has to be revoked.
    """
    if token.family_revoked:
        return Verdict.REVOKED
    if token.expires_at <= now:
        return Verdict.EXPIRED
    if token.used_at is None:
        return Verdict.ROTATE
    return Verdict.REUSED if token.successor_used or now - token.used_at > GRACE else Verdict.ROTATE
