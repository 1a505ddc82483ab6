"""Clauses: where a sentence that is too long for one picture may be parted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from philo_analysis.scenes.pacing import LONGEST, seconds

MOST_CHARACTERS = 1_000
"""Of one piece. What has neither clauses nor words is cut here, so that no scene comes near 5,000 characters."""

_CLOSERS = "\"'”’」』)）"
_CLAUSE_END = re.compile(rf"(?:[;:—–,](?=\s)|[，：、—]+)[{re.escape(_CLOSERS)}]*\s*")
_JOINS = re.compile(
    r"(?<=\s)(?=(?:and|but|or|so|because|which|who|while|when|until|then|where|although|though|if|as)\s)"
    r"|(?=(?:但是|可是|然而|而且|并且|因为|所以|如果|虽然|然后|接着|于是|后来|这时|我们|他们|它们))"
)
_ANYWHERE = re.compile(r"(?<=\s)(?=\S)|(?<=[\u3400-\u9fff])(?=[\u3400-\u9fff])")
_ENDLESS = LONGEST * 1.8
_STEP = LONGEST * 0.7
_LEAST = 1.5


def clauses(sentence: str) -> list[str]:
    """The clauses of a sentence, each at least a second and a half; joined they are the sentence."""
    return _pieces(sentence, _CLAUSE_END, _LEAST, at_end=True)


def bounded(text: str) -> Iterator[str]:
    """A clause, parted before conjunctions, then between words, then anywhere, when it would last far too long."""
    joined = _pieces(text, _JOINS, _STEP) if seconds(text) > _ENDLESS else [text]
    for clause in joined:
        for piece in _pieces(clause, _ANYWHERE, _STEP) if seconds(clause) > _ENDLESS else [clause]:
            yield from (
                piece[start : start + MOST_CHARACTERS].strip() for start in range(0, len(piece), MOST_CHARACTERS)
            )


def _pieces(text: str, border: re.Pattern[str], least: float, *, at_end: bool = False) -> list[str]:
    """`text` cut at borders, as soon as a piece lasts `least` seconds and what remains does too. Linear."""
    places = [found.end() if at_end else found.start() for found in border.finditer(text)]
    spans = list(pairwise(dict.fromkeys([0, *places, len(text)])))
    lasting = [seconds(text[start:end]) for start, end in spans]
    rest, begin, heard = sum(lasting), 0, 0.0
    pieces: list[str] = []
    for (_, end), time in zip(spans, lasting, strict=True):
        heard, rest = heard + time, rest - time
        if heard >= least and rest >= least - 1e-9 and end < len(text):
            pieces.append(text[begin:end].strip())
            begin, heard = end, 0.0
    pieces.append(text[begin:].strip())
    return [piece for piece in pieces if piece]
