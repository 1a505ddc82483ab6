"""`.env.example` names the settings that exist, and shows their defaults."""

import re
import shlex

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings

from philo.documents.kept import ROOT
from philo_analysis.settings import AnalysisSettings
from philo_auth.settings import AuthSettings
from philo_gateway.settings import GatewaySettings
from philo_kernel.settings import load
from philo_notify.settings import NotifySettings
from philo_render.settings import RenderSettings
from philo_tts.settings import TtsSettings

SERVICES = (GatewaySettings, AuthSettings, AnalysisSettings, TtsSettings, RenderSettings, NotifySettings)
PEM = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
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


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.__name__)
def test_a_default_that_is_shown_is_the_default_when_it_stands_in_the_environment(
    service: type[BaseSettings], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = {line["name"]: sourced(line["value"]) for line in lines() if line["optional"] and line["value"]}
    needed = {name: sample(name, fields()[name]) for name in required(service)}
    for name, value in (shown | needed).items():
        monkeypatch.setenv(name, value)
    told = load(service)
    for name, field in service.model_fields.items():
        if name.upper() in shown:
            assert getattr(told, name) == field.get_default(call_default_factory=True), name


@pytest.mark.parametrize("line", lines(), ids=lambda line: line["name"])
def test_a_shell_reads_a_line_as_one_value(line: re.Match[str]) -> None:
    assert not line["value"] or len(shlex.split(line["value"])) == 1, "it needs quotes"


def sourced(value: str) -> str:
    """What a shell makes of it."""
    return " ".join(shlex.split(value))


def required(service: type[BaseSettings]) -> list[str]:
    return [name.upper() for name, field in service.model_fields.items() if field.is_required()]


def sample(name: str, of: list[FieldInfo]) -> str:
    return PEM if name == "AUTH_SIGNING_KEY" else "8400" if of[0].annotation is int else 40 * "x"
