"""What lies in an overlay, as questions ask for it."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import yaml

from tests.deploy.kustomization import containers, rendered
from tests.deploy.places import K8S, Manifest

OVERLAYS = ("overlays/dev", "overlays/prod")
LABEL = "app.kubernetes.io/"


def of_kind(objects: Sequence[Manifest], *kinds: str) -> list[Manifest]:
    return [one for one in objects if one["kind"] in kinds]


def name(one: Manifest) -> str:
    return str(one["metadata"]["name"])


def named(objects: Sequence[Manifest], kind: str, wanted: str) -> Manifest:
    (found,) = (one for one in of_kind(objects, kind) if name(one) == wanted)
    return found


@cache
def workloads(overlay: str) -> list[Manifest]:
    """The processes of our services: neither migrations nor servers."""
    found = of_kind(rendered(overlay), "Deployment", "StatefulSet")
    return [one for one in found if one["metadata"]["namespace"] == "philo"]


def everywhere() -> dict[str, tuple[str, Manifest]]:
    """The workloads of all overlays, each with its overlay, by `<overlay>-<name>`."""
    return {f"{overlay[9:]}-{name(one)}": (overlay, one) for overlay in OVERLAYS for one in workloads(overlay)}


def scaler_of(overlay: str, one: Manifest) -> tuple[int, int]:
    """How few and how many of a workload there may be."""
    (scaler,) = (
        each["spec"]
        for each in of_kind(rendered(overlay), "HorizontalPodAutoscaler", "ScaledObject")
        if each["spec"]["scaleTargetRef"]["name"] == name(one)
    )
    kind = "Replicas" if "maxReplicas" in scaler else "ReplicaCount"
    return scaler[f"min{kind}"], scaler[f"max{kind}"]


def service_of(one: Manifest) -> str:
    return str(one["metadata"]["labels"][f"{LABEL}name"])


def labels_of(one: Manifest) -> dict[str, str]:
    """Of its pods."""
    labels: dict[str, str] = one["spec"]["template"]["metadata"]["labels"]
    return labels


@cache
def secrets() -> Mapping[tuple[str, str], Mapping[str, str]]:
    """What the script makes, by namespace and name."""
    said = subprocess.run(["/bin/sh", str(K8S / "secrets.sh")], check=True, capture_output=True, text=True).stdout
    found = [one for one in yaml.safe_load_all(said) if one["kind"] == "Secret"]
    return {(one["metadata"]["namespace"], name(one)): one["stringData"] for one in found}


def environment(one: Manifest, objects: Sequence[Manifest]) -> dict[str, str]:
    """What the process of a workload finds in its environment, in this order of weight. Raises KeyError for what is not
    there and not optional."""
    (container,) = containers(one)
    space = one["metadata"]["namespace"]
    told: dict[str, str] = {}
    for source in container.get("envFrom", []):
        if "configMapRef" in source:
            told |= named(objects, "ConfigMap", source["configMapRef"]["name"])["data"]
        else:
            told |= secrets()[space, source["secretRef"]["name"]]
    for variable in container["env"]:
        value = _value(variable, space)
        if value is not None:
            told[variable["name"]] = value
    return told


def _value(variable: Mapping[str, Any], space: str) -> str | None:
    source = variable.get("valueFrom")
    if source is None:
        return str(variable["value"])
    if "fieldRef" in source:
        return f"the {source['fieldRef']['fieldPath']}"
    reference = source["secretKeyRef"]
    held = secrets()[space, reference["name"]]
    return held.get(reference["key"]) if reference.get("optional") else held[reference["key"]]


def parts(one: Manifest) -> set[str]:
    (container,) = containers(one)
    (told,) = (variable["value"] for variable in container["env"] if variable["name"] == "SERVICE_PARTS")
    return set(told.split(","))


def chosen(selector: Mapping[str, Any], labels: Mapping[str, str]) -> bool:
    """Whether a label selector means somebody with these labels."""
    if not all(labels.get(key) == value for key, value in selector.get("matchLabels", {}).items()):
        return False
    for wish in selector.get("matchExpressions", []):
        held = labels.get(wish["key"])
        if wish["operator"] == "Exists" and held is None:
            return False
        if wish["operator"] == "In" and held not in wish["values"]:
            return False
        assert wish["operator"] in {"Exists", "In"}, "the reader knows no other"
    return True
