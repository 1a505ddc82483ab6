"""A film that others were paid for is run again without asking them: what they answered is in the recording."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import philo_analysis.providers.openai
from philo.films.api import Api
from philo.replay.record_reading import recorded
from philo.replay.run import in_tables_of
from philo.stack import Stack
from philo.testing import folder_of_the_run
from philo_kernel.replay.forbidden import unreachable
from philo_kernel.replay.recording import Recording, read, write
from philo_kernel.replay.rerun import Ran
from tests.filming import unheard
from tests.paid.conftest import HIRED
from tests.paid.provider import DEAD, SCENES, Provider
from tests.paid.test_paid_films import ask, ended, once, three_have_pictures

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("paid")]


@pytest.fixture
def stack(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Stack:
    """What decides is read from the environment, as the services have read it."""
    for name, value in HIRED.items():
        monkeypatch.setenv(name, value)
    return Stack(folder_of_the_run(tmp_path_factory) / "philo-paid")


@pytest.fixture
def broken(provider: Provider) -> Iterator[Provider]:
    """Scene 4 fails, and nobody has asked for anything yet; as it was before, afterwards."""
    painted, read_before, was = provider.painted.copy(), provider.read, provider.broken
    provider.broken = True
    provider.go.clear()
    yield provider
    provider.painted, provider.read, provider.broken = painted, read_before, was
    if was:
        provider.go.clear()


async def again(stack: Stack, recording: Recording) -> Ran:
    url = stack.endpoints().database_admin_url
    with unreachable(url):
        return await in_tables_of(url, recording)


async def test_a_film_that_failed_and_was_retried_says_the_same_again_and_nobody_is_asked(
    api: Api, broken: Provider, stack: Stack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = await ask(api, " ".join(unheard() for _ in range(SCENES)))
    await once(api, job, three_have_pictures)
    broken.go.set()
    assert (await once(api, job, ended))["status"] == "failed"
    broken.broken = False
    await api.call("POST", f"/jobs/{job}/retry")
    assert (await once(api, job, ended))["status"] == "completed"
    asked = (broken.read, broken.painted.copy())

    file = tmp_path / "paid.philo.zip"
    write(await recorded(stack, job), file)
    recording = read(file)
    assert (await again(stack, recording)).differences == []
    assert (broken.read, broken.painted) == asked
    assert "sk-paid" not in recording.model_dump_json(exclude={"objects"})

    monkeypatch.setattr(philo_analysis.providers.openai, "cutting_messages", lambda *_: [("user", "Read it.")])
    first = (await again(stack, recording)).differences[0]
    assert (first.service, first.what) == ("analysis", f"at work on reading/{job}")
    assert first.words.startswith("It wants openai (text) otherwise than then")


async def test_other_numbers_of_attempts_are_found(api: Api, stack: Stack) -> None:
    """Nobody reads this; whoever asks once more than then says so once more."""
    job = await ask(api, f"{DEAD} " + " ".join(unheard() for _ in range(SCENES)))
    await once(api, job, ended)
    recording = await recorded(stack, job)
    assert (await again(stack, recording)).differences == []
    for model in recording.about.terms["analysis"]["models"]:
        model["retries"] = 2
    first = (await again(stack, recording)).differences[0]
    assert (first.service, first.what) == ("analysis", "asking providers")
    assert len(first.now) == 3 * len(first.then)
