"""Who may talk to whom in the cluster: what docs/architecture.md draws, and nobody else. Both ends have to allow it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from ipaddress import ip_address, ip_network
from typing import Any

import pytest

from tests.deploy.cluster import LABEL, OVERLAYS, chosen, labels_of, of_kind, workloads
from tests.deploy.kustomization import rendered
from tests.deploy.places import Manifest

BEHIND = ("auth", "analysis", "tts", "render", "notify")
PASSED_ON = {("gateway/api", f"{service}/api", 8400) for service in BEHIND}
KEYS = {(f"{service}/api", "auth/api", 8400) for service in BEHIND if service != "auth"}
SERVERS = {"postgres": 5432, "kafka": 9092, "valkey": 6379, "s3": 8333}
WITHOUT = {"valkey": {"auth"}, "s3": {"auth", "analysis", "notify"}}
WORLD = {
    "auth/api",
    *(f"{name}/{part}" for name in ("analysis", "tts", "render") for part in ("api", "worker")),
    "notify/api",
    "notify/worker",
}

overlays = pytest.mark.parametrize("overlay", OVERLAYS)


@cache
def policies(overlay: str) -> list[Manifest]:
    return [one for one in of_kind(rendered(overlay), "NetworkPolicy") if one["metadata"]["namespace"] == "philo"]


@cache
def pods(overlay: str) -> dict[str, dict[str, str]]:
    """Labels by `service/component`, of processes and migrations."""
    jobs = of_kind(rendered(f"{overlay}/migrations"), "Job")
    found = [labels_of(one) for one in (*workloads(overlay), *jobs)]
    return {f"{labels[f'{LABEL}name']}/{labels[f'{LABEL}component']}": labels for labels in found}


def rules(overlay: str, labels: dict[str, str], way: str) -> Iterator[tuple[dict[str, Any], int]]:
    """Each peer and port that a pod may hear (`Ingress`, `from`) or call (`Egress`, `to`)."""
    for one in policies(overlay):
        if way in one["spec"]["policyTypes"] and chosen(one["spec"]["podSelector"], labels):
            for rule in one["spec"].get(way.lower(), []):
                for peer in rule["from" if way == "Ingress" else "to"]:
                    yield from ((peer, port["port"]) for port in rule["ports"])


def among_us(overlay: str) -> set[tuple[str, str, int]]:
    known = pods(overlay)
    called = {
        (one, other, port)
        for one in known
        for other in known
        for port in ports(overlay, known[one], "Egress", known[other])
    }
    heard = {
        (one, other, port)
        for one in known
        for other in known
        for port in ports(overlay, known[other], "Ingress", known[one])
    }
    return called & heard


def ports(overlay: str, labels: dict[str, str], way: str, other: dict[str, str]) -> set[int]:
    return {
        port
        for peer, port in rules(overlay, labels, way)
        if "namespaceSelector" not in peer and "podSelector" in peer and chosen(peer["podSelector"], other)
    }


def elsewhere(overlay: str, who: str, way: str, space: str, labels: dict[str, str] | None = None) -> set[int]:
    """Ports between a pod of ours and pods of another namespace."""
    meant = {"kubernetes.io/metadata.name": space}
    return {
        port
        for peer, port in rules(overlay, pods(overlay)[who], way)
        if chosen(peer.get("namespaceSelector", {"matchLabels": {"": "none"}}), meant)
        and chosen(peer.get("podSelector", {}), labels or {})
    }


@overlays
def test_nobody_hears_or_calls_anybody_unless_it_is_allowed(overlay: str) -> None:
    (deny,) = [one for one in policies(overlay) if one["spec"]["podSelector"] == {} and "egress" not in one["spec"]]
    assert deny["spec"] == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}


@overlays
def test_services_talk_to_each_other_as_it_is_drawn_and_not_otherwise(overlay: str) -> None:
    assert among_us(overlay) == PASSED_ON | KEYS


@overlays
def test_only_gateways_api_is_there_for_clients(overlay: str) -> None:
    assert {who for who in pods(overlay) if elsewhere(overlay, who, "Ingress", "ingress")} == {"gateway/api"}


@overlays
@pytest.mark.parametrize("server", SERVERS)
def test_a_server_is_called_by_those_who_use_it(overlay: str, server: str) -> None:
    for who in pods(overlay):
        service, _, component = who.partition("/")
        uses = service not in WITHOUT.get(server, set()) and (component != "migrations" or server == "postgres")
        found = elsewhere(overlay, who, "Egress", "philo-data", {f"{LABEL}name": server})
        assert found == ({SERVERS[server]} if uses else set()), who


@overlays
def test_only_prometheus_asks_every_process_and_gets_traces(overlay: str) -> None:
    for who in pods(overlay):
        at_work = not who.endswith("migrations")
        assert elsewhere(overlay, who, "Ingress", "monitoring") == ({8400} if at_work else set())
        assert elsewhere(overlay, who, "Egress", "monitoring") == ({4318} if at_work else set())


@overlays
def test_the_world_is_open_to_those_who_call_providers_and_receivers_and_our_own_networks_are_not_in_it(
    overlay: str,
) -> None:
    open_to = set()
    for who, labels in pods(overlay).items():
        for peer, port in rules(overlay, labels, "Egress"):
            if "ipBlock" in peer:
                open_to.add(who)
                assert port == 443
                for inside in ("10.1.2.3", "172.20.0.1", "192.168.1.1", "169.254.169.254", "127.0.0.1"):
                    assert any(ip_address(inside) in ip_network(block) for block in peer["ipBlock"]["except"])
    assert open_to == WORLD


@overlays
def test_every_name_in_a_policy_is_somebodys(overlay: str) -> None:
    """A name that nobody bears would allow nothing, and nobody would see why."""
    known = {label: {labels[f"{LABEL}{label}"] for labels in pods(overlay).values()} for label in ("name", "component")}
    known["name"] |= set(SERVERS)
    for one in policies(overlay):
        for label, names in known.items():
            assert set(values(one["spec"], f"{LABEL}{label}")) <= names, one["metadata"]["name"]


def values(part: Any, label: str) -> Iterator[str]:
    """All that selectors anywhere in a policy want a label to be."""
    if isinstance(part, list):
        for one in part:
            yield from values(one, label)
    elif isinstance(part, dict):
        if part.get("key") == label:
            yield from part.get("values", [])
        for key, one in part.items():
            if key == label:
                yield one
            else:
                yield from values(one, label)
