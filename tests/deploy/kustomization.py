"""An exact reader of that part of kustomize which deploy/k8s uses: resources, components, JSON patches, images.

It refuses whatever else stands in a kustomization, so that it never shows less than kustomize would. Where kustomize
itself is at hand, a test holds the two against each other.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.deploy.places import K8S, Manifest

KNOWN = {"apiVersion", "kind", "resources", "components", "patches", "images"}


@cache
def rendered(path: str) -> tuple[Manifest, ...]:
    """All objects of a folder under deploy/k8s, as they would be applied. They are read once: copy what you change."""
    return tuple(_built((K8S / path).resolve(), []))


def _built(folder: Path, given: list[Manifest]) -> list[Manifest]:
    told = yaml.safe_load((folder / "kustomization.yaml").read_text())
    assert set(told) <= KNOWN, f"{folder}: the reader knows nothing of {set(told) - KNOWN}"
    objects = [*given, *(one for path in told.get("resources", []) for one in _resource(folder / path))]
    for path in told.get("components", []):
        objects = _built((folder / path).resolve(), objects)
    for patch in told.get("patches", []):
        operations = yaml.safe_load((folder / patch["path"]).read_text())
        chosen = [one for one in objects if _is_meant(one, patch["target"])]
        assert chosen, f"{folder}: nothing is meant by {patch['target']}"
        for one in chosen:
            _patch(one, operations)
    for image in told.get("images", []):
        _name_images(objects, image)
    return objects


def _resource(path: Path) -> Iterator[Manifest]:
    if path.is_dir():
        yield from _built(path.resolve(), [])
    else:
        yield from (one for one in yaml.safe_load_all(path.read_text()) if one)


def _is_meant(one: Manifest, target: dict[str, str]) -> bool:
    assert set(target) <= {"group", "kind", "name"}
    group = one["apiVersion"].rpartition("/")[0]
    meant = {"group": group, "kind": one["kind"], "name": one["metadata"]["name"]}
    return all(re.fullmatch(pattern, meant[key]) for key, pattern in target.items())


def _patch(one: Manifest, operations: list[dict[str, Any]]) -> None:
    """RFC 6902, `add` and `replace`."""
    for operation in operations:
        *steps, last = (step.replace("~1", "/").replace("~0", "~") for step in operation["path"].split("/")[1:])
        place: Any = one
        for step in steps:
            place = place[int(step)] if isinstance(place, list) else place[step]
        value = copy.deepcopy(operation["value"])
        if isinstance(place, list):
            assert operation["op"] == "add", operation
            place.insert(len(place) if last == "-" else int(last), value)
        else:
            assert operation["op"] == "add" or last in place, operation
            place[last] = value


def _name_images(objects: list[Manifest], image: dict[str, str]) -> None:
    for one in objects:
        for container in containers(one):
            if container["image"] == image["name"]:
                container["image"] = f"{image.get('newName', image['name'])}:{image['newTag']}"


def pod(one: Manifest) -> dict[str, Any]:
    spec: dict[str, Any] = one["spec"]["template"]["spec"]
    return spec


def containers(one: Manifest) -> list[dict[str, Any]]:
    if one["kind"] not in {"Deployment", "StatefulSet", "Job"}:
        return []
    return [*pod(one).get("initContainers", []), *pod(one)["containers"]]
