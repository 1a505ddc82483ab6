"""Equal work is done once."""

from __future__ import annotations

from pathlib import Path

import pytest

from philo.films.api import Api
from philo.stack import Endpoints
from philo_contracts.events import AudioSynthesized, FrameRendered, SceneRendered
from tests.facts import said
from tests.filming import QUIET, filmed, unheard

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("e2e")]


async def test_an_equal_film_reuses_every_voice_and_every_segment(studio: Endpoints, api: Api, tmp_path: Path) -> None:
    script = f"{unheard()} A cat sleeps on the warm roof.\n\nAt night she walks along the wall and looks at the moon."
    facts = {}
    for name in ("first", "second"):
        folder = tmp_path / name
        folder.mkdir()
        film = await filmed(api, script, QUIET | {"scenes": 2}, folder)
        facts[name] = {
            kind.__name__: await said(studio, service, film.id, kind)
            for service, kind in (("tts", AudioSynthesized), ("render", SceneRendered), ("render", FrameRendered))
        }
    for kind in ("AudioSynthesized", "SceneRendered"):
        assert [fact.reused for fact in facts["first"][kind]] == [False, False]
        assert [fact.reused for fact in facts["second"][kind]] == [True, True]
    assert facts["second"]["FrameRendered"] == []
