"""Each workload is true to its service: settings, parts, ports, paths, images, time to drain."""

from __future__ import annotations

import pytest

from philo_kernel.http.operation import OPERATION
from tests.deploy.cluster import (
    OVERLAYS,
    chosen,
    environment,
    everywhere,
    labels_of,
    name,
    named,
    of_kind,
    parts,
    secrets,
    service_of,
    workloads,
)
from tests.deploy.compose import composed
from tests.deploy.dockerfile import image, stages
from tests.deploy.kustomization import containers, pod, rendered
from tests.deploy.places import ROOT, SETTINGS, Manifest, longest_stop, names_of, needed_parts, read

pytestmark = pytest.mark.heavy

WORKLOADS = everywhere()
JOBS = {
    f"{overlay[9:]}-{name(one)}": (overlay, one)
    for overlay in OVERLAYS
    for one in of_kind(rendered(f"{overlay}/migrations"), "Job")
}
every = pytest.mark.parametrize(("overlay", "one"), WORKLOADS.values(), ids=WORKLOADS)
alone = pytest.mark.parametrize("one", [one for _, one in WORKLOADS.values()], ids=WORKLOADS)
"""Where its overlay does not matter."""
job = pytest.mark.parametrize("one", [one for _, one in JOBS.values()], ids=JOBS)
both = pytest.mark.parametrize("one", [one for _, one in (WORKLOADS | JOBS).values()], ids=WORKLOADS | JOBS)


@every
def test_a_process_finds_all_its_settings_and_none_that_it_does_not_read(overlay: str, one: Manifest) -> None:
    told = environment(one, rendered(overlay))
    settings = SETTINGS[service_of(one)]
    everybody = set(named(rendered(overlay), "ConfigMap", "philo")["data"])
    assert set(told) <= names_of(settings)
    assert everybody <= set.intersection(*(names_of(each) for each in SETTINGS.values()))
    assert read(settings, told)


@pytest.mark.parametrize("overlay", OVERLAYS)
@pytest.mark.parametrize("service", SETTINGS)
def test_every_part_of_a_service_is_done_by_somebody(overlay: str, service: str) -> None:
    done = [parts(one) for one in workloads(overlay) if service_of(one) == service]
    assert set.union(*done) == needed_parts(service)
    assert sum("api" in some for some in done) == 1


@every
def test_members_of_consumer_groups_keep_their_names_and_others_need_none(overlay: str, one: Manifest) -> None:
    assert one["kind"] == ("StatefulSet" if "consumer" in parts(one) else "Deployment")
    assert environment(one, rendered(overlay))["SERVICE_INSTANCE"] == "the metadata.name"


@every
def test_it_runs_an_image_that_the_dockerfile_makes(overlay: str, one: Manifest) -> None:
    (container,) = containers(one)
    repository, _, tag = container["image"].rpartition(":")
    target = repository.rpartition("/")[2].removeprefix("philo-")
    assert target == service_of(one)
    assert target in stages()
    assert tag not in {"", "latest"}
    assert "command" not in container
    assert "args" not in container
    migrations = [each for where, each in JOBS.values() if where == overlay]
    assert {each["image"].rpartition(":")[2] for one in migrations for each in containers(one)} == {tag}


@every
def test_it_listens_where_it_is_looked_for(overlay: str, one: Manifest) -> None:
    (container,) = containers(one)
    port = int(environment(one, rendered(overlay))["HTTP_PORT"])
    assert container["ports"] == [{"name": "http", "containerPort": port}]
    for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
        asked = container[probe]["httpGet"]
        assert asked["port"] == "http"
        assert asked["path"] in OPERATION
    assert (
        container["livenessProbe"]["httpGet"]["path"] == "/health"
    )  # it must not ask servers: nobody is to be killed for theirs


@every
def test_it_can_be_found_at_the_port_where_others_call_it(overlay: str, one: Manifest) -> None:
    found = [each for each in of_kind(rendered(overlay), "Service") if chosen_by(each, one)]
    assert [name(each) for each in found] == [name(one)]
    assert found[0]["spec"]["ports"] == [{"name": "http", "port": 8400, "targetPort": "http"}]


def chosen_by(service: Manifest, one: Manifest) -> bool:
    space = service["metadata"]["namespace"] == one["metadata"]["namespace"]
    return space and chosen({"matchLabels": service["spec"]["selector"]}, labels_of(one))


@every
def test_addresses_name_services_that_are_there(overlay: str, one: Manifest) -> None:
    told = environment(one, rendered(overlay))
    apis = {name(each) for each in workloads(overlay) if "api" in parts(each)}
    for key in [key for key in told if key.endswith("_URL") and told[key].startswith("http://")]:
        host, _, rest = told[key].removeprefix("http://").partition(":")
        assert host in apis
        assert rest.partition("/")[0] == told["HTTP_PORT"]


@alone
def test_it_has_the_time_it_takes_to_drain(one: Manifest) -> None:
    (container,) = containers(one)
    asleep = container["lifecycle"]["preStop"]["sleep"]["seconds"]
    assert pod(one)["terminationGracePeriodSeconds"] > asleep + longest_stop()


