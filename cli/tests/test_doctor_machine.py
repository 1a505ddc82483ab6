"""`philo doctor` looks at the machine: what a stack needs before it is started."""

import shutil
import socket
import sys
from collections import namedtuple
from pathlib import Path

import pytest

from philo.doctor import machine
from philo.doctor.finding import Verdict
from philo.stack import Stack, record
from philo.stack.errors import NotInstalled
from philo.stack.home import ROOM_NEEDED

Usage = namedtuple("Usage", "free")


@pytest.fixture
def stack(tmp_path: Path) -> Stack:
    return Stack(tmp_path)


@pytest.mark.parametrize(
    ("free", "verdict"),
    [(ROOM_NEEDED - 1, Verdict.WRONG), (2 * ROOM_NEEDED, Verdict.NOTE), (100 * ROOM_NEEDED, Verdict.FINE)],
)
def test_a_disk_that_is_full_or_nearly_is_told(
    stack: Stack, monkeypatch: pytest.MonkeyPatch, free: int, verdict: Verdict
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(free))
    found = machine._disk(stack)
    assert (found.verdict, bool(found.advice)) == (verdict, verdict is not Verdict.FINE)


def test_ports_that_other_programs_have_taken_are_named(stack: Stack) -> None:
    stack.home.create()
    assert machine._ports(stack).verdict is Verdict.FINE
    known = record.renew(stack.home)
    with socket.create_server(("127.0.0.1", known.ports["kafka"])):
        found = machine._ports(stack)
    assert (found.verdict, f"kafka ({known.ports['kafka']})" in found.words) == (Verdict.NOTE, True)
    assert machine._ports(stack).verdict is Verdict.FINE


def test_a_python_that_is_too_old_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert machine._python().verdict is Verdict.FINE
    monkeypatch.setattr(sys, "version_info", (3, 9, 1))
    found = machine._python()
    assert (found.verdict, "3.11" in found.advice) == (Verdict.WRONG, True)


def test_a_server_that_is_not_installed_is_told_with_what_to_install(stack: Stack) -> None:
    def _postgres(_: Stack) -> None:
        raise NotInstalled("PostgreSQL is missing: install it.")

    found = machine._guarded(_postgres, stack)
    assert (found.name, found.verdict, found.advice) == (
        "postgres",
        Verdict.WRONG,
        "PostgreSQL is missing: install it.",
    )


def test_what_a_setting_points_at_elsewhere_is_not_looked_for_here(
    stack: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KAFKA_BOOTSTRAP_SERVERS", "kafka.example:9092")
    monkeypatch.setattr(machine, "_s3", lambda _: machine.fine("s3", "here"))
    assert "java" not in {found.name for found in machine.look(stack)}
