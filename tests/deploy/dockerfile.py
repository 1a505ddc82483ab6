"""The stages of the Dockerfile, and what each image is told."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, field

from tests.deploy.places import ROOT


@dataclass
class Stage:
    """One `FROM`; `said` are its instructions in order, with continued lines joined."""

    base: str
    said: list[tuple[str, str]] = field(default_factory=list)

    def last(self, instruction: str) -> str | None:
        return next((rest for word, rest in reversed(self.said) if word == instruction), None)

    def environment(self) -> dict[str, str]:
        pairs = (pair.split("=", 1) for word, rest in self.said if word == "ENV" for pair in shlex.split(rest))
        return dict(pairs)


def stages() -> dict[str, Stage]:
    joined = re.sub(r"\\\n\s*", "", (ROOT / "Dockerfile").read_text())
    found: dict[str, Stage] = {}
    current = Stage("")
    for line in joined.splitlines():
        if not line or line.startswith("#"):
            continue
        word, _, rest = line.partition(" ")
        if word == "FROM":
            base, _, name = rest.partition(" AS ")
            current = found[name] = Stage(base)
        else:
            current.said.append((word, rest))
    return found


def image(target: str) -> Stage:
    """A stage with all that it is built upon."""
    known = stages()
    stage = known[target]
    base = image(stage.base) if stage.base in known else Stage(stage.base)
    return Stage(base.base, [*base.said, *stage.said])