@every
def test_children_are_counted_by_what_is_asked_for_and_not_by_the_cores_of_the_node(
    overlay: str, one: Manifest
) -> None:
    counted = f"{service_of(one)}_WORKERS".upper()
    if counted in names_of(SETTINGS[service_of(one)]):
        workers = int(environment(one, rendered(overlay))[counted])
        (container,) = containers(one)
        asked = container["resources"]["requests"]["cpu"]
        assert "worker" not in parts(one) or overlay.endswith("dev") or float(asked) >= workers


@both
def test_it_may_do_nothing_that_it_need_not(one: Manifest) -> None:
    told = pod(one)["securityContext"]
    uid, gid = (int(part) for part in (image(service_of(one)).last("USER") or "").split(":"))
    assert (told["runAsNonRoot"], told["runAsUser"], told["runAsGroup"]) == (True, uid, gid)
    assert told["seccompProfile"] == {"type": "RuntimeDefault"}
    assert pod(one)["automountServiceAccountToken"] is False
    for container in containers(one):
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
        assert container["resources"]["limits"]["memory"]
        assert container["resources"]["requests"].keys() == {"cpu", "memory"}


@alone
def test_it_may_write_only_where_it_has_to(one: Manifest) -> None:
    (container,) = containers(one)
    mounts = {mount["name"]: mount["mountPath"] for mount in container["volumeMounts"]}
    shown = {mount["name"] for mount in container["volumeMounts"] if mount.get("readOnly")}
    assert {volume["name"] for volume in pod(one)["volumes"]} == set(mounts)
    for volume in pod(one)["volumes"]:
        assert set(volume) == {"name", "configMap" if volume["name"] in shown else "emptyDir"}
    scratch = image(service_of(one)).environment().get("RENDER_SCRATCH") or image(service_of(one)).environment().get(
        "TTS_MODELS"
    )
    written = {path for volume, path in mounts.items() if volume not in shown}
    assert written == {"/tmp"} | ({"/scratch"} if scratch else set())
    assert scratch is None or scratch.startswith("/scratch")


@alone
def test_its_pods_are_spread_over_nodes_and_zones(one: Manifest) -> None:
    for spread in pod(one)["topologySpreadConstraints"]:
        assert chosen(spread["labelSelector"], labels_of(one))
        assert set(spread["matchLabelKeys"]) <= set(labels_of(one))
    keys = [spread["topologyKey"] for spread in pod(one)["topologySpreadConstraints"]]
    assert keys == ["topology.kubernetes.io/zone", "kubernetes.io/hostname"]


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_no_manifest_holds_a_secret(overlay: str) -> None:
    for folder in (overlay, f"{overlay}/migrations"):
        assert of_kind(rendered(folder), "Secret") == []
        for one in rendered(folder):
            for container in containers(one):
                told = [variable for variable in container.get("env", []) if "value" in variable]
                assert not [
                    each["name"]
                    for each in told
                    if each["name"].endswith(("KEY", "PASSWORD", "SECRET", "TOKEN")) or each["name"] == "DATABASE_URL"
                ]


def test_the_databases_of_a_cluster_are_made_as_those_of_compose() -> None:
    (script,) = named(rendered("overlays/dev"), "ConfigMap", "postgres-init")["data"].values()
    assert script == (ROOT / "deploy/compose/postgres-init.sh").read_text()


@job
def test_no_secret_stands_in_arguments(one: Manifest) -> None:
    """Kubernetes would fill `$(NAME)` in before it starts them."""
    (container,) = containers(one)
    assert "$(" not in str([container.get(part) for part in ("command", "args")])


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_every_service_has_its_tables_made_before_it_is_rolled_out(overlay: str) -> None:
    made = {service_of(one): one for one in of_kind(rendered(f"{overlay}/migrations"), "Job")}
    assert set(made) == set(SETTINGS)
    for service, one in made.items():
        (container,) = containers(one)
        assert container["command"] == composed()["services"][f"{service}-migrations"]["entrypoint"]
        assert container["args"] == [service]
        assert [variable["name"] for variable in container["env"]] == ["DATABASE_URL"]
        assert container["env"][0]["valueFrom"]["secretKeyRef"]["name"] == f"philo-{service}"
        assert pod(one)["restartPolicy"] == "Never"


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_prometheus_finds_every_process(overlay: str) -> None:
    (monitor,) = of_kind(rendered(overlay), "ServiceMonitor")
    found = [one for one in of_kind(rendered(overlay), "Service") if one["metadata"]["namespace"] == "philo"]
    assert {name(one) for one in found if chosen(monitor["spec"]["selector"], one["metadata"]["labels"])} == {
        name(one) for one in workloads(overlay)
    }
    (endpoint,) = monitor["spec"]["endpoints"]
    assert endpoint["path"] in OPERATION
    reference = endpoint["authorization"]["credentials"]
    token = secrets()["philo", reference["name"]][reference["key"]]
    assert {environment(one, rendered(overlay))["METRICS_TOKEN"] for one in workloads(overlay)} == {token}
    assert {port["name"] for one in found for port in one["spec"]["ports"]} == {endpoint["port"]}
