"""docker-compose.yml as an engine would read it: anchors merged, variables filled in."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from functools import cache
from typing import Any

import yaml

from tests.deploy.places import ROOT

VARIABLE = re.compile(r"\$(?:\$|\{(?P<name>[A-Z0-9_]+)(?::(?P<kind>[-?])(?P<rest>(?:[^{}]|\{[^{}]*\})*))?\})")
"""A default may name a variable itself, with a default of its own."""


class Unset(Exception):
    """A variable that has no default, and is not set."""


@cache
def secrets() -> dict[str, str]:
    """What the script beside the file makes, as `.env` would have it."""
    said = subprocess.run(
        ["/bin/sh", str(ROOT / "deploy/compose/secrets.sh")], check=True, capture_output=True, text=True
    )
    pairs = (line.split("=", 1) for line in said.stdout.splitlines())
    return {name: value.strip("'") for name, value in pairs}


def text() -> str:
    return (ROOT / "docker-compose.yml").read_text()


def composed(environment: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Raises `Unset`, as an engine would refuse. A variable without a value has that of `.env`, or stays None."""
    told = secrets() if environment is None else environment
    document: dict[str, Any] = filled(yaml.safe_load(text()), told)
    for one in document["services"].values():
        if "environment" in one:
            one["environment"] = {
                name: told.get(name) if value is None else value for name, value in one["environment"].items()
            }
    return document


def filled(value: Any, told: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: filled(part, told) for key, part in value.items()}
    if isinstance(value, list):
        return [filled(part, told) for part in value]
    return VARIABLE.sub(lambda found: one(found, told), value) if isinstance(value, str) else value


def one(found: re.Match[str], told: Mapping[str, str]) -> str:
    if found[0] == "$$":
        return "$"
    value = told.get(found["name"], "")
    if value or found["kind"] is None:
        return value
    if found["kind"] == "?":
        raise Unset(found["name"])
    return VARIABLE.sub(lambda inner: one(inner, told), found["rest"])


def ours(document: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The processes of our services, without migrations, by their names in the file."""
    return {name: one for name, one in document["services"].items() if "SERVICE_PARTS" in one.get("environment", {})}


def builders(document: Mapping[str, Any]) -> dict[str, list[str]]:
    """Who builds what, by the image's tag: several services may build one tag at once, and the last one wins or fails."""
    found: dict[str, list[str]] = {}
    for name, one in document["services"].items():
        if "build" in one:
            found.setdefault(one["image"], []).append(name)
    return found


def service_of(one: Mapping[str, Any]) -> str:
    """By the name of its image, `philo-<service>:<version>`."""
    repository, _, _ = str(one["image"]).partition(":")
    return repository.removeprefix("philo-")


def environment(one: Mapping[str, Any]) -> dict[str, str]:
    """What the process finds there: nothing of what has no value."""
    return {name: str(value) for name, value in one["environment"].items() if value is not None}


def migration(one: Mapping[str, Any], document: Mapping[str, Any]) -> dict[str, Any]:
    """What makes the tables of a process's service before it starts."""
    found: dict[str, Any] = document["services"][f"{service_of(one)}-migrations"]
    return found


def parts(one: Mapping[str, Any]) -> set[str]:
    return set(one["environment"]["SERVICE_PARTS"].split(","))
