"""Films of other languages and shapes."""

from __future__ import annotations

from pathlib import Path

import pytest

from philo.films.api import Api
from philo_render.film import probe
from tests.e2e.subtitles import cues
from tests.filming import QUIET, filmed, unheard

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("e2e")]

CHINESE = "清晨，薄雾漫过山谷。老茶农背着竹篓走进茶园。\n\n夜里，一盏灯笼在山路上慢慢地走，照着回家的人。"


async def test_a_chinese_script_becomes_a_film_with_chinese_subtitles(api: Api, tmp_path: Path) -> None:
    film = await filmed(api, CHINESE, QUIET | {"scenes": 2}, tmp_path)
    assert film.job["language"] == "zh"
    assert len(film.job["scenes"]) == 2
    shown = "".join(cue.text for cue in cues(film.srt)).replace(" ", "")
    assert shown == CHINESE.replace("\n", "")


async def test_a_tall_film_is_tall(api: Api, tmp_path: Path) -> None:
    script = f"{unheard()} A kite climbs into the wind.\n\nBelow, the whole town looks up and waves."
    film = await filmed(api, script, QUIET | {"aspect": "9:16", "scenes": 2}, tmp_path)
    found = probe(film.video)
    assert found.width < found.height
    assert found.width / found.height == pytest.approx(9 / 16, rel=0.02)
    assert len(found.chapters) == 2
