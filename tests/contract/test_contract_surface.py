"""Whatever the document allows may be sent, and more: no answer is a fault of ours, and each is one the document names."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import booleans

from philo.documents.openapi import Document, surface
from tests.contract.surface_world import Somebody, Surface, surface_of

pytestmark = [pytest.mark.stack, pytest.mark.heavy]

ELSEWHERE = re.compile(r"/api/v1/(voices|looks|analyses)\b|/health/ready|/events$|/dead-letters")
"""Answered by services that are not here, or a stream without an end; their own tests try these."""
SHALLOW = 5
"""Examples of an operation: what a minute of `make test` has room for. `make test-deep` tries as its profile says."""
MOST = 100


@pytest.fixture(scope="module")
def living(servers) -> Iterator[Surface]:
    with surface_of(servers) as found:
        yield found


def examples() -> int:
    asked = settings.default.max_examples if settings.default else 100
    return MOST if asked > 1_000 else SHALLOW


def described() -> Document:
    document = surface()
    kept = {path: about for path, about in document["paths"].items() if not ELSEWHERE.search(path)}
    return document | {"paths": kept}


def complaints(living: Surface, caller: Callable[[], Somebody]) -> dict[str, str]:
    """What is wrong with each operation that has something wrong. Each is tried by a new caller: one of them logs out."""
    import schemathesis

    found: dict[str, str] = {}
    for result in schemathesis.openapi.from_dict(described()).get_all_operations():
        operation = result.ok()
        try:
            try_out(operation, living.url, caller())
        except Exception as error:
            found[operation.label] = str(error)
    return found


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


def test_somebody_who_has_logged_in_meets_nothing_undescribed(living):
    found = complaints(living, living.newcomer)
    assert found == {}, "\n\n".join(f"{label}\n{words}" for label, words in found.items())


def test_a_stranger_meets_nothing_undescribed(living):
    found = complaints(living, Somebody)
    assert found == {}, "\n\n".join(f"{label}\n{words}" for label, words in found.items())
