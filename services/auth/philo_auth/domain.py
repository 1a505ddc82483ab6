"""The rules of accounts: what names and passwords may be. No I/O, no clock."""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from enum import StrEnum

from email_validator import EmailNotValidError, validate_email

ACCESS_LIFE = timedelta(minutes=30)

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
