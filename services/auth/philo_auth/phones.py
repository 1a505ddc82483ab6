"""Phone numbers as they are kept (E.164), and the codes that are sent to them."""

from __future__ import annotations

import hmac
import re
from datetime import timedelta
from secrets import randbelow

E164 = re.compile(r"\+[1-9][0-9]{6,14}")
WRITTEN = re.compile(r"[\s().\u00a0-]")
"""What people put between the digits."""
CODE = re.compile(r"[0-9]{6}")


def phone_of(text: str) -> str:
    """The number in its one spelling. Raises `ValueError` in words."""
    phone = WRITTEN.sub("", text)
    phone = f"+{phone[2:]}" if phone.startswith("00") else phone
    if not E164.fullmatch(phone):
        raise ValueError("Write the phone number with its country code, such as +49 151 23456789.")
    return phone


def code_of(text: str) -> str:
    """The code as it was sent, however it was typed. Raises `ValueError` in words."""
    code = WRITTEN.sub("", text)
    if not CODE.fullmatch(code):
        raise ValueError("The code has six digits.")
    return code


def new_code() -> str:
    return f"{randbelow(10**6):06d}"


def keyed(key: bytes, phone: str, code: str) -> str:
    """What is kept of a code: without the key, a million guesses would tell it."""
    return hmac.digest(key, f"phone code\0{phone}\0{code}".encode(), "sha256").hex()


def message(template: str, code: str, lasts: timedelta) -> str:
    minutes = str(max(1, round(lasts.total_seconds() / 60)))
    return template.replace("{code}", code).replace("{minutes}", minutes)
