"""Functions that run inside a child; a module of its own, for a child imports what it runs."""

import contextlib
import os
import signal
import time
from pathlib import Path

from philo_kernel.children import SoftLimitReached, report


class OddError(Exception):
    def __init__(self, one, two):
        super().__init__(one, lambda: two)  # no pickle can hold it


class PlainError(Exception):
    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


def double(number):
    return number * 2


def fail(words):
    raise ValueError(words)


def fail_oddly():
    raise OddError(1, 2)


def fail_plainly():
    raise PlainError("too_late", "The train has left.")


def count_up(to):
    for number in range(to):
        report(number)
    return "counted"


def return_a_lambda():
    return lambda: None


def sleep_until_asked(note):
    try:
        report(os.getpid())
        time.sleep(60)
    except SoftLimitReached:
        Path(note).write_text("cleaned")
        raise


def sleep_deaf():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    report(os.getpid())
    while True:
        with contextlib.suppress(SoftLimitReached):
            time.sleep(60)


def sleep_with_finally(note):
    try:
        report(os.getpid())
        time.sleep(60)
    finally:
        Path(note).write_text("cleaned")


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def leave():
    os._exit(3)


def prepare():
    os.environ["PREPARED"] = str(int(os.environ.get("PREPARED", "0")) + 1)


def prepare_in_vain():
    raise LookupError("no model here")


def prepare_and_be_killed():
    """Lives only if as many as the note says were killed before."""
    note = Path(os.environ["BIRTHS"])
    left = int(note.read_text()) - 1
    note.write_text(str(left))
    if left >= 0:
        os.kill(os.getpid(), signal.SIGKILL)


def prepared():
    return os.environ["PREPARED"]


def environment(name):
    return os.environ.get(name)


def stamp(order, name):
    with Path(order).open("a") as file:
        file.write(name)


def read(pipe):
    report(os.getpid())
    return Path(pipe).read_text()
