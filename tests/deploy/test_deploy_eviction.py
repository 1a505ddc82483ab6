"""What a drain of a node may take away, held against how few of a workload there may be."""

from __future__ import annotations

import pytest

from tests.deploy.cluster import chosen, everywhere, labels_of, name, of_kind, parts, scaler_of
from tests.deploy.kustomization import rendered
from tests.deploy.places import Manifest

WORKLOADS = everywhere()
HEARD = {key: found for key, found in WORKLOADS.items() if key.startswith("prod-") and parts(found[1]) != {"worker"}}
"""In production, and somebody waits for an answer or for a fact to be handled. Mere tasks may wait until it is back."""


def evicted(overlay: str, one: Manifest) -> int:
    """How many pods may be taken at once when there are as few as there may be."""
    (budget,) = (
        each["spec"]
        for each in of_kind(rendered(overlay), "PodDisruptionBudget")
        if chosen(each["spec"]["selector"], labels_of(one))
    )
    fewest, _ = scaler_of(overlay, one)
    return int(budget["maxUnavailable"] if "maxUnavailable" in budget else fewest - budget["minAvailable"])


@pytest.mark.parametrize(("overlay", "one"), WORKLOADS.values(), ids=WORKLOADS)
def test_a_node_can_always_be_drained(overlay: str, one: Manifest) -> None:
    assert evicted(overlay, one) >= 1, name(one)


@pytest.mark.parametrize(("overlay", "one"), HEARD.values(), ids=HEARD)
def test_an_eviction_never_takes_all_who_answer_or_hear(overlay: str, one: Manifest) -> None:
    fewest, _ = scaler_of(overlay, one)
    assert evicted(overlay, one) < fewest, name(one)
