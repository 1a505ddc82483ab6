"""How soon work is tried again."""

from __future__ import annotations

from datetime import timedelta

from philo_kernel.children import ChildDied
from philo_kernel.retries import backoff, rest
from philo_kernel.work import Passing, Retries

RETRIES = Retries(first=timedelta(seconds=60), longest=timedelta(seconds=100))


def test_rests_grow_up_to_the_longest() -> None:
    assert max(backoff(RETRIES, 0) for _ in range(200)) <= timedelta(seconds=60)
    assert timedelta(seconds=60) < max(backoff(RETRIES, 40) for _ in range(200)) <= timedelta(seconds=100)


def test_work_whose_child_was_killed_begins_anew_at_once() -> None:
    assert rest(ChildDied("killed"), RETRIES, 0) == timedelta(0)


def test_work_that_kills_its_children_is_left_alone_like_any_other() -> None:
    assert max(rest(ChildDied("killed again"), RETRIES, 1) for _ in range(50)) > timedelta(0)
    assert max(rest(Passing("busy"), RETRIES, 0) for _ in range(50)) > timedelta(0)
