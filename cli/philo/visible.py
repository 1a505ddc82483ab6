"""What people wrote, as a terminal may show it. Pure."""

from __future__ import annotations

import re
from typing import Any

STEERING = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]|\r(?!\n)"
)
"""Control characters but for ends of lines and tabs, what turns the direction of reading (Unicode's Bidi_Control), other
ends of lines, and halves of characters, which cannot be written."""


def visible(text: str) -> str:
    """Nothing in it steers a terminal: what would is told as JSON tells it (`\\u001b`), so JSON stays what it was."""
    return STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def visible_in(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """The same with every text in a JSON value."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, dict):
        return {visible(name): visible_in(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [visible_in(inner) for inner in value]
    return value
