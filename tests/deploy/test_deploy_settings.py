"""Whoever runs Philo can say all that a service reads, with compose and in a cluster, and keys only as secrets."""

from __future__ import annotations

import copy

import pytest

from tests.deploy.cluster import environment, everywhere, named, secrets, service_of
from tests.deploy.compose import composed, ours
from tests.deploy.compose import environment as environment_in_compose
from tests.deploy.compose import secrets as secrets_of_compose
from tests.deploy.compose import service_of as service_in_compose
from tests.deploy.kustomization import containers, rendered
from tests.deploy.places import SETTINGS, Manifest, names_of, secrets_of

LEFT = {
    "S3_SECURE": "the store is the file's own, and speaks no TLS",
    "TOPIC_REPLICAS": "there is one broker",
    "LOG_FILE": "the file system is read-only, and the engine keeps what is said",
    "WEBHOOKS_TO_LOOPBACK": "in a container nobody listens there but notify itself",
}
"""Settings that compose leaves at their defaults, with the reason."""
LISTS = {"gateway": {"PRICE_LIST", "TIERS"}, "render": {"PICTURE_PRICES"}}
"""Settings that name a file of the operator's."""
OURS = ours(composed())
TOLD = ours(
    composed({setting: "told" for each in SETTINGS.values() for setting in names_of(each)} | secrets_of_compose())
)
WORKLOADS = everywhere()
every = pytest.mark.parametrize(("overlay", "one"), WORKLOADS.values(), ids=WORKLOADS)
alone = pytest.mark.parametrize("one", [one for _, one in WORKLOADS.values()], ids=WORKLOADS)


@pytest.mark.parametrize("process", OURS)
def test_compose_passes_on_every_setting_but_those_that_nobody_could_use(process: str) -> None:
    known = names_of(SETTINGS[service_in_compose(OURS[process])])
    assert known - set(environment_in_compose(TOLD[process])) == known & set(LEFT)


@pytest.mark.parametrize("process", OURS)
def test_what_env_does_not_say_is_not_said_at_all(process: str) -> None:
    """An empty word is no number and no address: a service would refuse it instead of taking its default."""
    assert "" not in environment_in_compose(OURS[process]).values()


def test_what_is_left_alone_is_a_setting_of_somebody() -> None:
    assert set(LEFT) <= set.union(*(names_of(each) for each in SETTINGS.values()))


@every
def test_in_a_cluster_every_setting_that_is_no_secret_can_be_said_in_the_config_map_of_the_service(
    overlay: str, one: Manifest
) -> None:
    settings = SETTINGS[service_of(one)]
    wanted = names_of(settings) - secrets_of(settings)
    objects = copy.deepcopy(rendered(overlay))
    named(objects, "ConfigMap", f"philo-{service_of(one)}")["data"] = dict.fromkeys(wanted, "told")
    (container,) = containers(one)
    fixed = {variable["name"] for variable in container["env"]} | set(secrets()["philo", "philo-servers"])
    said = {setting for setting, value in environment(one, objects).items() if value == "told"}
    assert said == wanted - fixed


@every
def test_in_a_cluster_every_secret_comes_by_reference(overlay: str, one: Manifest) -> None:
    (container,) = containers(one)
    referred = {variable["name"] for variable in container["env"] if "secretKeyRef" in variable.get("valueFrom", {})}
    shared = {
        key
        for source in container["envFrom"]
        if "secretRef" in source
        for key in secrets()["philo", source["secretRef"]["name"]]
    }
    wanted = secrets_of(SETTINGS[service_of(one)])
    assert wanted <= referred | shared
    plain = [each["data"] for each in rendered(overlay) if each["kind"] == "ConfigMap" and "data" in each]
    assert not wanted & {key for data in plain for key in data}


@pytest.mark.parametrize("process", OURS)
def test_compose_shows_the_lists_of_the_operator_to_those_who_read_them(process: str) -> None:
    shown = [volume for volume in OURS[process].get("volumes", []) if ":" in volume]
    assert shown == (["./deploy/compose/lists:/etc/philo:ro"] if service_in_compose(OURS[process]) in LISTS else [])


@alone
def test_a_cluster_shows_the_lists_of_the_operator_to_those_who_read_them(one: Manifest) -> None:
    (container,) = containers(one)
    shown = [mount["mountPath"] for mount in container["volumeMounts"] if mount.get("readOnly")]
    assert shown == (["/etc/philo"] if service_of(one) in LISTS else [])


def test_every_setting_that_names_a_list_is_known_to_be_one() -> None:
    for service, settings in SETTINGS.items():
        named_so = {
            setting for setting in names_of(settings) if setting.endswith(("_LIST", "_PRICES")) or setting == "TIERS"
        }
        assert named_so == LISTS.get(service, set())
