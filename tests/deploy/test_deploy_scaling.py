"""What scales a workload is true: it exists, asks real topics and real tables, and stays where it can do good."""

from __future__ import annotations

import pytest

from philo_contracts.topics import PARTITIONS, topic
from tests.deploy.cluster import (
    OVERLAYS,
    environment,
    everywhere,
    name,
    named,
    of_kind,
    parts,
    scaler_of,
    secrets,
    service_of,
    workloads,
)
from tests.deploy.kustomization import rendered
from tests.deploy.places import Manifest, connections

SCALED = {
    f"{overlay[9:]}-{name(one)}": (overlay, one)
    for overlay in OVERLAYS
    for one in of_kind(rendered(overlay), "ScaledObject")
}
scaled = pytest.mark.parametrize(("overlay", "one"), SCALED.values(), ids=SCALED)
HEARING = {key: found for key, found in everywhere().items() if "consumer" in parts(found[1])}


def target(overlay: str, one: Manifest) -> Manifest:
    meant = one["spec"]["scaleTargetRef"]
    assert meant["apiVersion"] == "apps/v1"
    return named(workloads(overlay), meant["kind"], meant["name"])


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_each_workload_is_scaled_by_exactly_one(overlay: str) -> None:
    scalers = of_kind(rendered(overlay), "HorizontalPodAutoscaler", "ScaledObject")
    found = [name(target(overlay, one)) for one in scalers]
    assert sorted(found) == sorted(name(one) for one in workloads(overlay))
    assert not [
        name(one) for one in workloads(overlay) if "replicas" in one["spec"]
    ]  # a rollout would undo what they did


@scaled
def test_work_is_scaled_by_what_waits_for_it(overlay: str, one: Manifest) -> None:
    asked = {trigger["type"] for trigger in one["spec"]["triggers"]}
    done = parts(target(overlay, one))
    assert ("kafka" in asked) == ("consumer" in done)
    assert ("postgresql" in asked) == ("worker" in done)


@scaled
def test_lag_is_asked_of_the_group_and_the_brokers_that_the_service_uses(overlay: str, one: Manifest) -> None:
    told = environment(target(overlay, one), rendered(overlay))
    for trigger in (each["metadata"] for each in one["spec"]["triggers"] if each["type"] == "kafka"):
        assert trigger["consumerGroup"] == topic(told["TOPIC_PREFIX"], service_of(target(overlay, one)))
        assert trigger["bootstrapServers"].split(",")[0] in told["KAFKA_BOOTSTRAP_SERVERS"].split(",")
        assert "topic" not in trigger  # over all that it hears


@pytest.mark.parametrize(("overlay", "one"), HEARING.values(), ids=HEARING)
def test_there_are_never_more_members_of_a_group_than_partitions_and_in_production_may_be_as_many(
    overlay: str, one: Manifest
) -> None:
    _, most = scaler_of(overlay, one)
    assert int(environment(one, rendered(overlay))["PARTITIONS"]) == PARTITIONS
    assert most == PARTITIONS if overlay == "overlays/prod" else most <= PARTITIONS


@scaled
def test_backlogs_are_read_with_a_secret_by_reference(overlay: str, one: Manifest) -> None:
    for trigger in (each for each in one["spec"]["triggers"] if each["type"] == "postgresql"):
        assert set(trigger["metadata"]) == {"query", "targetQueryValue"}
        allowed = named(rendered(overlay), "TriggerAuthentication", trigger["authenticationRef"]["name"])
        (reference,) = allowed["spec"]["secretTargetRef"]
        assert reference["parameter"] == "connection"
        held = secrets()["philo", reference["name"]][reference["key"]]
        assert held.rpartition("/")[2] == service_of(target(overlay, one))


@pytest.mark.parametrize("one", [one for _, one in SCALED.values()], ids=SCALED)
def test_age_is_a_value_and_a_count_is_shared_out(one: Manifest) -> None:
    kinds = {trigger["name"]: trigger["metricType"] for trigger in one["spec"]["triggers"]}
    assert kinds == {name: "Value" if name == "age" else "AverageValue" for name in kinds}


def test_the_one_database_server_of_dev_has_connections_for_all_that_may_be_scaled_up() -> None:
    objects = rendered("overlays/dev")
    held = sum(
        scaler_of("overlays/dev", one)[1] * connections(environment(one, objects)) for one in workloads("overlays/dev")
    )
    server = named(objects, "StatefulSet", "postgres")
    (told,) = [
        word for word in server["spec"]["template"]["spec"]["containers"][0]["args"] if "max_connections" in word
    ]
    assert held <= int(told.partition("=")[2]) - 20
