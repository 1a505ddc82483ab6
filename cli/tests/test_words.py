"""What is written down is there: links lead somewhere, and promises name tests that exist."""

import re
from pathlib import Path

import pytest

from philo.documents.kept import ROOT

FOLDERS = ("docs", "libs", "services", "cli")
FOUND = [*ROOT.glob("*.md"), *(page for folder in FOLDERS for page in (ROOT / folder).rglob("*.md"))]
PAGES = sorted(page for page in FOUND if "node_modules" not in page.parts)
"""Our own: what the page's libraries bring lies where it was fetched."""
LINK = re.compile(r"\]\((?!https?://|#|\.\./\.\./)([^)#\s]+)")
TEST = re.compile(r"`([\w/]+/test_\w+\.py)::(test_\w+)`")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_every_guarantee_names_tests_that_exist() -> None:
    named = TEST.findall((ROOT / "docs" / "guarantees.md").read_text(encoding="utf-8"))
    assert named
    gone = [(path, name) for path, name in named if not defines(ROOT / path, name)]
    assert gone == [], "docs/guarantees.md names tests that are gone or have another name"


def defines(path: Path, test: str) -> bool:
    return path.exists() and f"def {test}(" in path.read_text(encoding="utf-8")
