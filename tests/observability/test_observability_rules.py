"""Prometheus' own judge reads the rules, and plays cases through them."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.observability.asking import ALERTS, ROOT

pytestmark = pytest.mark.heavy
CASES = Path(__file__).parent / "alerts_test.yml"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "philo"
WORDS = "THE ALERTS WERE NOT TRIED: there is no promtool. `make promtool` builds it, with Go; or set PROMTOOL."


@pytest.fixture(scope="module")
def promtool() -> str:
    """Where it is."""
    kept = sorted(CACHE.glob("promtool-*"))
    found = os.environ.get("PROMTOOL") or shutil.which("promtool") or (str(kept[-1]) if kept else None)
    if found is None:
        pytest.skip(WORDS)
    return found


def judged(promtool: str, *asked: str) -> None:
    told = subprocess.run([promtool, *asked], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert told.returncode == 0, told.stdout + told.stderr


def test_the_rules_are_rules(promtool):
    judged(promtool, "check", "rules", "--lint=all", "--lint-fatal", str(ALERTS))


def test_alerts_fire_when_they_should_and_only_then(promtool):
    judged(promtool, "test", "rules", str(CASES))
