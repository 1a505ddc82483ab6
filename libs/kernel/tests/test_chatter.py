"""A log stays readable while a server is away."""

from __future__ import annotations

import logging

from philo_kernel.chatter import EVERY, Seldom


def line(name: str, at: float, number: int = 7) -> logging.LogRecord:
    record = logging.LogRecord(name, logging.ERROR, "client.py", number, "cannot connect to %s", ("x",), None)
    record.created = at
    return record


def test_a_library_that_repeats_itself_is_heard_now_and_then() -> None:
    seldom = Seldom({"aiokafka"})
    heard = [at for at in range(1000, 1025) if seldom.filter(line("aiokafka.conn", float(at)))]
    assert heard == [1000, 1000 + EVERY, 1000 + 2 * EVERY]


def test_what_it_says_elsewhere_is_heard_at_once() -> None:
    seldom = Seldom({"aiokafka"})
    assert all(seldom.filter(line("aiokafka.conn", 1000.0, number)) for number in (1, 2, 3))


def test_our_own_lines_are_never_left_out() -> None:
    seldom = Seldom({"aiokafka"})
    assert all(seldom.filter(line("philo.relay", 1000.0)) for _ in range(3))
