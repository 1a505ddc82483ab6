"""A story as it is shown: in a terminal, step by step, as a page."""

import re
import sys
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

sys.path.append(str(Path(__file__).parent))  # for the toys

from replay_story_toys import EVIL, JOB, NOON, a_story, chapters

from philo.replay.places import places
from philo.replay.story_diff import shown
from philo.replay.story_html import page
from philo.replay.story_html_lanes import packed, stepped
from philo.replay.story_lanes import lanes
from philo.replay.story_moment import state_at, then
from philo.replay.story_step import Place, step, view
from philo.replay.story_terminal import seconds, told
from philo.replay.story_words import PATTERNS, Spoken, words
from philo.stack.errors import StackError
from philo_contracts.events import KNOWN
from philo_contracts.job import Job, Status
from philo_kernel.replay.story_difference import Difference
from philo_kernel.replay.story_verdict import Verdict

OURS = {name: kind for name, kind in KNOWN.items() if kind.__module__.startswith("philo_contracts.")}


def printed(shown: object, width: int = 140) -> str:
    out = StringIO()
    Console(file=out, width=width, highlight=False).print(shown)
    return out.getvalue()


def test_every_fact_that_may_be_said_of_a_job_has_words():
    of_jobs = {name for name, kind in OURS.items() if "job" in kind.model_fields and kind.source}
    assert of_jobs - {"JobRequested"} <= PATTERNS.keys()
    assert PATTERNS.keys() <= OURS.keys()


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_the_words_name_only_what_the_fact_has(name):
    used = set(re.findall(r"\{(\w+)", PATTERNS[name]))
    assert used <= KNOWN[name].model_fields.keys()


def test_a_value_that_an_older_fact_has_not_is_a_gap_and_no_error():
    assert "{duration}, {scene}{reused}".format_map(Spoken({"scene": None})) == "…, …"


def test_a_fact_that_is_newer_than_the_program_is_told_by_its_name():
    moment = a_story().moments[0].model_copy(update={"type": "JobSentToTheMoon"})
    assert words(moment) == "job sent to the moon"


def test_the_terminal_tells_who_what_why_and_how_long():
    shown = printed(told(a_story(), None))
    assert re.search(r"3\s+4\.00 s\s+tts\s+spoke scene .*↻ try 2\s+#1\s+3\.00 s\s+1\.00 s", shown)
    assert "philo dlq show tts/7" in shown
    assert "1 try failed" in shown
    assert "The store of notify could not be read" in shown


def test_news_of_progress_are_left_out_unless_they_are_asked_for():
    assert "1 of 2 frames" not in printed(told(a_story(), None))
    assert "1 of 2 frames" in printed(told(a_story(), None, everything=True))


def test_what_looks_like_markup_is_shown_and_not_obeyed():
    assert printed(told(a_story("[red]no[/b]"), None)).count("[red]no[/b]") >= 3


def test_a_narrow_terminal_gets_all_of_it():
    assert max(map(len, printed(told(a_story(), None), 80).splitlines())) <= 80


