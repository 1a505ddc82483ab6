"""Sends what a document allows, and more, and tells what is wrong with the answers."""

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import booleans

from philo.documents.openapi import Document, surface
from tests.contract.surface_world import Somebody

SHALLOW = 5
"""Examples of an operation: what a minute of `make test` has room for. `make test-deep` tries as its profile says."""
MOST = 100


def examples() -> int:
    asked = settings.default.max_examples if settings.default else 100
    return MOST if asked > 1_000 else SHALLOW


def described(wanted: Callable[[str], bool]) -> Document:
    """The document of the API, as far as paths are `wanted`."""
    document = surface()
    return document | {"paths": {path: about for path, about in document["paths"].items() if wanted(path)}}


def complaints(document: Document, url: str, caller: Callable[[], Somebody]) -> dict[str, str]:
    """What is wrong with each operation that has something wrong. Each is tried by a new caller: one of them logs out."""
    import schemathesis

    found: dict[str, str] = {}
    for result in schemathesis.openapi.from_dict(document).get_all_operations():
        operation = result.ok()
        try:
            try_out(operation, url, caller())
        except Exception as error:
            found[operation.label] = str(error)
    return found


def in_words(found: dict[str, str]) -> str:
    return "\n\n".join(f"{label}\n{words}" for label, words in found.items())


def try_out(operation: Any, url: str, who: Somebody) -> None:
    """Send what the document allows; ids of the caller's own every other time. Raises what schemathesis complains of."""
    from schemathesis import checks

    held = [
        checks.not_a_server_error,
        checks.status_code_conformance,
        checks.content_type_conformance,
        checks.response_schema_conformance,
        checks.response_headers_conformance,
    ]

    @given(case=operation.as_strategy(), own=booleans())
    @settings(
        max_examples=examples(),
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def tried(case: Any, own: bool) -> None:
        if own:
            mine = who.ids.keys() & case.path_parameters.keys()
            case.path_parameters.update({name: who.ids[name] for name in mine})
        case.call_and_validate(base_url=url, headers=who.headers, checks=held, timeout=20, allow_redirects=False)

    tried()
