"""Where Jaeger comes from, and who is told of it. What it then holds: `make test-trace`."""

from __future__ import annotations

import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from philo.stack import StackError, jaeger, jaeger_build, plan, record
from philo.stack.endpoints import JAEGER, external_settings, locate
from philo.stack.errors import NotInstalled
from philo.stack.home import Home
from philo.stack.record import Record
from philo.stack.services import SERVICES, environment
from philo.stack.wanted import Wanted

GO = """#!/bin/sh
echo "$@" >> "$CALLS"
case "$1" in
  mod) printf 'module x\\nrequire a v1\\n' > "$SOURCE/go.mod"; touch "$SOURCE/go.sum"; echo "{\\"Dir\\": \\"$SOURCE\\"}" ;;
  build) grep -q 'jaeger v1' go.mod && echo binary > jaeger ;;
esac
"""


@pytest.fixture
def known(tmp_path: Path) -> Record:
    home = Home(tmp_path)
    home.create()
    return record.renew(home)


@pytest.fixture
def go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Go that does as it is told, and notes what that was; and a cache of the test's own."""
    tool, source = tmp_path / "bin" / "go", tmp_path / "source"
    tool.parent.mkdir()
    source.mkdir()
    tool.write_text(GO)
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tool.parent}:/usr/bin:/bin")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("SOURCE", str(source))
    monkeypatch.setenv("CALLS", str(tmp_path / "calls"))
    return tmp_path / "calls"


def test_services_are_told_where_traces_go_only_when_a_jaeger_is_wanted(known: Record) -> None:
    spec = SERVICES[0]
    assert "OTLP_ENDPOINT" not in environment(spec, locate(known, {}), known)
    at = locate(known, {}, ("jaeger",))
    assert environment(spec, at, known)["OTLP_ENDPOINT"] == f"http://127.0.0.1:{known.ports['jaeger']}"
    assert at.jaeger == f"http://127.0.0.1:{known.ports['jaeger-page']}"


def test_one_that_runs_elsewhere_is_used_and_none_is_started(known: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(JAEGER, "http://jaeger.example:4318")
    external = external_settings()
    assert locate(known, external, ("jaeger",)).otlp == "http://jaeger.example:4318"
    assert plan.extras(known, Wanted("", services=True, external=external, extras=("jaeger",))) == []
    assert [one.name for one in plan.extras(known, Wanted("", services=True, external={}, extras=("jaeger",)))] == [
        "jaeger"
    ]


def test_what_runs_beside_the_servers_is_remembered(tmp_path: Path) -> None:
    home = Home(tmp_path)
    Wanted("t", services=True, external={}, extras=("jaeger",)).write(home)
    assert Wanted.load(home).extras == ("jaeger",)


def test_it_is_built_once_whoever_asks_and_however_often(go: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(lambda _: jaeger_build.built(), range(4)))
    assert found == {jaeger_build.cached()}
    assert jaeger_build.cached().read_text() == "binary\n"
    assert [line.split()[0] for line in go.read_text().splitlines()] == ["mod", "build"]
    assert [path.name for path in jaeger_build.cached().parent.iterdir() if path.name.startswith("build-")] == []


def test_a_build_that_fails_tells_the_end_of_what_go_said(go: Path) -> None:
    tool = go.parent / "bin" / "go"
    tool.write_text("#!/bin/sh\necho no network >&2\nexit 3\n")
    with pytest.raises(StackError, match=r"`go mod` ended with 3\.\n  no network"):
        jaeger_build.built()
    assert not jaeger_build.cached().exists()


def test_without_go_and_docker_it_is_said_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(jaeger_build, "USUAL", tmp_path / "go")
    with pytest.raises(NotInstalled, match=r"JAEGER_ENDPOINT .* Docker .* Go"):
        jaeger.provide(print)


def test_where_a_docker_engine_answers_the_official_image_is_fetched_and_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    docker = tmp_path / "docker"
    docker.write_text('#!/bin/sh\necho "$@" >> "$CALLS"\n')
    docker.chmod(0o755)
    for name, value in {
        "PATH": f"{tmp_path}:/usr/bin:/bin",
        "XDG_CACHE_HOME": tmp_path,
        "CALLS": tmp_path / "calls",
    }.items():
        monkeypatch.setenv(name, str(value))
    jaeger.provide(print)
    command = jaeger.program(14318, 26686).prepare()
    subprocess.run(command.argv, env=dict(command.env), check=True)
    *_, run = (tmp_path / "calls").read_text().splitlines()
    assert f"pull {jaeger.IMAGE}" in (tmp_path / "calls").read_text()
    assert run == f"run --rm -p 127.0.0.1:14318:4318 -p 127.0.0.1:26686:16686 {jaeger.IMAGE}"


def test_the_configuration_opens_no_port_but_those_it_is_told(tmp_path: Path) -> None:
    told = jaeger.CONFIGURATION.read_text()
    endpoints = [line.split("endpoint: ")[1].strip('"') for line in told.splitlines() if "endpoint: " in line]
    assert endpoints == ["${env:JAEGER_QUERY}", "127.0.0.1:0", "${env:JAEGER_OTLP}"]
