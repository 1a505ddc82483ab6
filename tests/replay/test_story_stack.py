"""`philo replay job`, over the stores of services that have all ended."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import typer
from typer.testing import CliRunner, Result

from philo.replay.story_command import job
from philo.stack.errors import StackError
from philo.testing import elsewhere
from tests.replay.story_world import World, databases_of, erased, lived

pytestmark = [pytest.mark.stack, pytest.mark.heavy, pytest.mark.xdist_group("story")]
AWAY = "postgresql://nobody@127.0.0.1:1/nothing"

command = typer.Typer()
command.command()(job)


@pytest.fixture(scope="module")
def world(servers) -> Iterator[World]:
    with databases_of(servers) as databases:
        yield elsewhere(lambda: lived(servers, databases, "story-"))


def told(world: World, *wish: str) -> Result:
    named = [word for name, url in world.databases.items() for word in ("--database", f"{name}={url}")]
    return CliRunner().invoke(command, [*wish, *named], env={"COLUMNS": "160"})


def as_json(world: World, *wish: str) -> Any:
    found = told(world, *wish, "--json")
    assert found.exit_code == 0, found.output
    return json.loads(found.output)


def changed(world: World, service: str, change: str, *values: object) -> None:
    async def run() -> None:
        connection = await asyncpg.connect(world.databases[service])
        try:
            await connection.execute(change, *values)
        finally:
            await connection.close()

    elsewhere(run)


def test_every_fact_of_a_film_is_told_after_its_cause(world):
    moments = as_json(world, world.finished)["story"]["moments"]
    assert {moment["service"] for moment in moments} == {"gateway", "analysis", "tts", "render"}
    assert (moments[0]["type"], moments[-1]["type"]) == ("JobRequested", "JobCompleted")
    answers = [moment for moment in moments if moment["cause"]]
    assert len(answers) > 40
    assert all(moment["because"] is not None and moment["because"] < moment["number"] for moment in answers)


def test_it_is_told_of_each_answer_how_long_it_waited_and_worked_and_how_many_tries_it_took(world):
    moments = as_json(world, world.finished)["story"]["moments"]
    answers = [moment for moment in moments if moment["cause"]]
    assert all(moment["waited"] is not None and moment["worked"] is not None for moment in answers)
    tries = {moment["type"]: moment["attempts"] for moment in moments}
    assert (tries["ScriptAnalyzed"], tries["AudioSynthesized"], tries["JobPlanned"]) == (2, 1, None)


def test_the_terminal_tells_it_in_words(world):
    shown = told(world, world.finished).output
    assert "ada asks for a video of a script" in shown
    assert "read it: “Instant”, 5 scenes in en  ↻ try 2" in shown
    assert "news of progress are left out" in shown
    assert "can be watched" in told(world, world.finished, "--all").output


def test_what_could_not_be_handled_is_told_with_its_letter_and_the_failure_with_its_cause(world):
    shown = told(world, world.broken).output
    assert "RuntimeError: a page is missing" in shown
    assert "philo dlq show analysis/" in shown
    moments = {moment["type"]: moment for moment in as_json(world, world.broken)["story"]["moments"]}
    assert moments["AnalysisFailed"]["because"] == moments["JobRequested"]["number"]


def test_what_nobody_has_heard_of_is_told_as_not_published(world):
    assert told(world, world.unheard).output.count("not published yet") == 2


@pytest.mark.parametrize(("at", "status"), [("1", "pending"), ("4", "processing"), ("+3600", "completed")])
def test_the_job_is_shown_as_it_was_then(world, at, status):
    assert as_json(world, world.finished, "--at", at)["state"]["status"] == status


def test_the_story_until_then_ends_then(world):
    moments = as_json(world, world.finished, "--at", "4")["story"]["moments"]
    assert (moments[-1]["type"], moments[-1]["version"]) == ("JobStarted", 4)


@pytest.mark.parametrize("at", ["0", "99", "soon", "+x", "2020-01-01"])
def test_a_moment_that_never_was_is_refused_in_words(world, at):
    assert isinstance(told(world, world.finished, "--at", at).exception, StackError)


def test_what_every_service_keeps_is_what_the_facts_say(world):
    for name in (world.finished, world.broken):
        verdicts = as_json(world, name, "--diff")["verdicts"]
        assert {verdict["standing"] for verdict in verdicts} == {"same"}
        kept = {(verdict["service"], verdict["table"]) for verdict in verdicts}
        assert kept >= {("gateway", "job"), ("render", "film"), ("notify", "job_view"), ("notify", "queue_job")}
        assert kept >= {(service, "job_life") for service in ("gateway", "analysis", "tts", "render", "notify")}


def test_who_has_not_heard_everything_yet_is_behind_and_does_not_differ(world):
    found = told(world, world.unheard, "--diff")
    assert (found.exit_code, "has not heard 2 of 2 facts" in found.output) == (0, True)


BROKEN = [
    ("gateway", "update job set state = jsonb_set(state, '{title}', '\"Other\"') where id = $1", "/state/title"),
    ("gateway", "update job set version = version - 1 where id = $1", "/version"),
    ("notify", "update job_view set state = jsonb_set(state, '{progress}', '7') where id = $1", "/state/progress"),
    ("render", "update film set state = state #- '{voices,s0}' where job = $1", "/state/voices/s0"),
    ("render", "update film set state = state #- '{given,0}' where job = $1", "/state/given"),
    ("tts", "update job_life set attempt = 4 where job = $1", "/attempt"),
]


@pytest.mark.parametrize(("service", "change", "path"), BROKEN, ids=[f"{one[0]} {one[2]}" for one in BROKEN])
def test_a_stored_state_that_is_not_what_the_facts_say_is_found(world, service, change, path):
    table = change.split()[1]
    changed(world, service, f"create table before as select * from {table}")
    try:
        changed(world, service, change, world.finished)
        found = told(world, world.finished, "--diff", "--json")
    finally:
        changed(world, service, f"delete from {table}")
        changed(world, service, f"insert into {table} select * from before")
        changed(world, service, "drop table before")
    differing = {
        (verdict["service"], one["path"])
        for verdict in json.loads(found.output)["verdicts"]
        for one in verdict["differences"]
    }
    assert found.exit_code == 1
    assert any(one[0] == service and path in one[1] for one in differing), differing
    assert {one[0] for one in differing} == {service}


def test_a_store_that_cannot_be_read_is_named_and_the_rest_is_told(world):
    away = replace(
        world, databases={**world.databases, "tts": AWAY, "notify": "postgresql://nobody@no.such.host.invalid/x"}
    )
    found = told(away, world.finished)
    assert found.exit_code == 0
    assert "The store of tts could not be read" in found.output
    assert "The store of notify could not be read" in found.output
    assert "joined the film" in found.output


def test_when_no_store_can_be_read_that_is_said(world):
    nothing = replace(world, databases=dict.fromkeys(world.databases, AWAY))
    error = told(nothing, world.finished).exception
    assert isinstance(error, StackError)
    assert "No store can be read" in str(error)


def test_a_job_that_nobody_knows_is_said_to_be_unknown(world):
    error = told(world, "00000000-0000-7000-8000-000000000000").exception
    assert isinstance(error, StackError)
    assert "Nothing was ever said" in str(error)


def test_the_page_is_written_and_holds_every_fact(world, tmp_path: Path):
    file = tmp_path / "story.html"
    assert told(world, world.finished, "--html", str(file), "--diff").exit_code == 0
    page = file.read_text(encoding="utf-8")
    assert page.count("<details") == len(as_json(world, world.finished)["story"]["moments"])
    assert "what the facts say" in page


def test_walking_needs_a_terminal_and_says_so(world):
    error = told(world, world.finished, "--step").exception
    assert isinstance(error, StackError)
    assert "needs a terminal" in str(error)


def test_of_somebody_who_was_erased_the_story_says_so_and_nothing_else(world):
    """The last of all, for it cannot be undone."""
    elsewhere(lambda: erased(world))
    found = told(world, world.unheard)
    whole = as_json(world, world.unheard, "--diff")
    assert "2 of them erased with their owner" in found.output
    assert "said something that is erased" in found.output
    assert all(moment["data"] is None and moment["erased"] for moment in whole["story"]["moments"])
    standings = {(verdict["service"], verdict["table"]): verdict["standing"] for verdict in whole["verdicts"]}
    assert standings["gateway", "job"] == "erased"
    assert whole["state"] is None
