"""`python -m philo.documents [--check]`: write the documents, or say which of them are out of date and end with 1."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from philo.documents import openapi
from philo.documents.kept import Kept, as_json, outdated

DOCUMENTS = (Kept("docs/openapi.json", lambda: as_json(openapi.surface())),)

Check = Annotated[bool, typer.Option("--check", help="Write nothing; compare.")]


def main(check: Check = False) -> None:
    """Write the documents that follow from the code, or compare them with it."""
    if not check:
        for document in DOCUMENTS:
            document.write()
        return
    wrong = list(outdated(DOCUMENTS))
    for path in wrong:
        sys.stderr.write(f"{path} does not say what the code does: `make documents` mends it.\n")
    if wrong:
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