class Reader(HTMLParser):
    """What a page is made of."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def test_a_page_runs_nothing_and_asks_nobody():
    found = Reader(page(a_story(EVIL), None, [evil_verdict()]))
    assert not {tag for tag, _ in found.tags} & {"script", "link", "img", "iframe", "object", "base", "form"}
    links = [value for _, attrs in found.tags for name, value in attrs.items() if name in {"href", "src", "action"}]
    assert links
    assert all(link.startswith("#f") for link in links)
    assert not [name for _, attrs in found.tags for name in attrs if name.startswith("on")]
    assert "url(" not in page(a_story(), None)
    assert "default-src 'none'" in next(attrs["content"] for _, attrs in found.tags if "http-equiv" in attrs)


def evil_verdict() -> Verdict:
    unlike = Difference(path=EVIL, stored=EVIL, folded=EVIL)
    return Verdict(service="gateway", table=EVIL, standing="differs", facts=1, rows=1, differences=(unlike,))


def test_every_word_of_others_is_escaped():
    text = page(a_story(EVIL), Job(title=EVIL, status=Status.FAILED), [evil_verdict()])
    assert "<script>" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_links_lead_to_facts_that_are_there():
    found = Reader(page(a_story(), None))
    ids = {attrs["id"] for _, attrs in found.tags if "id" in attrs}
    assert {attrs["href"][1:] for _, attrs in found.tags if "href" in attrs} <= ids


def test_a_page_of_somebody_erased_says_so():
    gone = a_story().model_copy(
        update={"moments": tuple(one.model_copy(update={"erased": True, "data": None}) for one in a_story().moments)}
    )
    assert "4 facts erased with their owner" in page(gone, None)


def test_work_that_ran_side_by_side_lies_in_rows_of_its_own():
    both = next(one for one in lanes(a_story()) if one.service == "tts").stretches * 2
    assert packed(both) == [0, 1]


def test_work_that_says_several_facts_is_counted_once_and_drawn_to_the_last():
    story = a_story()
    spoke = story.moments[2]
    on_the_way = spoke.model_copy(update={"number": 3, "worked": 0.5, "stream": f"{spoke.stream}/progress"})
    both = story.model_copy(
        update={"moments": (*story.moments[:2], on_the_way, spoke.model_copy(update={"number": 4}))}
    )
    lane = next(one for one in lanes(both) if one.service == "tts")
    assert (lane.facts, lane.worked, [one.worked for one in lane.stretches]) == (2, 1.0, [0.0, 1.0])


@pytest.mark.parametrize(("length", "step_"), [(10, 2), (3, 0.5), (0.02, 0.005), (7200, 2000)])
def test_an_axis_has_round_steps(length, step_):
    assert stepped(length) == pytest.approx(step_)


@pytest.mark.parametrize(
    ("value", "said"), [(0, "0 ms"), (0.0123, "12 ms"), (0.5, "0.50 s"), (12.34, "12.3 s"), (185, "3 min 5 s")]
)
def test_times_are_told_at_a_glance(value, said):
    assert seconds(value) == said


@pytest.mark.parametrize(
    ("keys", "number"),
    [("n", 2), ("nn", 3), ("p", 1), ("G", 4), ("Gn", 4), ("nnc", 1), ("e", 3), ("ee", 4), ("Gg", 1), ("x", 1)],
)
def test_keys_lead_through_the_story(keys, number):
    place = Place()
    for key in keys:
        place = step(place, key, a_story())
    assert place.number == number


@pytest.mark.parametrize("key", ["q", "\x03", "\x04", ""])
def test_keys_lead_out_of_it(key):
    assert step(Place(2), key, a_story()) is None


def test_a_step_shows_the_fact_its_cause_and_the_job_then():
    shown = printed(view(a_story(), chapters(), Place(3)), 100)
    assert "because of #1 JobRequested by gateway" in shown
    assert "waited 3.00 s, then worked 1.00 s" in shown
    assert "queued" in shown
    assert '"provider"' in printed(view(a_story(), chapters(), Place(3, open=True)), 100)


def test_the_job_is_as_its_own_facts_said_until_then():
    story = a_story()
    assert [state_at(story, chapters(), number).version for number in (1, 2, 3)] == [1, 2, 2]


@pytest.mark.parametrize(
    ("wish", "number"), [("1", 1), ("2", 2), ("+4", 3), ("+0.05", 1), (NOON.isoformat(), 1), ("2026-05-01T12:00:04", 3)]
)
def test_a_moment_is_named_by_version_by_seconds_or_by_time(wish, number):
    assert then(a_story(), wish).number == number


def test_who_is_behind_is_told_what_it_has_not_heard():
    one = a_story().moments[1]
    late = Verdict(service="notify", table="job_view", standing="behind", facts=2, rows=0, unheard=(one.id,))
    assert "it has not heard 1 of 2 facts: #2" in printed(shown([late], a_story()))


def test_what_differs_is_told_to_the_field_with_both_sides():
    found = printed(shown([evil_verdict()], a_story()), 200)
    assert "✗ differs" in found
    assert found.count("<script>alert(1)") >= 3


@pytest.mark.parametrize("given", ["tts", "tts=", "nobody=postgresql://x"])
def test_a_database_that_is_not_named_properly_is_refused_in_words(given):
    with pytest.raises(StackError, match=r"There is no service nobody|Say where the database of tts is"):
        places([given])


def test_a_job_is_named_in_full():
    assert JOB in printed(told(a_story(), None))
