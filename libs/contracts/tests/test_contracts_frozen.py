"""A published schema never changes, and what was once said can always be read."""

import json
from pathlib import Path

import pytest

from philo_contracts import asyncapi, freeze
from philo_contracts.events import Event
from philo_contracts.freeze import Frozen, published, shape_of
from philo_contracts.sampling import sample_of
from philo_contracts.upcasters import UPCASTERS, UnknownFact, read, upcaster

SAMPLES = sorted((freeze.HERE / "samples").glob("*/*.json"))
REPOSITORY = Path(__file__).parents[3]


@pytest.mark.parametrize("kind", published(), ids=lambda kind: kind.__name__)
def test_the_schema_of_a_fact_is_the_frozen_one(kind):
    path = freeze.HERE / "schemas" / kind.__name__ / f"{kind.schema_version}.json"
    assert path.exists(), "run: python -m philo_contracts.freeze"
    assert json.loads(path.read_text()) == shape_of(kind), Frozen.__doc__


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_what_was_said_in_any_version_reads_as_a_fact_of_today(path):
    fact = read(path.parent.name, int(path.stem), json.loads(path.read_text()))
    assert type(fact).__name__ == path.parent.name


def test_every_version_of_every_fact_has_its_sample():
    schemas = {path.relative_to(freeze.HERE / "schemas") for path in (freeze.HERE / "schemas").glob("*/*.json")}
    assert schemas == {path.relative_to(freeze.HERE / "samples") for path in SAMPLES}


@pytest.mark.heavy
def test_freezing_again_writes_nothing(tmp_path):
    assert freeze.freeze(tmp_path)
    assert freeze.freeze(tmp_path) == []


@pytest.mark.heavy
def test_a_frozen_schema_that_is_no_longer_true_is_refused_and_nothing_is_written(tmp_path):
    freeze.freeze(tmp_path)
    page = tmp_path / "schemas" / "JobQueued" / "1.json"
    page.write_text("{}")
    (tmp_path / "schemas" / "JobFailed" / "1.json").unlink()
    with pytest.raises(Frozen, match=r"JobQueued: .*upcaster"):
        freeze.freeze(tmp_path)
    assert (page.read_text(), (tmp_path / "schemas" / "JobFailed" / "1.json").exists()) == ("{}", False)


class TestUpcasting:
    @pytest.fixture(autouse=True)
    def old_facts_can_be_lifted(self, monkeypatch):
        for version, lift in ((1, lambda data: {"name": data["called"]}), (2, lambda data: data | {"size": 1})):
            monkeypatch.setitem(UPCASTERS, ("ToyRenamed", version), lift)

    class ToyRenamed(Event, source="toy"):
        schema_version = 3
        name: str
        size: int

    @pytest.mark.parametrize(
        ("version", "data"),
        [(1, {"called": "a"}), (2, {"name": "a"}), (3, {"name": "a", "size": 1})],
    )
    def test_data_of_any_version_is_lifted_step_by_step(self, version, data):
        assert read("ToyRenamed", version, data) == self.ToyRenamed(name="a", size=1)

    def test_a_version_from_the_future_is_unknown(self):
        with pytest.raises(UnknownFact, match="newer than version 3"):
            read("ToyRenamed", 4, {})

    def test_a_type_nobody_knows_is_unknown(self):
        with pytest.raises(UnknownFact, match="'ToyLost'"):
            read("ToyLost", 1, {})

    def test_an_upcaster_is_found_by_type_and_version(self, monkeypatch):
        monkeypatch.setattr("philo_contracts.upcasters.UPCASTERS", found := {})

        @upcaster("ToyRenamed", 1)
        def lift(data):
            return data

        assert found == {("ToyRenamed", 1): lift}

    def test_toys_are_not_published(self):
        assert self.ToyRenamed not in published()


def test_a_sample_fills_every_field():
    assert all(set(sample_of(kind)) == set(kind.model_fields) for kind in published())


def test_the_document_of_all_topics_and_facts_is_the_written_one():
    written = (REPOSITORY / "docs" / "asyncapi.json").read_text()
    assert written == asyncapi.written(), "run: python -m philo_contracts.asyncapi docs/asyncapi.json"


def test_every_reference_in_the_document_leads_somewhere():
    document = asyncapi.document()

    def references(part):
        for name, value in part.items() if isinstance(part, dict) else enumerate(part):
            if name == "$ref":
                yield value
            elif isinstance(value, dict | list):
                yield from references(value)

    for reference in set(references(document)):
        place = document
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]
