"""What `philo logs` makes of a line: words for a person, and every id still there to be looked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from philo.commands.log_lines import readable
from philo.main import app

LINE = (
    '{"event":"a task is tried again","level":"warning","time":"2026-11-21T19:56:33.123456Z","logger":"philo_kernel.worker",'
    '"service":"tts","instance":"tts-0","work":"Narrate","tries":2,"trace_id":"4bf92f3577b34da6a3ce929d0e0e4736"}'
)


def test_a_line_is_told_in_words_with_its_ids_at_the_end() -> None:
    told = readable(LINE).plain
    assert told == (
        "19:56:33.123 warning  a task is tried again  tries=2 work=Narrate trace_id=4bf92f3577b34da6a3ce929d0e0e4736"
    )


def test_an_exception_stands_below_its_line() -> None:
    assert readable('{"event":"request failed","exception":"Traceback …\\nValueError: no"}').plain.endswith(
        "\nTraceback …\nValueError: no"
    )


@pytest.mark.parametrize("line", ["", "INFO started", "{broken", "[1, 2]", '{"no": "event"}'])
def test_what_is_no_line_of_ours_is_shown_as_it_is(line: str) -> None:
    assert readable(line).plain == line


def test_one_trace_is_picked_out_of_all_logs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    logs = tmp_path / "logs"
    logs.mkdir()
    (logs / "tts.log").write_text(f"{LINE}\n" + '{"event":"something else"}\n' * 100)
    (logs / "gateway.log").write_text('{"event":"request","trace_id":"another"}\n')
    monkeypatch.setenv("PHILO_HOME", str(tmp_path))
    shown = CliRunner().invoke(app, ["logs", "--about", "4bf92f3577b34da6a3ce929d0e0e4736"]).output.splitlines()
    assert len(shown) == 1
    assert shown[0].startswith("tts")
    raw = CliRunner().invoke(app, ["logs", "tts", "--json", "--about", "Narrate"]).output
    assert raw == f"{LINE}\n"


def test_what_is_no_line_of_ours_keeps_its_colours() -> None:
    assert readable("\x1b[31mred\x1b[0m").spans
