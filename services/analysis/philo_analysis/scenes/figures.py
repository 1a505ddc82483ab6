"""Figures: whom a film tells of, under all the words it has for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from philo_analysis.lexicons import rows
from philo_analysis.words import forms

Gender = Literal["male", "female", "many", ""]

_OLD, _YOUNG = frozenset({"old", "elderly"}), frozenset({"young", "little", "small"})


@dataclass(slots=True)
class Figure:
    """Somebody. `role` is the fullest description that the script has given so far, `heads` its plain nouns.

    `last` is the place where the story spoke of them last, `told` how often it did.
    """

    name: str = ""
    role: str = ""
    heads: set[str] = field(default_factory=set)
    gender: Gender = ""
    is_animal: bool = False
    opens_sentence: bool = False
    last: int = 0
    told: int = 0

    def describe(self, text: str, head: str) -> None:
        """Take a description in: the fullest one is kept, and what it says of the gender."""
        said = text.lower() if text.isascii() else text
        self.heads.add(head)
        self.role = max(self.role, said, key=len)
        self.gender = self.gender or gender_of(head)

    def fits(self, head: str, text: str) -> bool:
        """Whether a description may be of this figure: the same noun, or its last word, and nothing against it."""
        same = head in self.heads or any(one.endswith(" " + head) or head.endswith(" " + one) for one in self.heads)
        han = not head.isascii() and any(_same_han(one, head) for one in self.heads)
        return (same or han) and not _differ(self.role, text.lower())

    @property
    def shown(self) -> str:
        """How a picture is told of them: `Pip the small brown mouse`, `old keeper`, `小刺猬团团`."""
        if not self.name or not self.role:
            return self.role or self.name + ("" if not self.name.isascii() else _ADULT.get(self.gender, ""))
        return f"{self.name} the {self.role}" if self.name.isascii() else self.role + self.name

    @property
    def known_as(self) -> str:
        return self.name or self.role


_ADULT = {"male": ", a man", "female": ", a woman"}


def gender_of(head: str) -> Gender:
    """What a noun says of whom it names; `many` for more than one."""
    return _genders().get(head, "")


@cache
def _genders() -> dict[str, Gender]:
    known: dict[str, Gender] = {"male": "male", "female": "female", "many": "many"}
    return {word: known[name] for (name,), *fields in rows("genders") for listed in fields for word in listed}


def is_plural(text: str) -> bool:
    """Whether an English noun stands for more than one: `monks`, `fishermen`."""
    last = text.lower().rsplit(maxsplit=1)[-1]
    return text.isascii() and (last.endswith("men") or (forms(last)[-1] != last and last.endswith("s")))


def _same_han(one: str, other: str) -> bool:
    """`老人` after `老茶农`, `兔子` after `小兔子`: the shorter word repeats the longer one."""
    short, long = sorted((one, other), key=len)
    return (len(short) > 1 and long.endswith(short)) or (short == "老人" and long.startswith("老"))


def _differ(role: str, text: str) -> bool:
    had, has = set(role.split()), set(text.split())
    return bool((had & _OLD and has & _YOUNG) or (had & _YOUNG and has & _OLD))
