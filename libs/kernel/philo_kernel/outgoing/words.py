"""What a provider said, made fit to be shown."""

from __future__ import annotations

import re

SILENT = "it does not say why."
_LONGEST = 240
_SECRETS = re.compile(
    r"\b(?:sk|pk|r8|hf|ct|org|proj)[-_][\w*.-]{4,}"  # keys and accounts, also half hidden
    r"|bearer\s+\S+"
    r"|https?://\S+",  # links to what was made are signed: who has one has the thing
    re.IGNORECASE,
)


def quoted(said: str, secret: str) -> str:
    """One line of at most 240 characters, without the key, what looks like one, or a link."""
    hidden = said.replace(secret, "***") if secret else said
    line = " ".join(_SECRETS.sub("***", hidden).split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"
