"""What a look at one thing found."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    FINE = "fine"
    NOTE = "note"  # worth knowing, nothing is broken
    WRONG = "wrong"


@dataclass(frozen=True)
class Finding:
    """The thing, how it is, and, unless it is fine, what to do."""

    name: str
    verdict: Verdict
    words: str
    advice: str = ""


def fine(name: str, words: str) -> Finding:
    return Finding(name, Verdict.FINE, words)


def note(name: str, words: str, advice: str = "") -> Finding:
    return Finding(name, Verdict.NOTE, words, advice)


def wrong(name: str, words: str, advice: str) -> Finding:
    return Finding(name, Verdict.WRONG, words, advice)
