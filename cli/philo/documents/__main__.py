"""`python -m philo.documents [--check]`: write the documents, or say which of them are out of date and end with 1."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Annotated

import typer

from philo.documents import frozen, openapi
from philo.documents.kept import Kept, as_json, outdated
from philo_contracts import asyncapi, states
from philo_contracts.freeze import Frozen, freeze

SHOWN = "services/gateway/philo_gateway/studio/reference/documents"
"""What the pages of the API show: the same documents, where a deployed gateway has them."""
DOCUMENTS = (
    Kept("docs/openapi.json", lambda: as_json(openapi.surface())),
    Kept("docs/asyncapi.json", asyncapi.written),
    Kept(f"{SHOWN}/openapi.json", lambda: as_json(openapi.surface())),
    Kept(f"{SHOWN}/asyncapi.json", asyncapi.written),
    Kept("docs/job-states.md", states.page),
)

Check = Annotated[bool, typer.Option("--check", help="Write nothing; compare.")]


def main(check: Check = False) -> None:
    """Write the documents that follow from the code and freeze new schemas, or compare them with the code."""
    complaints = list(troubles() if check else written())
    sys.stderr.writelines(f"{complaint}\n" for complaint in complaints)
    if complaints:
        raise typer.Exit(1)


def troubles() -> Iterator[str]:
    """What no longer says what the code does, and what mends it."""
    for path in outdated(DOCUMENTS):
        yield f"{path} does not say what the code does: `make documents` mends it."
    yield from frozen.troubles()


def written() -> Iterator[str]:
    """Write everything; what cannot be written is told."""
    for document in DOCUMENTS:
        document.write()
    try:
        freeze()
    except Frozen as refused:
        yield str(refused)


if __name__ == "__main__":
    typer.run(main)
