"""One fact of a type with every field filled, always the same one: what a golden sample is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from philo_contracts.events import Event

Schema = Mapping[str, Any]  # JSON Schema is untyped by nature

BY_PATTERN = {r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$": "en"}
BY_FORMAT = {"date-time": "2026-01-02T03:04:05Z", "uuid": "01900000-0000-7000-8000-000000000000"}


def sample_of(kind: type[Event]) -> dict[str, Any]:
    """The data of such a fact, as it travels. It is valid: it was read and written back by its own class."""
    schema = kind.model_json_schema()
    filled = value_for(schema, schema.get("$defs", {}))
    return kind.model_validate(filled).model_dump(mode="json")


def value_for(schema: Schema, known: Mapping[str, Schema]) -> object:
    if "$ref" in schema:
        return value_for(known[schema["$ref"].rpartition("/")[2]], known)
    if "anyOf" in schema:
        return value_for(next(one for one in schema["anyOf"] if one.get("type") != "null"), known)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    return BY_TYPE[schema["type"]](schema, known)


def an_object(schema: Schema, known: Mapping[str, Schema]) -> dict[str, object]:
    if "properties" in schema:
        return {name: value_for(field, known) for name, field in schema["properties"].items()}
    return {"key": value_for(schema["additionalProperties"], known)}


def an_array(schema: Schema, known: Mapping[str, Schema]) -> list[object]:
    return [value_for(item, known) for item in schema.get("prefixItems") or [schema["items"]]]


def a_string(schema: Schema, _: object) -> str:
    if "pattern" in schema:
        return BY_PATTERN[schema["pattern"]]
    return BY_FORMAT.get(schema.get("format", ""), "text")


def a_number(schema: Schema, _: object) -> float:
    return max(min(0.5, float(schema.get("maximum", 0.5))), float(schema.get("minimum", 0.5)))


def an_integer(schema: Schema, _: object) -> int:
    return int(max(1, schema.get("minimum", 1)))


BY_TYPE: dict[str, Callable[[Schema, Mapping[str, Schema]], object]] = {
    "object": an_object,
    "array": an_array,
    "string": a_string,
    "number": a_number,
    "integer": an_integer,
    "boolean": lambda *_: True,
}
