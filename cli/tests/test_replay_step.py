"""Walking through a story with real keys, in a real terminal."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.heavy

WALK = """
from replay_story_toys import a_story, chapters
from philo.replay.story_step import walk
walk(a_story(), chapters())
"""


def test_keys_are_heard_as_they_are_pressed_and_the_terminal_is_given_back():
    master, slave = pty.openpty()
    environment = {
        **os.environ,
        "TERM": "xterm",
        "COLUMNS": "100",
        "LINES": "40",
        "PYTHONPATH": str(Path(__file__).parent),
    }
    with subprocess.Popen(
        [sys.executable, "-c", WALK], stdin=slave, stdout=slave, stderr=slave, env=environment
    ) as walker:
        os.close(slave)
        shown = heard(master, until="#1 of 4")
        os.write(master, b"nnq")
        shown += heard(master)
        assert walker.wait(30) == 0, shown
    os.close(master)
    assert shown.index("\x1b[?1049h") < shown.index("#3 of 4") < shown.index("\x1b[?1049l")  # its own screen, and back


def heard(master: int, *, until: str | None = None) -> str:
    """What is written until this is read, or the other side is closed."""
    found = ""
    while until is None or until not in found:
        try:
            part = os.read(master, 65536)
        except OSError:  # how Linux says that nobody is left on the other side
            break
        if not part:
            break
        found += part.decode(errors="replace")
    return found
