"""No service can have an effect in replay: every port of each, whatever it is called tomorrow, raises."""

import ast
import inspect
from dataclasses import fields, is_dataclass
from importlib import import_module
from pathlib import Path
from typing import get_type_hints

import pytest

from philo_contracts.topics import SERVICES
from philo_kernel.replay.composition import compositions, replay_of
from philo_kernel.replay.forbidden import EffectInReplay, Forbidden, unreachable

DATA = (int, float, str, Path, type(None))
COMPOSED = compositions()


def methods(kind):
    """The public ones of a port, which may be a function itself."""
    named = [name for name, found in inspect.getmembers(kind, callable) if not name.startswith("_")]
    return named or ["__call__"]


def ports(service):
    """Each port of a service with its type: the fields of what its tasks are given, or that as a whole."""
    given = COMPOSED[service].ports
    if is_dataclass(given):
        hints = get_type_hints(type(given))
        return {field.name: (getattr(given, field.name), hints[field.name]) for field in fields(given)}
    kinds = [list(get_type_hints(task.perform).items())[1][1] for task in COMPOSED[service].tasks]
    return {f"ports {number}": (given, kind) for number, kind in enumerate(kinds)}


PORTS = [(service, name, *found) for service in SERVICES for name, found in ports(service).items()]


@pytest.mark.parametrize(("service", "name", "port", "kind"), PORTS, ids=[f"{one[0]}-{one[1]}" for one in PORTS])
async def test_every_port_of_every_service_raises_whatever_it_is_asked(service, name, port, kind):
    if isinstance(port, DATA):
        return
    assert isinstance(port, Forbidden), f"{name} of {service} could leave the process"
    for method in methods(kind):
        with unreachable(), pytest.raises(EffectInReplay):
            await getattr(port, method)()


@pytest.mark.parametrize("service", SERVICES)
def test_replay_has_the_very_handlers_and_tasks_that_the_service_runs(service):
    """`main.py` gives the kernel what `reactions.py` names, and nothing of its own; replay takes it from there."""
    main = ast.parse(inspect.getsource(import_module(f"philo_{service}.main")))
    calls = [
        node for node in ast.walk(main) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Service"
    ]
    told = {one.arg: ast.unparse(one.value) for call in calls for one in call.keywords}
    composed, reactions = COMPOSED[service], import_module(f"philo_{service}.reactions")
    assert told["listens_to"] == "LISTENS_TO"
    assert told["handlers"].split("(")[0].lower() == "handlers"
    assert told.get("tasks", "TASKS" if not reactions.TASKS else None) == "TASKS"
    assert (composed.tasks, composed.listens_to) == (reactions.TASKS, reactions.LISTENS_TO)
    assert composed.handlers
    assert composed.handlers == getattr(reactions, "HANDLERS", composed.handlers)


@pytest.mark.parametrize("service", SERVICES)
def test_what_of_its_settings_a_service_decides_with_holds_no_secret(service, monkeypatch):
    for name in ("LLM_API_KEY", "MODERATION_API_KEY", "STABILITY_API_KEY", "MUBERT_API_KEY"):
        monkeypatch.setenv(name, "sk-planted")
    told = dict.fromkeys(NEEDED, "planted-" * 6) | {"HTTP_PORT": "1"}
    assert "planted" not in str(replay_of(service).terms_of(told))


NEEDED = [
    "SERVICE_INSTANCE",
    "DATABASE_URL",
    "KAFKA_BOOTSTRAP_SERVERS",
    "REDIS_URL",
    "S3_ENDPOINT",
    "S3_ACCESS_KEY",
    "S3_SECRET_KEY",
    "AUTH_URL",
    "ANALYSIS_URL",
    "NOTIFY_URL",
    "TTS_URL",
    "RENDER_URL",
    "JWKS_URL",
    "MEDIA_SIGNING_KEY",
    "SIGNING_SECRETS_KEY",
]
