"""Where the files under test lie, and what the services themselves say of what has to be in them."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic_settings import BaseSettings

from philo_analysis.settings import AnalysisSettings
from philo_auth.settings import AuthSettings
from philo_gateway.settings import GatewaySettings
from philo_kernel import service, worker
from philo_kernel.settings import ServiceSettings
from philo_notify.settings import NotifySettings
from philo_render.settings import RenderSettings
from philo_tts.settings import TtsSettings

ROOT = Path(__file__).parents[2]
K8S = ROOT / "deploy" / "k8s"
Manifest = dict[str, Any]

SETTINGS: Mapping[str, type[BaseSettings]] = {
    "gateway": GatewaySettings,
    "auth": AuthSettings,
    "analysis": AnalysisSettings,
    "tts": TtsSettings,
    "render": RenderSettings,
    "notify": NotifySettings,
}


def needed_parts(name: str) -> set[str]:
    """What somebody has to do for a service, by what its own main.py puts together."""
    source = (ROOT / "services" / name / f"philo_{name}" / "main.py").read_text()
    (put_together,) = (
        one for one in ast.walk(ast.parse(source)) if isinstance(one, ast.Call) and ast.unparse(one.func) == "Service"
    )
    told = {keyword.arg for keyword in put_together.keywords}
    return {"api", "relay"} | {part for part, word in (("consumer", "listens_to"), ("worker", "tasks")) if word in told}


def longest_stop() -> float:
    """Seconds that a process takes at most from SIGTERM to its end."""
    return service.DRAIN + worker.LEAVING + 2 * service.UNWINDING


def connections(environment: Mapping[str, str]) -> int:
    """What one process holds of its database at most: its pool, and one each to relay, to redrive and to claim."""
    pool = environment.get("DATABASE_POOL", ServiceSettings.model_fields["database_pool"].default)
    return int(pool) + 3


def names_of(settings: type[BaseSettings]) -> set[str]:
    return {name.upper() for name in settings.model_fields}


def secrets_of(settings: type[BaseSettings]) -> set[str]:
    """Those that hold something secret, by their types."""
    return {name.upper() for name, field in settings.model_fields.items() if "SecretStr" in repr(field.annotation)}


def read(settings: type[BaseSettings], environment: Mapping[str, str]) -> BaseSettings:
    """The settings as a process with nothing but this environment would read them. Raises ValidationError."""
    told = {name: environment[name.upper()] for name in settings.model_fields if name.upper() in environment}
    return settings.model_validate(told)
