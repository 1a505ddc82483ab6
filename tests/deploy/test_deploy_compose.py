"""docker-compose.yml: valid, complete, without a secret of its own, and true to the services' settings."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

import jsonschema
import pytest
import yaml
from pydantic import ValidationError

from philo_auth.settings import AuthSettings
from philo_kernel.http.operation import OPERATION
from tests.deploy.compose import Unset, builders, composed, environment, ours, parts, secrets, service_of, text
from tests.deploy.dockerfile import image, stages
from tests.deploy.places import ROOT, SETTINGS, connections, longest_stop, names_of, needed_parts, read

pytestmark = pytest.mark.heavy

DOCUMENT = composed()
OURS = ours(DOCUMENT)
ALL: dict[str, dict[str, Any]] = DOCUMENT["services"]


def test_it_is_what_the_compose_specification_allows() -> None:
    schema = files("check_jsonschema") / "builtin_schemas" / "vendor" / "compose-spec.json"
    jsonschema.Draft7Validator(json.loads(schema.read_text())).validate(yaml.safe_load(text()))


def test_every_secret_has_to_be_given_and_the_script_makes_them_all() -> None:
    wanted = set(re.findall(r"\$\{([A-Z0-9_]+):\?", text()))
    assert wanted == set(secrets())
    for name in wanted:
        with pytest.raises(Unset, match=name):
            composed({other: value for other, value in secrets().items() if other != name})


def test_nothing_that_is_secret_has_a_default() -> None:
    optional = dict(re.findall(r"\$\{([A-Z0-9_]+):-([^}]*)\}", text()))
    assert {
        name: value for name, value in optional.items() if name.endswith(("KEY", "PASSWORD", "SECRET", "TOKEN"))
    } == {}


def test_secrets_are_made_anew_each_time() -> None:
    assert not set(secrets().values()) & set(secrets.__wrapped__().values())


@pytest.mark.parametrize("name", OURS)
def test_a_process_is_told_only_what_its_service_reads_and_all_that_it_needs(name: str) -> None:
    one = OURS[name]
    settings = SETTINGS[service_of(one)]
    assert set(one["environment"]) <= names_of(settings)
    assert read(settings, environment(one))


def test_each_service_has_its_own_database_and_its_own_password() -> None:
    urls = {service_of(one): environment(one)["DATABASE_URL"] for one in OURS.values()}
    assert set(urls) == set(SETTINGS)
    for part in ("path", "username", "password"):
        assert len({getattr(urlsplit(url), part) for url in urls.values()}) == len(SETTINGS), part


@pytest.mark.parametrize("service", SETTINGS)
def test_every_part_of_a_service_is_done_by_somebody(service: str) -> None:
    done = [parts(one) for one in OURS.values() if service_of(one) == service]
    assert set.union(*done) == needed_parts(service)


def test_members_of_consumer_groups_have_names_of_their_own() -> None:
    members = [one["environment"]["SERVICE_INSTANCE"] for one in OURS.values() if "consumer" in parts(one)]
    assert len(members) == len(set(members))


@pytest.mark.parametrize("name", OURS)
def test_a_process_has_the_time_it_takes_to_drain(name: str) -> None:
    grace = float(OURS[name]["stop_grace_period"].removesuffix("s"))
    assert grace > longest_stop()


@pytest.mark.parametrize("name", OURS)
def test_a_process_may_do_nothing_that_it_need_not(name: str) -> None:
    one = OURS[name]
    assert one["read_only"] is True
    assert one["cap_drop"] == ["ALL"]
    assert one["security_opt"] == ["no-new-privileges:true"]
    assert "user" not in one  # the image's, which is nobody


def test_addresses_name_who_is_there_and_the_port_it_listens_on() -> None:
    listens = {"postgres": "5432", "kafka": "9092", "valkey": "6379", "s3": "8333", "jaeger": "4318"}
    listens |= {name: environment(one)["HTTP_PORT"] for name, one in OURS.items()}
    for one in OURS.values():
        for value in environment(one).values():
            for host, port in re.findall(r"(?:@|://|^)([a-z][a-z0-9-]*):(\d{4,5})(?:/|$)", value):
                assert listens.get(host) == port or host == "localhost", value


def test_ports_that_are_opened_are_those_that_somebody_listens_on() -> None:
    opened = {name: one["ports"] for name, one in ALL.items() if "ports" in one}
    assert opened == {
        "gateway": [f"127.0.0.1:8400:{image('gateway').last('EXPOSE')}"],
        "jaeger": ["127.0.0.1:16686:16686"],
        "prometheus": ["127.0.0.1:9090:9090"],
        "grafana": ["127.0.0.1:3000:3000"],
    }


@pytest.mark.parametrize("name", ALL)
def test_nobody_waits_for_what_will_never_be(name: str) -> None:
    for other, wait in ALL[name].get("depends_on", {}).items():
        if wait["condition"] == "service_healthy":
            asked = image(service_of(ALL[other])).last("HEALTHCHECK") if other in OURS else None
            assert "test" in ALL[other].get("healthcheck", {}) or asked
        else:
            assert wait["condition"] == "service_completed_successfully"
            assert ALL[other]["restart"] == "no"


@pytest.mark.parametrize("name", OURS)
def test_a_process_starts_after_its_tables_and_its_servers(name: str) -> None:
    waits = ALL[name]["depends_on"]
    tables = f"{service_of(OURS[name])}-migrations"
    assert {"kafka", "valkey", "s3", tables} <= set(waits)
    assert ALL[tables]["command"] == [service_of(OURS[name])]
    assert ALL[tables]["environment"] == {"DATABASE_URL": environment(OURS[name])["DATABASE_URL"]}
    assert ALL[tables]["image"] == ALL[name]["image"]


def test_an_image_is_built_once_and_by_the_stage_of_its_name() -> None:
    built = {tag: [ALL[name]["build"] for name in names] for tag, names in builders(DOCUMENT).items()}
    assert built == {
        f"philo-{service}:0.1.0": [{"context": ".", "target": service}] for service in SETTINGS if service in stages()
    }


@pytest.mark.parametrize("name", OURS)
def test_a_process_waits_for_whoever_builds_its_image_and_pulls_none_of_that_name(name: str) -> None:
    (builder,) = builders(DOCUMENT)[ALL[name]["image"]]
    assert ALL[name]["depends_on"][builder]["condition"] == "service_completed_successfully"
    assert ALL[name]["pull_policy"] == "never"


@pytest.mark.parametrize("name", ALL)
def test_no_secret_stands_in_arguments(name: str) -> None:
    said = json.dumps([ALL[name].get(part) for part in ("entrypoint", "command", "healthcheck")])
    assert not [secret for secret, value in secrets().items() if value in said]


def at(address: str) -> AuthSettings:
    """What auth is told, and takes, when gateway is published there."""
    told = composed(secrets() | {"PHILO_ADDRESS": address})
    assert told["services"]["gateway"]["ports"] == [f"{address}:8400"]
    found = read(AuthSettings, environment(told["services"]["auth"]))
    assert isinstance(found, AuthSettings)
    return found


def test_the_page_is_at_home_where_gateway_is_published() -> None:
    assert at("127.0.0.1:9000").auth_origins == ("http://127.0.0.1:9000",)


def test_an_address_that_others_reach_needs_the_name_by_which_they_do() -> None:
    with pytest.raises(ValidationError, match="may use http:// for one's own machine only"):
        at("0.0.0.0:80")


def test_images_of_others_are_pinned_to_versions() -> None:
    for name, one in ALL.items():
        if one["image"] not in builders(DOCUMENT):
            assert re.search(r":v?\d+\.\d+(\.\d+)?$", one["image"]), name


@pytest.mark.parametrize("name", ALL)
def test_files_that_are_shown_to_a_container_exist(name: str) -> None:
    for volume in ALL[name].get("volumes", []):
        source = volume.split(":")[0]
        if source.startswith("."):
            assert (ROOT / source).exists(), source
        elif not source.startswith("/"):
            assert source in DOCUMENT["volumes"]


def test_data_of_servers_outlives_them() -> None:
    assert set(DOCUMENT["volumes"]) >= {"postgres", "kafka", "valkey", "s3"}
    for name in ("postgres", "kafka", "valkey", "s3"):
        assert any(volume.startswith(f"{name}:/") for volume in ALL[name]["volumes"])


def test_servers_lie_on_a_network_that_leads_nowhere_else() -> None:
    assert DOCUMENT["networks"]["servers"]["internal"] is True
    for name in ("postgres", "kafka", "valkey", "s3"):
        assert ALL[name]["networks"] == ["servers"]
        assert "ports" not in ALL[name]


def test_prometheus_asks_every_process_at_a_path_that_it_has() -> None:
    jobs = yaml.safe_load((ROOT / "deploy/compose/prometheus.yml").read_text())["scrape_configs"]
    asked = {target for job in jobs for some in job.get("static_configs", []) for target in some["targets"]}
    asked |= {f"{name}:{dns['port']}" for job in jobs for dns in job.get("dns_sd_configs", []) for name in dns["names"]}
    assert asked == {f"{name}:{environment(one)['HTTP_PORT']}" for name, one in OURS.items()}
    assert {job["metrics_path"] for job in jobs} <= OPERATION
    (held,) = ALL["prometheus"]["secrets"]
    assert DOCUMENT["secrets"][held] == {"environment": "METRICS_TOKEN"}
    assert {job["authorization"]["credentials_file"] for job in jobs} == {f"/run/secrets/{held}"}
    assert {environment(one)["METRICS_TOKEN"] for one in OURS.values()} == {secrets()["METRICS_TOKEN"]}


def test_all_processes_together_leave_connections_for_three_more_of_each_worker_and_for_people() -> None:
    (most,) = [
        int(word.partition("=")[2]) for word in ALL["postgres"]["command"] if word.startswith("max_connections=")
    ]
    held = {name: connections(environment(one)) for name, one in OURS.items()}
    workers = sum(figure for name, figure in held.items() if parts(OURS[name]) == {"worker"})
    assert sum(held.values()) + 3 * workers <= most - 20
    assert f"hold {sum(held.values())} connections at most" in text()
