"""The manifests are what two versions of Kubernetes, KEDA and the Prometheus operator take, and nothing else is in them."""

from __future__ import annotations

import copy
import json
import shutil
import subprocess
from collections.abc import Iterable
from functools import cache
from typing import Any

import jsonschema
import kubernetes_validate
import pytest
import yaml
from cloudcoil.models.keda.v1alpha1 import ScaledObject, TriggerAuthentication
from cloudcoil.models.prometheus_operator.v1 import PrometheusRule, ServiceMonitor

from tests.deploy.kustomization import rendered
from tests.deploy.places import K8S, ROOT, Manifest

pytestmark = pytest.mark.heavy

FOLDERS = ("overlays/dev", "overlays/dev/migrations", "overlays/prod", "overlays/prod/migrations")
VERSIONS = ("1.34", "1.37")
CUSTOM = {model.__name__: model for model in (ScaledObject, TriggerAuthentication, PrometheusRule, ServiceMonitor)}


@cache
def strict(kind: str) -> dict[str, Any]:
    """The custom resource's schema, in which nothing may stand that is not named."""
    schema = CUSTOM[kind].model_json_schema(by_alias=True)
    for part in (schema, *schema.get("$defs", {}).values()):
        if part.get("properties"):
            part.setdefault("additionalProperties", False)
        for field in part.get("properties", {}).values():
            for form in field.get("anyOf", [field]):
                if "(?i)" in form.get("pattern", ""):  # Go's way of writing it; Python refuses to read it
                    del form["pattern"]
    return schema


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("folder", FOLDERS)
def test_a_cluster_of_that_version_takes_them(folder: str, version: str) -> None:
    for one in rendered(folder):
        if one["kind"] not in CUSTOM:
            kubernetes_validate.validate(one, version, strict=True)


@pytest.mark.parametrize("folder", FOLDERS)
def test_keda_and_the_prometheus_operator_take_theirs(folder: str) -> None:
    for one in rendered(folder):
        if one["kind"] in CUSTOM:
            jsonschema.validate(one, strict(one["kind"]))


@pytest.mark.parametrize("spoilt", ["minReplicas", "maxReplicaCounts"])
def test_a_name_that_they_do_not_know_would_be_found(spoilt: str) -> None:
    one = copy.deepcopy(next(one for one in rendered("overlays/prod") if one["kind"] == "ScaledObject"))
    one["spec"][spoilt] = 3
    with pytest.raises(jsonschema.ValidationError, match=spoilt):
        jsonschema.validate(one, strict("ScaledObject"))


@pytest.mark.parametrize("folder", FOLDERS)
def test_each_object_is_there_once_and_in_a_namespace_of_ours(folder: str) -> None:
    found = [(one["kind"], one["metadata"].get("namespace"), one["metadata"]["name"]) for one in rendered(folder)]
    assert len(found) == len(set(found))
    assert {space for kind, space, _ in found if kind != "Namespace"} <= {"philo", "philo-data"}


@pytest.mark.parametrize("folder", FOLDERS)
def test_kustomize_itself_makes_the_same_of_them(folder: str) -> None:
    said = built(folder)
    if said is None:
        pytest.skip("neither kubectl nor kustomize is on this machine: the reader was NOT held against it")
    assert by_name(list(yaml.safe_load_all(said))) == by_name(rendered(folder))


def built(folder: str) -> str | None:
    if program := shutil.which("kubectl"):
        command = [program, "kustomize", str(K8S / folder)]
    elif program := shutil.which("kustomize"):
        command = [program, "build", str(K8S / folder)]
    else:
        return None
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def by_name(objects: Iterable[Manifest]) -> dict[str, Manifest]:
    return {
        json.dumps([one["kind"], one["metadata"].get("namespace"), one["metadata"]["name"]]): one for one in objects
    }


def test_the_cluster_is_woken_by_the_same_rules_as_everybody() -> None:
    (rule,) = [one for one in rendered("overlays/prod") if one["kind"] == "PrometheusRule"]
    assert rule["spec"] == yaml.safe_load((ROOT / "deploy/observability/prometheus/alerts.yml").read_text())
