"""Words with several meanings: what stands beside them decides. The rows are in `senses.csv`."""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files

_Row = tuple[tuple[str, ...], str]


@lru_cache(1)
def _rows() -> dict[str, list[_Row]]:
    """Word -> (any of the words beside it, what it then means), in the order of the table."""
    table = files("philo_render.pictures.matching").joinpath("senses.csv").read_text("utf-8").splitlines()
    known: dict[str, list[_Row]] = {}
    for row in csv.DictReader(table, delimiter=";"):
        known.setdefault(row["word"], []).append((tuple(row["beside"].split()), row["means"]))
    return known


def sense(word: str, stands: Callable[[str], bool]) -> str | None:
    """What the word means in a text; `stands` tells whether another word is in it.

    Another word of the cue table, "" for nothing that can be seen, None where the word means what it says.
    """
    for beside, means in _rows().get(word, ()):
        if any(other != word and stands(other) for other in beside):
            return means
    return None


def meanings() -> set[str]:
    """All that words are said to mean."""
    return {means for rows in _rows().values() for _, means in rows if means}
