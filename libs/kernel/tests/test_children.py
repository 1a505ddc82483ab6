import asyncio
import importlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from philo_kernel.children import ChildDied, Children, LimitExceeded, UnspeakableError
from philo_kernel.limits import Limits, minutes, seconds

sys.path.append(str(Path(__file__).parent))  # children inherit it
work = importlib.import_module("work_for_children")

pytestmark = pytest.mark.heavy
AMPLE = Limits(soft=minutes(1), hard=minutes(2))


@pytest.fixture
async def children():
    async with Children(1) as pool:
        yield pool


async def begun(children, function, *args, limits=AMPLE):
    """A call that is known to run in its child: the task and the child's pid."""
    pid = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(children.run(function, *args, limits=limits, progress=pid.set_result))
    await asyncio.wait({task, pid}, return_when=asyncio.FIRST_COMPLETED)
    return task, pid.result()


async def test_a_call_returns_what_the_function_returns(children):
    assert await children.run(work.double, 21, limits=AMPLE) == 42


async def test_a_function_that_the_child_cannot_find_is_an_error_and_the_child_lives_on(children):
    with pytest.raises(ImportError):
        await children.run(begun, limits=AMPLE)
    assert await children.run(work.double, 1, limits=AMPLE) == 2


async def test_a_child_stays_for_the_next_call(children):
    assert await children.run(os.getpid, limits=AMPLE) == await children.run(os.getpid, limits=AMPLE) != os.getpid()


async def test_progress_arrives_in_order(children):
    heard = []
    assert await children.run(work.count_up, 5, limits=AMPLE, progress=heard.append) == "counted"
    assert heard == [0, 1, 2, 3, 4]


async def test_report_outside_a_child_does_nothing():
    assert work.count_up(2) == "counted"


async def test_an_error_comes_back_as_itself_with_the_childs_traceback(children):
    with pytest.raises(ValueError, match="no such thing") as caught:
        await children.run(work.fail, "no such thing", limits=AMPLE)
    assert "in fail" in caught.value.__notes__[0]


async def test_an_error_of_ours_comes_back_whole(children):
    with pytest.raises(work.PlainError) as caught:
        await children.run(work.fail_plainly, limits=AMPLE)
    assert (str(caught.value), caught.value.code) == ("The train has left.", "too_late")


async def test_an_error_that_cannot_travel_comes_back_in_words(children):
    with pytest.raises(UnspeakableError, match="OddError"):
        await children.run(work.fail_oddly, limits=AMPLE)


async def test_a_value_that_cannot_travel_is_an_error_and_the_child_lives_on(children):
    with pytest.raises(Exception, match="pickle"):
        await children.run(work.return_a_lambda, limits=AMPLE)
    assert await children.run(work.double, 1, limits=AMPLE) == 2


async def test_at_the_soft_limit_the_function_may_clean_up_and_the_caller_is_told(children, tmp_path):
    with pytest.raises(LimitExceeded, match="asked to stop"):
        await children.run(work.sleep_until_asked, str(tmp_path / "note"), limits=Limits(seconds(0.05), minutes(1)))
    assert (tmp_path / "note").read_text() == "cleaned"


async def test_at_the_hard_limit_the_child_is_killed_and_replaced(children):
    task, pid = await begun(children, work.sleep_deaf, limits=Limits(seconds(0.5), seconds(1)))
    with pytest.raises(LimitExceeded, match="was killed"):
        await task
    assert not psutil.pid_exists(pid)
    assert await children.run(work.double, 1, limits=AMPLE) == 2


async def test_cancelling_lets_the_function_clean_up_and_ends_its_child(children, tmp_path):
    task, pid = await begun(children, work.sleep_with_finally, str(tmp_path / "note"))
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not psutil.pid_exists(pid)
    assert (tmp_path / "note").read_text() == "cleaned"


async def test_cancelling_ends_also_a_child_that_does_not_listen(children):
    task, pid = await begun(children, work.sleep_deaf)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not psutil.pid_exists(pid)
    assert await children.run(work.double, 1, limits=AMPLE) == 2


async def test_a_child_that_is_killed_is_told_of_and_replaced(children):
    with pytest.raises(ChildDied, match="SIGKILL, perhaps for want of memory"):
        await children.run(work.die, limits=AMPLE)
    assert await children.run(work.double, 1, limits=AMPLE) == 2


