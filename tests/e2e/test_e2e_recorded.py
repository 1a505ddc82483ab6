"""A film is recorded and run again, offline: nothing differs, and what was changed is found where it is first decided."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import philo_analysis.tasks
import philo_gateway.jobs.handlers
import philo_render.handlers
import philo_tts.domain
from philo.films.api import Api
from philo.replay.record_reading import recorded
from philo.replay.run import in_tables_of
from philo.stack import Endpoints, Stack
from philo_contracts.events import Event, JobPlanned, ScriptAnalyzed, TimelinePlanned
from philo_contracts.job import Job
from philo_gateway.jobs.domain import decide
from philo_kernel.replay.forbidden import unreachable
from philo_kernel.replay.recording import Recording, read, write
from philo_kernel.replay.rerun import Ran
from philo_render.domain import Film as Plan
from philo_render.domain import due
from tests.e2e.conftest import PAINTER
from tests.filming import QUIET, Film, filmed, unheard

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("e2e")]
Change = Callable[[pytest.MonkeyPatch], None]


async def again(studio: Endpoints, recording: Recording) -> Ran:
    with unreachable(studio.database_admin_url):
        return await in_tables_of(studio.database_admin_url, recording)


async def test_a_film_says_the_same_again(studio: Endpoints, stack: Stack, demo: Film) -> None:
    ran = await again(studio, await recorded(stack, demo.id))
    assert ran.differences == []
    assert ran.reactions > 100
    assert ran.works > 20


async def test_an_edit_an_export_and_a_film_nobody_wants_say_the_same_again(
    studio: Endpoints, stack: Stack, api: Api, tmp_path: Path
) -> None:
    film = await filmed(api, f"{unheard()} {unheard()}", QUIET, tmp_path)
    scene = f"/jobs/{film.id}/scenes/{film.job['scenes'][0]['id']}"
    seen = {"If-Match": (await api.call("GET", scene)).headers["ETag"]}
    edit = (await api.call("PATCH", scene, json={"narration": unheard()}, headers=seen)).json()
    export = (await api.call("POST", f"/jobs/{film.id}/exports", json={"form": "gif"})).json()
    for child in (edit, export):
        assert [message["event"] async for message in api.watch(child["id"])][-1] == "job.completed"
    dropped = await api.request_film(unheard(), QUIET, None)
    await api.cancel(dropped["id"])
    for job in (film.id, edit["id"], export["id"], dropped["id"]):
        assert (await again(studio, await recorded(stack, job))).differences == []


def forgotten_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    def forgetful(job: Job, fact: Event) -> Iterator[Event]:
        return (one for one in decide(job, fact) if not isinstance(one, JobPlanned))

    monkeypatch.setattr(philo_gateway.jobs.handlers, "decide", forgetful)


def longer_film(monkeypatch: pytest.MonkeyPatch) -> None:
    def longer(film: Plan) -> Iterator[tuple[str, object]]:
        for name, order in due(film):
            changed = isinstance(order, TimelinePlanned)
            yield name, order.model_copy(update={"duration": order.duration + 1}) if changed else order

    monkeypatch.setattr(philo_render.handlers, "due", longer)


def scenes_from_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    def reversed_(
        work: object, reading: object, analyzed: Callable[..., ScriptAnalyzed] = philo_analysis.tasks.analyzed
    ):
        told = analyzed(work, reading)
        return told.model_copy(update={"scenes": told.scenes[::-1]})

    monkeypatch.setattr(philo_analysis.tasks, "analyzed", reversed_)


def another_voice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(philo_tts.domain, "SPEECH_VERSION", "the next one")


@pytest.mark.parametrize(
    ("change", "service", "what", "words"),
    [
        (forgotten_plan, "gateway", "reacting to ScriptAnalyzed", "-JobPlanned in job/"),
        (longer_film, "render", "reacting to AudioSynthesized", '-  "duration": '),
        (scenes_from_behind, "analysis", "at work on reading/", '+      "id": "s'),
        (another_voice, "tts", "at work on speech/", "-AudioSynthesized in speech/"),
    ],
)
async def test_a_changed_decision_is_found_where_it_is_first_taken(
    studio: Endpoints,
    stack: Stack,
    demo: Film,
    monkeypatch: pytest.MonkeyPatch,
    change: Change,
    service: str,
    what: str,
    words: str,
) -> None:
    recording = await recorded(stack, demo.id)
    change(monkeypatch)
    first = (await again(studio, recording)).differences[0]
    assert first.service == service
    assert first.what.startswith(what)
    assert any(line.startswith(words) for line in first.lines())


def philo(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    told = os.environ | {"PHILO_HOME": str(home), "COLUMNS": "200"} | PAINTER
    command = [sys.executable, "-m", "philo.main", "replay", *words]
    return subprocess.run(command, check=False, capture_output=True, text=True, env=told)


def test_the_commands_record_and_run_and_say_by_their_exit_code_what_they_found(
    home: Path, demo: Film, tmp_path: Path
) -> None:
    file = tmp_path / "film.philo.zip"
    done = philo(home, "record", demo.id, "-o", str(file))
    assert (done.returncode, "The texts of a person are in it" in done.stdout) == (0, True), done.stderr
    assert file.stat().st_mode & 0o777 == 0o600
    well = philo(home, "run", str(file))
    assert (well.returncode, "No difference" in well.stdout) == (0, True), well.stdout + well.stderr
    write(otherwise(read(file)), file)
    ill = philo(home, "run", str(file))
    assert (ill.returncode, "1 difference" in ill.stdout) == (1, True), ill.stdout + ill.stderr
    assert "gateway, reacting to MusicComposed" in ill.stdout


def otherwise(recording: Recording) -> Recording:
    """As if gateway had told of another length of the music."""
    facts = [
        said.model_copy(update={"fact": said.fact.model_copy(update={"data": said.fact.data | {"duration": 1.0}})})
        if said.fact.type == "MusicAdded"
        else said
        for said in recording.facts
    ]
    return recording.model_copy(update={"facts": tuple(facts)})


async def test_no_secret_of_the_stack_is_in_a_recording(stack: Stack, demo: Film, tmp_path: Path) -> None:
    file = tmp_path / "film.philo.zip"
    write(await recorded(stack, demo.id), file)
    raw = read(file).model_dump_json()
    at = stack.endpoints()
    for secret in (at.s3_secret_key, at.redis, at.kafka, *at.databases.values(), *PAINTER.values(), demo.owner):
        assert secret == "0" or secret not in raw
