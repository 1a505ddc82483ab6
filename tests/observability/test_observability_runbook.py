"""The runbook is what somebody reads at three in the morning: nothing in it may lead nowhere."""

from __future__ import annotations

import re
import shlex

import click
import pytest
import typer

from philo.main import app
from tests.observability.asking import ROOT, RUNBOOK, alerts, blocks

TEXT = RUNBOOK.read_text(encoding="utf-8")
HEADINGS = re.findall(r"^#+ (.+)$", TEXT, re.MULTILINE)
NAMED = re.findall(r"`(philo [^`]+)`", TEXT) + [
    line.split("#")[0] for text in blocks(RUNBOOK, "sh") for line in text.splitlines() if line.startswith("philo ")
]


def anchor(heading: str) -> str:
    """As it is linked to."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


ANCHORS = {anchor(heading) for heading in HEADINGS}


@pytest.mark.parametrize("name", sorted({one["alert"] for one in alerts()}))
def test_each_alert_leads_to_its_section(name):
    links = {one["annotations"]["runbook"] for one in alerts() if one["alert"] == name}
    assert links == {f"docs/runbook.md#{anchor(name)}"}
    assert HEADINGS.count(name) == 1


def test_no_section_is_about_an_alert_that_there_is_not():
    known = {one["alert"] for one in alerts()}
    assert {heading for heading in HEADINGS if re.fullmatch(r"Philo[A-Z]\w+", heading)} == known


def test_every_link_leads_somewhere():
    for target in re.findall(r"\]\(([^)\s]+)\)", TEXT):
        path, _, place = target.partition("#")
        if path.startswith("http"):
            continue
        assert not path or (RUNBOOK.parent / path).exists(), target
        assert path or place in ANCHORS, target


def test_every_file_that_is_named_is_there():
    for path in re.findall(r"`((?:deploy|docs)/[\w./-]+\.\w+)`", TEXT):
        assert (ROOT / path).exists(), path


@pytest.mark.parametrize("words", sorted({*NAMED}))
def test_every_command_that_is_named_can_be_called_so(words):
    command, rest = typer.main.get_command(app), shlex.split(words)[1:]
    context = click.Context(command, info_name="philo")
    while rest and isinstance(command, click.Group):
        name, command, rest = command.resolve_command(context, rest)
        assert command is not None
        context = click.Context(command, info_name=name, parent=context)
    if not isinstance(command, click.Group):
        command.make_context("philo", list(rest))
