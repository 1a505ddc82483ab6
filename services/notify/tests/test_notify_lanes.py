"""Few webhooks of one user are looked after at once, and none that had to wait is forgotten."""

from collections import deque
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from philo_notify.webhooks.lanes import Lanes


def test_one_users_webhooks_wait_for_one_another_and_nobody_elses():
    lanes, (first, second) = Lanes(1), (uuid4(), uuid4())
    assert lanes.enter("ada", first)
    assert not lanes.enter("ada", second)
    assert lanes.enter("bob", uuid4())
    assert lanes.leave("ada") == [second]
    assert lanes.enter("ada", second)


@given(st.integers(1, 3), st.lists(st.booleans(), max_size=40))
def test_whoever_leaves_has_those_looked_after_who_wait(each, elsewhere):
    """Some of them go to another process, which knows nothing of those who wait in this one."""
    lanes, wanted = Lanes(each), [uuid4() for _ in range(12)]
    queue, inside, brought, others = deque(wanted), deque[UUID](), set[UUID](), deque(elsewhere)
    while queue or inside:
        if queue and others and others.popleft():
            brought.add(queue.popleft())
        elif queue:
            webhook = queue.popleft()
            if lanes.enter("ada", webhook):
                inside.append(webhook)
        else:
            brought.add(inside.popleft())
            queue.extend(lanes.leave("ada"))
        assert len(inside) <= each
    assert brought == set(wanted)
    assert (len(lanes._busy), len(lanes._waiting)) == (0, 0)
