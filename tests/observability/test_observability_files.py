"""The files that Prometheus and Grafana are given."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from types import ModuleType

import pytest

from tests.observability.asking import OBJECTIVES, ROOT, alerts, asked, dashboard, questions, rules

QUESTIONS = questions()


@pytest.fixture
def origin(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ModuleType]:
    """What the files are written by, room by room."""
    monkeypatch.syspath_prepend(str(ROOT))
    return lambda room: import_module(f"deploy.observability.{room}")


def test_they_are_as_they_would_be_written(origin):
    texts = origin("__main__").written()
    assert {path: path.read_text(encoding="utf-8") for path in texts} == texts


@pytest.mark.parametrize("place", QUESTIONS)
def test_what_is_asked_can_be_read(place):
    assert list(asked(QUESTIONS[place]))


def test_every_alert_says_how_urgent_it_is_and_what_is_the_matter():
    for one in alerts():
        assert one["labels"]["severity"] in {"page", "ticket"}
        assert one["annotations"]["summary"].endswith((".", "}"))
        assert re.fullmatch(r"\d+[smhd]", one["for"])


def test_every_recorded_figure_that_is_asked_for_is_recorded(origin):
    recorded = {rule["record"] for rule in rules() if "record" in rule}
    wanted = {one.name for text in QUESTIONS.values() for one in asked(text) if ":" in one.name}
    assert wanted <= recorded == {f"slo:error_ratio:rate{window}" for window in origin("objectives").WINDOWS}


def test_every_objective_stands_in_the_docs_with_its_share(origin):
    told = OBJECTIVES.read_text(encoding="utf-8")
    for one in origin("objectives").OBJECTIVES:
        row = next(line for line in told.splitlines() if line.startswith(f"| `{one.slug}`"))
        assert f"{100 * one.target:g} %" in row


def test_panels_have_numbers_of_their_own_and_do_not_cover_each_other():
    panels = dashboard()["panels"]
    assert len({panel["id"] for panel in panels}) == len(panels)
    cells = [
        (x, y)
        for panel in panels
        for x in range(panel["gridPos"]["x"], panel["gridPos"]["x"] + panel["gridPos"]["w"])
        for y in range(panel["gridPos"]["y"], panel["gridPos"]["y"] + panel["gridPos"]["h"])
    ]
    assert len(cells) == len(set(cells))
    assert max(x for x, _ in cells) < 24


def test_every_panel_asks_the_chosen_source_and_names_its_answers_by_labels_that_they_have():
    for panel in dashboard()["panels"]:
        for target in panel.get("targets", ()):
            assert target["datasource"] == {"type": "prometheus", "uid": "${datasource}"}
            labels = set(re.findall(r"{{(\w+)}}", target["legendFormat"]))
            assert labels <= set(re.findall(r"\w+", target["expr"])), panel["title"]