async def test_a_child_that_leaves_by_itself_is_told_of(children):
    with pytest.raises(ChildDied, match="exited with code 3"):
        await children.run(work.leave, limits=AMPLE)


async def test_a_child_that_died_while_idle_is_told_of_and_replaced(children):
    pid = await children.run(os.getpid, limits=AMPLE)
    os.kill(pid, signal.SIGKILL)
    with pytest.raises(ChildDied):
        await children.run(work.double, 1, limits=AMPLE)
    assert await children.run(work.double, 1, limits=AMPLE) == 2


async def test_children_that_died_while_idle_are_replaced_without_a_word_once_that_is_known():
    async with Children(2) as children:
        pids = await asyncio.gather(*(children.run(os.getpid, limits=AMPLE) for _ in range(2)))
        gone = [child.process.wait() for child in children._idle]
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        await asyncio.gather(*gone)
        assert await children.run(work.double, 1, limits=AMPLE) == 2


async def test_every_child_is_prepared_once():
    async with Children(1, prepare=work.prepare) as children:
        assert [await children.run(work.prepared, limits=AMPLE) for _ in range(2)] == ["1", "1"]


async def test_a_preparation_that_fails_fails_every_call():
    async with Children(1, prepare=work.prepare_in_vain) as children:
        for _ in range(2):
            with pytest.raises(LookupError, match="no model here"):
                await children.run(work.double, 1, limits=AMPLE)


@pytest.fixture
def births(tmp_path, monkeypatch):
    monkeypatch.setenv("BIRTHS", str(tmp_path / "births"))
    return tmp_path / "births"


async def test_a_child_that_is_killed_on_its_way_is_replaced_without_a_word(births):
    births.write_text("2")
    async with Children(1, prepare=work.prepare_and_be_killed) as children:
        assert await children.run(work.double, 1, limits=AMPLE) == 2


async def test_children_that_are_always_killed_on_their_way_are_told_of(births):
    births.write_text("1000")
    async with Children(1, prepare=work.prepare_and_be_killed) as children:
        with pytest.raises(ChildDied):
            await children.run(work.double, 1, limits=AMPLE)
    assert births.read_text() == "997"


async def test_calls_wait_in_a_fair_queue(children, tmp_path):
    order = tmp_path / "order"
    await asyncio.gather(*(children.run(work.stamp, str(order), name, limits=AMPLE) for name in "abcdef"))
    assert order.read_text() == "abcdef"


async def test_numeric_libraries_have_one_thread(children):
    assert await children.run(work.environment, "OMP_NUM_THREADS", limits=AMPLE) == "1"


async def test_the_loop_is_free_while_a_child_works(children, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    task, _pid = await begun(children, work.read, str(tmp_path / "pipe"))
    await asyncio.to_thread((tmp_path / "pipe").write_text, "from the parent")
    assert await task == "from the parent"


async def test_closing_ends_those_at_work_and_refuses_further_calls(children, tmp_path):
    task, pid = await begun(children, work.sleep_with_finally, str(tmp_path / "note"))
    await children.close()
    with pytest.raises(ChildDied):
        await task
    assert not psutil.pid_exists(pid)
    with pytest.raises(RuntimeError, match="closed"):
        await children.run(work.double, 1, limits=AMPLE)


PARENT = """
import asyncio, sys, time
from philo_kernel.children import Children
from philo_kernel.limits import Limits, minutes
from parentless import tell_and_sleep

async def main():
    say = lambda pid: print(pid, flush=True)
    await Children(1).run(tell_and_sleep, limits=Limits(minutes(1), minutes(1)), progress=say)

asyncio.run(main())
"""
WORK = """
import os, time
from philo_kernel.children import report

def tell_and_sleep():
    report(os.getpid())
    time.sleep(60)
"""


def test_children_die_with_a_parent_that_is_killed(tmp_path):
    (tmp_path / "parentless.py").write_text(WORK)
    environment = os.environ | {"PYTHONPATH": str(tmp_path)}
    with subprocess.Popen([sys.executable, "-c", PARENT], env=environment, stdout=subprocess.PIPE, text=True) as parent:
        child = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
    psutil.wait_procs([child], timeout=10)
    assert not child.is_running() or child.status() == psutil.STATUS_ZOMBIE


def test_a_hard_limit_comes_after_the_soft_one():
    with pytest.raises(ValueError, match="comes after"):
        Limits(soft=minutes(2), hard=minutes(1))
