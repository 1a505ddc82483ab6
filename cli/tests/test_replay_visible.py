"""What people wrote does not steer the terminal of whoever looks at it, and is seen."""

import json
import sys
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from rich.table import Table
from typer.testing import CliRunner

sys.path.append(str(Path(__file__).parent))  # for the toys

from replay_story_toys import a_story, chapters

from philo import main
from philo.commands import dlq
from philo.commands.log_lines import as_written, readable
from philo.films.errors import FilmError
from philo.films.story import timeline
from philo.films.view import FilmView
from philo.replay.run_view import difference
from philo.replay.story_command import Looked, as_object
from philo.replay.story_diff import shown
from philo.replay.story_html import page
from philo.replay.story_moment import state_at
from philo.replay.story_state import state_of
from philo.replay.story_step import Place, view
from philo.replay.story_terminal import told
from philo.replay.verify import shortened
from philo.traces.spans import Row, Span
from philo.traces.waterfall import lines
from philo.visible import STEERING, visible
from philo_contracts.job import Job, Status
from philo_kernel.dead_letters import DeadLetter
from philo_kernel.replay.rerun_difference import Divergence, Told
from philo_kernel.replay.story_difference import Difference
from philo_kernel.replay.story_verdict import Verdict

WORDS = "\x1b]0;a\x07\x9b2J\u202egpj\r"
"""Names the window, empties it, reads backwards, goes to the beginning of the line."""
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
STORY = a_story(WORDS)


def job() -> Job:
    found = state_at(STORY, chapters(WORDS), len(STORY.moments))
    return found or Job(title=WORDS, status=Status.FAILED)


def verdict() -> Verdict:
    unlike = Difference(path=WORDS, stored=WORDS, folded={WORDS: WORDS})
    return Verdict(service="gateway", table=WORDS, standing="differs", facts=1, rows=1, differences=(unlike,))


def letter() -> DeadLetter:
    value = json.dumps({"title": WORDS}, ensure_ascii=False).encode()
    return DeadLetter(
        7, "event", "hear", WORDS, None, WORDS, "t", 0, 1, None, value, {}, WORDS, WORDS, 1, WORDS, NOON, False, None
    )


def letters() -> Table:
    table = Table(*("" for _ in range(6)), box=None)
    table.add_row(*dlq.row("tts", letter()))
    return table


def rerun() -> Divergence:
    return Divergence(NOON, "gateway", WORDS, None, (Told(WORDS, WORDS, WORDS),), (), WORDS)


def log_line() -> str:
    """As the services write it: what is no ASCII stands in it as it is."""
    told = {"event": WORDS, "level": WORDS, "time": WORDS, WORDS: WORDS, "more": [WORDS], "exception": WORDS}
    return json.dumps(told, ensure_ascii=False)


def film() -> FilmView:
    view = FilmView()
    scene = {"index": 0, "title": WORDS, "duration": None, "voice": "ready", "picture": "ready", "drawn": "ready"}
    view.show({"title": WORDS, "status": WORDS, "progress": 1, "stages": [], "scenes": [scene]})
    return view


def history() -> Table:
    words = {"code": "job_planned", "values": {"title": f"[bold]{WORDS}", "scenes": 1}}
    return timeline([{"main": True, "elapsed": 1.0, "words": words, "reason": None}])


SHOWN = {
    "log": [readable(log_line())],
    "log of others": [readable(f"\x1b[31m{WORDS}")],
    "raw log": [as_written(log_line())],
    "trace": list(lines([Row(Span("1", "", WORDS, WORDS, 0, 1, {"philo.frames": WORDS}, WORDS), 0)])),
    "film": [film()],
    "history": [history()],
    "story": [told(STORY, Job(title=WORDS, status=Status.FAILED), everything=True)],
    "state": [state_of(job())],
    "steps": [view(STORY, chapters(WORDS), Place(number)) for number in (1, 2, 3, 4)],
    "open steps": [view(STORY, chapters(WORDS), Place(number, open=True)) for number in (1, 2, 3, 4)],
    "verdicts": [shown([verdict()], STORY)],
    "letters": [letters()],
    "rerun": list(difference(rerun(), 1)),
    "stored": [shortened(WORDS)],
}


def printed(*parts: object) -> str:
    out = StringIO()
    console = Console(file=out, width=200, highlight=False, color_system=None)
    for part in parts:
        console.print(part)
    return out.getvalue()


@pytest.mark.parametrize("name", SHOWN)
def test_nothing_that_is_printed_steers_the_terminal(name: str):
    assert not STEERING.findall(printed(*SHOWN[name]))


@pytest.mark.parametrize("name", sorted(SHOWN.keys() - {"state"}))
def test_what_would_have_steered_it_is_seen(name: str):
    assert "\\u001b]0;a\\u0007\\u009b2J\\u202egpj" in printed(*SHOWN[name])


def test_a_letter_is_shown_without_steering_and_its_body_stays_the_same_json(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(dlq, "chosen", lambda _: ["tts"])
    monkeypatch.setattr(dlq, "asked", lambda *_: [letter()])
    text = CliRunner().invoke(dlq.app, ["show", "tts/7"]).output
    assert not STEERING.findall(text)
    assert json.loads(next(line for line in text.splitlines() if line.startswith("{"))) == {"title": WORDS}


def test_the_reason_why_a_command_ends_does_not_steer_it_either(monkeypatch, capsys):
    def ends() -> None:
        raise FilmError(WORDS)

    monkeypatch.setattr(main, "app", ends)
    with pytest.raises(SystemExit):
        main.main()
    told = capsys.readouterr().err
    assert not STEERING.findall(told)
    assert "\\u001b]0;a" in told


def test_a_raw_line_of_a_log_stays_the_same_json():
    assert json.loads(as_written(log_line()).plain) == json.loads(log_line())


def test_a_title_in_a_films_history_is_no_order_to_rich():
    assert "[bold]" in printed(history())


def test_text_of_every_script_its_lines_and_its_tabs_are_left_alone():
    text = "Grüße\n爱\tשלום مرحبا 👩\u200d🚀 windows\r\n"
    assert visible(text) == text


@pytest.mark.parametrize(
    "sign", ["\x00", "\x1b", "\x7f", "\x85", "\x9b", "\u200f", "\u2029", "\u202a", "\u2066", "\ud800"]
)
def test_every_kind_of_sign_that_steers_is_told_by_its_number(sign: str):
    assert visible(f"a{sign}b") == f"a\\u{ord(sign):04x}b"


def test_as_json_it_is_exact():
    found = json.loads(as_object(Looked(STORY, chapters(WORDS), [verdict()]), None, diff=True))
    assert found["story"]["parked"][0]["error"] == WORDS
    assert found["verdicts"][0]["differences"][0]["stored"] == WORDS


def test_a_page_has_it_escaped():
    assert "<b>" not in page(a_story(f"<b>{WORDS}"), Job(title=f"<b>{WORDS}", status=Status.FAILED), [verdict()])
