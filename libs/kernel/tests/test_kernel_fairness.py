"""Whose turn it is: over any arrivals, urgent work of one tenant waits one task's time, and nothing starves."""

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from philo_contracts.shapes import Priority
from philo_kernel.fairness import MOST, SHARE, WAIT, among, due, urgency

pytestmark = pytest.mark.heavy

NOW = 1_800_000_000
TENANTS = st.sampled_from(["ada", "bob", "eve"])


@dataclass
class Waiting:
    tenant: str
    ordered: int
    due: int
    start: int


def ordered(queue: list[Waiting], tenant: str, priority: Priority, now: int) -> Waiting:
    """As the queue does it: behind what its tenant has waiting and due before it."""
    moment = due(priority, now)
    ahead = sum(one.tenant == tenant and one.due <= moment for one in queue)
    one = Waiting(tenant, now, moment, -urgency(moment, ahead))
    queue.append(one)
    return one


def claimed(queue: list[Waiting]) -> Waiting:
    first = min(queue, key=lambda one: one.start)
    queue.remove(first)
    return first


def test_late_low_work_overtakes_new_high_work_at_last():
    high, default, low = (due(priority, NOW) for priority in (Priority.HIGH, Priority.DEFAULT, Priority.LOW))
    assert high < default < low
    assert low < due(Priority.HIGH, NOW + WAIT[Priority.LOW] + 1)
    assert due(Priority.DEFAULT, NOW, lead=30) < default


def test_of_what_is_ordered_together_each_goes_behind_its_own_tenants_earlier_ones():
    assert among([10, 10, 5, 10, 20], ["ada", "ada", "ada", "bob", "ada"]) == [0, 1, 0, 0, 3]
    assert among([1, 1], [None, None]) == [0, 0]


def test_the_figure_that_the_queue_sorts_by_holds_for_every_backlog_until_2038():
    assert urgency(due(Priority.LOW, 2**31 - 1 - 600 - SHARE * MOST - 1), 10**9) > -(2**31)


@settings(deadline=None, max_examples=60)
@given(
    many=st.integers(1, 1000),
    takes=st.lists(st.integers(1, SHARE), min_size=1, max_size=20),
    comes=st.integers(0, 20_000),
    crowd=st.sampled_from([Priority.LOW, Priority.DEFAULT]),
)
def test_one_tenants_urgent_task_waits_for_one_task_of_another_at_most(many, takes, comes, crowd):
    queue: list[Waiting] = []
    for _ in range(many):
        ordered(queue, "ada", crowd, NOW)
    clock, turn = NOW, 0
    while queue and clock < NOW + comes:
        claimed(queue)
        clock, turn = clock + takes[turn % len(takes)], turn + 1
    urgent = ordered(queue, "bob", Priority.HIGH, NOW + comes)
    assert claimed(queue) is urgent


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(TENANTS, st.sampled_from(list(Priority)), st.integers(0, 50)), min_size=1, max_size=80),
    st.data(),
)
def test_whatever_is_ordered_behind_a_tasks_start_comes_after_it(arrivals, data):
    queue: list[Waiting] = []
    clock, done = NOW, []
    for tenant, priority, later in arrivals:
        clock += later
        ordered(queue, tenant, priority, clock)
        if data.draw(st.booleans()):
            done.append(claimed(queue))
    done += [claimed(queue) for _ in range(len(queue))]
    for place, one in enumerate(done):
        assert all(one.ordered <= other.start for other in done[place:])


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 10), st.integers(20, SHARE))
def test_low_work_ends_while_high_work_keeps_coming(many, takes):
    """More high work comes than can be done: the low work is done all the same, each by its own start."""
    queue: list[Waiting] = []
    low = [ordered(queue, "ada", Priority.LOW, NOW) for _ in range(many)]
    clock = NOW
    while any(one in queue for one in low):
        ordered(queue, f"other {clock}", Priority.HIGH, clock)
        ordered(queue, f"another {clock}", Priority.HIGH, clock)
        claimed(queue)
        clock += takes
        # Two high ones for each moment until the last low one's start, and the low ones themselves.
        assert clock <= NOW + 2 * (max(one.start for one in low) - NOW + takes) + (many + 1) * takes
