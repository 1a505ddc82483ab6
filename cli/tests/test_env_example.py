"""`.env.example` names the settings that exist, and shows their defaults."""

import re

import pytest
from pydantic import TypeAdapter
from pydantic.fields import FieldInfo

from philo.documents.kept import ROOT
from philo_analysis.settings import AnalysisSettings
from philo_auth.settings import AuthSettings
from philo_gateway.settings import GatewaySettings
from philo_notify.settings import NotifySettings
from philo_render.settings import RenderSettings
from philo_tts.settings import TtsSettings

SERVICES = (GatewaySettings, AuthSettings, AnalysisSettings, TtsSettings, RenderSettings, NotifySettings)
LINE = re.compile(r"^(?P<optional>#?)(?P<name>[A-Z0-9_]+)=(?P<value>.*)$", re.MULTILINE)


def fields() -> dict[str, list[FieldInfo]]:
    found: dict[str, list[FieldInfo]] = {}
    for settings in SERVICES:
        for name, field in settings.model_fields.items():
            found.setdefault(name.upper(), []).append(field)
    return found


def lines() -> list[re.Match[str]]:
    return list(LINE.finditer((ROOT / ".env.example").read_text(encoding="utf-8")))


def test_it_names_every_setting_once_and_no_other() -> None:
    assert sorted(line["name"] for line in lines()) == sorted(fields())


@pytest.mark.parametrize("line", lines(), ids=lambda line: line["name"])
def test_a_line_is_commented_out_if_the_setting_has_a_default_everywhere(line: re.Match[str]) -> None:
    required = any(field.is_required() for field in fields()[line["name"]])
    assert bool(line["optional"]) is not required


@pytest.mark.parametrize("line", [one for one in lines() if one["optional"] and one["value"]], ids=lambda line: line[2])
def test_a_default_that_is_shown_is_the_default(line: re.Match[str]) -> None:
    for field in fields()[line["name"]]:
        assert TypeAdapter(field.annotation).validate_python(line["value"]) == field.default
