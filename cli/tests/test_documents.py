"""The documents beside the code say what the code does."""

from pathlib import Path
from typing import Any

import pytest
from starlette.routing import Match

from philo.documents import frozen
from philo.documents.__main__ import troubles
from philo.documents.kept import Kept, as_json, outdated
from philo.documents.openapi import Clash, merged, surface
from philo.documents.surface import gateway_app
from philo_contracts.freeze import freeze

pytestmark = pytest.mark.heavy


@pytest.fixture(scope="module")
def paths() -> dict[str, Any]:
    found: dict[str, Any] = surface()["paths"]
    return found


def test_kept_documents_say_what_the_code_does() -> None:
    assert list(troubles()) == []


def test_an_outdated_or_missing_document_is_named(tmp_path: Path) -> None:
    kept = Kept("docs/one.json", lambda: as_json({"is": "new"}))
    assert list(outdated([kept], tmp_path)) == ["docs/one.json"]
    kept.write(tmp_path)
    assert list(outdated([kept], tmp_path)) == []
    (tmp_path / kept.path).write_text(as_json({"is": "old"}))
    assert list(outdated([kept], tmp_path)) == ["docs/one.json"]


def test_a_fact_that_is_not_frozen_or_has_changed_is_named(tmp_path: Path) -> None:
    assert "JobQueued version 1 is not frozen yet: `make documents` does it." in list(frozen.troubles(tmp_path))
    freeze(tmp_path)
    assert list(frozen.troubles(tmp_path)) == []
    page = tmp_path / "schemas" / "JobQueued" / "1.json"
    page.write_text(page.read_text().replace("reason", "cause"))
    assert [one.split(":")[0] for one in frozen.troubles(tmp_path)] == [
        "JobQueued version 1 is published and has changed"
    ]


def test_gateway_answers_or_passes_on_every_documented_path(paths) -> None:
    routes = gateway_app().routes
    for path, operations in paths.items():
        for method in operations:
            asked = {"type": "http", "path": path, "method": method.upper(), "headers": []}
            assert any(route.matches(asked)[0] is Match.FULL for route in routes), f"{method} {path}"


def test_every_operation_has_a_name_of_its_own(paths) -> None:
    names = [about["operationId"] for operations in paths.values() for about in operations.values()]
    assert len(names) == len(set(names))


def test_one_name_for_two_things_is_refused() -> None:
    def document(kind: str) -> dict[str, object]:
        return {"openapi": "3.1.0", "info": {"version": "1"}, "paths": {}, "components": {"schemas": {"Thing": kind}}}

    assert merged(document("cup"), document("cup"))["components"]["schemas"] == {"Thing": "cup"}
    with pytest.raises(Clash, match="Thing"):
        merged(document("cup"), document("saucer"))
