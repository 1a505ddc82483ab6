"""Ports, secrets, settings and logs: what a stack writes down, without a server."""

import json
import os
import socket
import stat
from pathlib import Path

import pytest

from philo.commands.looks import duration
from philo.stack import State, ports, processes, record, status
from philo.stack import home as homes
from philo.stack.endpoints import database_url, locate
from philo.stack.errors import DidNotComeUp, DiskFull
from philo.stack.home import Home, is_locked, locked, write_json
from philo.stack.logs import Follower, bound, tail
from philo.stack.services import SERVICES, environment


@pytest.fixture
def home(tmp_path: Path) -> Home:
    place = Home(tmp_path / "a home")
    place.create()
    return place


def test_ports_and_secrets_are_remembered(home: Home) -> None:
    assert record.renew(home) == record.renew(home) == record.load(home)


def test_notes_of_another_version_stop_no_start(home: Home) -> None:
    before = record.renew(home)
    write_json(home.record, json.loads(home.record.read_text()) | {"from the future": 1})
    write_json(home.status, {"rows": {"kafka": {"name": "kafka", "state": "ready", "mood": "good"}}, "weather": "fair"})
    assert record.renew(home) == before
    assert status.load(home).rows["kafka"].state is State.READY


def test_secrets_are_readable_by_their_owner_alone(home: Home) -> None:
    record.renew(home)
    assert stat.S_IMODE(home.record.stat().st_mode) == 0o600


def test_secrets_are_not_shown_by_accident(home: Home) -> None:
    kept = record.renew(home)
    shown = repr(kept) + repr(locate(kept, {}))
    assert not [secret for secret in kept.secrets.values() if secret in shown]


def test_only_the_port_that_a_stranger_took_is_chosen_anew(home: Home) -> None:
    before = record.renew(home)
    with socket.create_server((ports.LOOPBACK, before.ports["kafka"])):
        after = record.renew(home)
    moved = {name for name in before.ports if before.ports[name] != after.ports[name]}
    assert moved == {"kafka"}
    assert after.secrets == before.secrets


def test_no_port_is_chosen_twice(home: Home) -> None:
    chosen = record.renew(home).ports
    assert len(set(chosen.values())) == len(chosen)


def test_a_stack_that_nobody_looks_for_leaves_well_known_ports_alone(home: Home) -> None:
    assert not set(record.renew(home, well_known=False).ports.values()) & set(record.PREFERRED.values())


def test_settings_win_over_what_the_stack_would_start(home: Home) -> None:
    external = {
        "DATABASE_URL": "postgresql://admin:secret@db.example:6432/postgres?sslmode=require",
        "KAFKA_BOOTSTRAP_SERVERS": "kafka.example:9092",
        "REDIS_URL": "redis://cache.example/1",
        "S3_ENDPOINT": "https://objects.example",
        "S3_ACCESS_KEY": "key",
        "S3_SECRET_KEY": "word",
    }
    at = locate(record.renew(home), external)
    assert (at.kafka, at.redis, at.s3_endpoint, at.s3_secure) == (
        "kafka.example:9092", "redis://cache.example/1", "objects.example", True,
    )  # fmt: skip
    assert at.databases["tts"].startswith("postgresql://tts:")
    assert at.databases["tts"].endswith("@db.example:6432/tts?sslmode=require")


def test_a_database_url_keeps_its_owner_unless_it_is_given_another() -> None:
    assert database_url("postgresql://a:b@h:1/postgres", "x") == "postgresql://a:b@h:1/x"
    assert database_url("postgresql://a:b@h:1/postgres", "x", "p/w") == "postgresql://x:p%2Fw@h:1/x"


def test_services_are_told_their_own_secrets_and_no_others(home: Home) -> None:
    kept = record.renew(home)
    told = {spec.name: environment(spec, locate(kept, {}), kept) for spec in SERVICES}
    assert "BEGIN PRIVATE KEY" in told["auth"]["AUTH_SIGNING_KEY"]
    assert len(told["gateway"]["MEDIA_SIGNING_KEY"]) == 32
    assert not {"AUTH_SIGNING_KEY", "MEDIA_SIGNING_KEY"} & told["render"].keys()
    assert len({environ["DATABASE_URL"] for environ in told.values()}) == len(SERVICES)


def test_a_full_disk_is_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(homes, "ROOM_NEEDED", 2**70)
    with pytest.raises(DiskFull, match="Free some space, or set PHILO_HOME"):
        Home(tmp_path).create()


def test_a_reused_pid_is_not_taken_for_the_process_that_had_it() -> None:
    start = processes.started(os.getpid())
    assert start is not None
    assert processes.is_same(os.getpid(), start)
    assert not processes.is_same(os.getpid(), start - 60)


def test_a_lock_is_seen_while_it_is_held(home: Home) -> None:
    with locked(home.up_lock):
        assert is_locked(home.up_lock)
    assert not is_locked(home.up_lock)


def test_a_log_is_bounded_while_its_writer_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "x.log"
    with path.open("a") as writer:
        writer.write("old\n" * 1000)
        writer.flush()
        bound(path, largest=100)
        writer.write("new\n")
    assert path.read_text() == "new\n"
    assert (tmp_path / "x.log.1").stat().st_size == 100


def test_a_follower_sees_whole_lines_and_survives_the_bounding(tmp_path: Path) -> None:
    path = tmp_path / "x.log"
    path.write_text("before\n")
    follower = Follower(path)
    with path.open("a") as writer:
        writer.write("one\ntw")
        writer.flush()
        assert follower.added() == ["one"]
        writer.write("o\n")
        writer.flush()
        assert follower.added() == ["two"]
        bound(path, largest=1)
        writer.write("3\n")
    assert follower.added() == ["3"]


def test_a_failure_ends_with_the_log_of_that_attempt(tmp_path: Path) -> None:
    path = tmp_path / "x.log"
    path.write_text("earlier\nnow\n")
    words = str(DidNotComeUp("tts", "it ended with 2", tail(path, since=len("earlier\n"))))
    assert words == "tts did not come up: it ended with 2. The end of its log:\n  now"


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.4, "0 s"), (42, "42 s"), (185, "3 min 5 s"), (3600, "1 h"), (93_600, "1 d 2 h")]
)
def test_durations_are_said_in_two_units(seconds: float, words: str) -> None:
    assert duration(seconds) == words
