"""The OpenAPI document as it is on the wire: every error is a problem."""

from __future__ import annotations

from typing import Any

from fastapi.routing import APIRoute

from .problems import MEDIA_TYPE, ProblemDocument

Document = dict[str, Any]
"""An OpenAPI document: JSON of any shape, hence `Any`."""

METHODS = frozenset({"get", "put", "post", "delete", "patch", "head", "options"})
REFERENCE = "#/components/schemas/{model}"
PROBLEM = {
    "description": "A problem (RFC 9457): `type` says which, `detail` what to do.",
    "content": {MEDIA_TYPE: {"schema": {"$ref": REFERENCE.format(model="ProblemDocument")}}},
}


def operation_id(route: APIRoute) -> str:
    """`jobs_create`: the room, then what is done there."""
    return "_".join(str(part) for part in (*route.tags[:1], route.name))


def with_problems(document: Document) -> Document:
    """Replace the framework's own 422 by our problem, which any operation may answer."""
    for operations in document.get("paths", {}).values():
        for method in METHODS & operations.keys():
            responses = operations[method].setdefault("responses", {})
            responses.pop("422", None)
            responses["default"] = PROBLEM
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    schemas.pop("HTTPValidationError", None)
    schemas.pop("ValidationError", None)
    schema = ProblemDocument.model_json_schema(ref_template=REFERENCE)
    schemas.update(schema.pop("$defs"), ProblemDocument=schema)
    return document
