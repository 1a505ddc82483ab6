"""The Dockerfile: a small image a service, whose process is nobody, with a sign of life that is real."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from philo_kernel.http.operation import OPERATION
from tests.deploy.dockerfile import image, stages
from tests.deploy.places import ROOT, SETTINGS, names_of


def test_hadolint_has_nothing_to_say() -> None:
    program = Path(sys.executable).with_name("hadolint")
    if not program.exists():
        pytest.skip("hadolint is published for Linux on x86-64 only: the Dockerfile was NOT linted")
    said = subprocess.run([program, "Dockerfile"], cwd=ROOT, check=False, capture_output=True, text=True)
    assert (said.returncode, said.stdout) == (0, "")


@pytest.mark.parametrize("service", SETTINGS)
def test_there_is_an_image_for_the_service_and_it_starts_its_main(service: str) -> None:
    told = image(service)
    entry = [*json.loads(told.last("ENTRYPOINT") or "[]"), *json.loads(told.last("CMD") or "[]")]
    assert entry == ["python", "-m", f"philo_{service}.main"]
    assert find_spec(entry[-1])


@pytest.mark.parametrize("service", SETTINGS)
def test_its_process_is_nobody_by_number(service: str) -> None:
    assert image(service).last("USER") == "10001:10001"


@pytest.mark.parametrize("service", SETTINGS)
def test_what_it_says_of_settings_is_true(service: str) -> None:
    told = image(service).environment()
    ours = {name for name in told if not name.startswith(("PATH", "PYTHON"))}
    assert ours <= names_of(SETTINGS[service])
    assert image(service).last("EXPOSE") == told["HTTP_PORT"]
    assert told["HTTP_HOST"] == "0.0.0.0"


def test_its_sign_of_life_is_a_path_that_is_there() -> None:
    asked = re.search(r"request\('GET', '([^']+)'\)", image("gateway").last("HEALTHCHECK") or "")
    assert asked
    assert asked[1] in OPERATION


def test_nothing_to_build_with_is_left_in_an_image() -> None:
    for service in SETTINGS:
        said = image(service).said
        assert not [rest for word, rest in said if word == "RUN" and re.search(r"\b(uv|pip|apt|apt-get)\b", rest)]
        copied = [rest for word, rest in said if word == "COPY"]
        assert copied == ["LICENSE NOTICE /usr/share/doc/philo/", f"--from={service}-build /opt/philo /opt/philo"]


def test_its_base_is_pinned_to_a_version() -> None:
    pinned = re.search(r"^ARG PYTHON=3\.\d+\.\d+-slim-\w+$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    assert pinned
    assert {stage.base for stage in stages().values() if stage.base not in stages()} == {"python:${PYTHON}"}
    assert re.search(r"uv==\d+\.\d+\.\d+$", stages()["uv"].last("RUN") or "")


def test_only_what_images_are_built_from_is_sent_to_the_builder() -> None:
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    assert lines[1] == "*"
    sent = {line[1:] for line in lines if line.startswith("!")}
    assert sent == {"LICENSE", "NOTICE", "pyproject.toml", "uv.lock", "cli/pyproject.toml", "libs", "services"}
    assert all((ROOT / path).exists() for path in sent)
    assert "**/.*" in lines  # .env above all
