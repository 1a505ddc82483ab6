"""One OpenAPI document of one origin: gateway's own, with what it passes on to auth, notify, tts and render."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from philo.documents.surface import auth_app, gateway_app, notify_app, render_app, tts_app
from philo_contracts import states

Document = dict[str, Any]
"""An OpenAPI document: JSON of any shape, hence `Any`."""

INFO = {
    "title": "Philo",
    "summary": "Words become watched stories.",
    "description": (
        "Send a script, watch its film being made, fetch it. Everything under `/api/v1` needs an access token "
        "(`Authorization: Bearer …`) or an API key (`X-API-Key: …`), but for the calls that log in "
        "and the lists of voices and looks. Every error is a "
        "problem (RFC 9457).\n\nLive messages come as Server-Sent Events, described here, and with the same content "
        "over WebSocket, which OpenAPI cannot describe: `/api/v1/realtime/ws`, `/api/v1/jobs/{job_id}/ws` and "
        "`/api/v1/projects/{project_id}/jobs/{job_id}/ws`, each with `?after=` and the id of the last message you have."
    ),
    "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
}


class Clash(Exception):
    """Two services mean different things by one name; a client would see only one of them."""


def surface() -> Document:
    """What a client sees, in the same order every time. Raises `Clash`."""
    first, *others = (app.openapi() for app in (gateway_app(), auth_app(), notify_app(), tts_app(), render_app()))
    whole = merged(first, *others)
    whole["components"]["schemas"]["Status"]["description"] = states.told()
    return whole


def merged(own: Document, *others: Document) -> Document:
    """`own` with the others' paths. A path that `own` has as well (`/health`) is its own."""
    components: Document = {}
    paths: Document = {}
    for document in (own, *others):
        paths = {**document["paths"], **paths}
        for kind, named in document.get("components", {}).items():
            components[kind] = united(components.get(kind, {}), named)
    ordered = {kind: dict(sorted(named.items())) for kind, named in sorted(components.items())}
    return {
        "openapi": own["openapi"],
        "info": INFO | {"version": own["info"]["version"]},
        "paths": dict(sorted(paths.items())),
        "components": ordered,
    }


def united(left: Mapping[str, Any], right: Mapping[str, Any]) -> Document:
    for name in left.keys() & right.keys():
        if left[name] != right[name]:
            raise Clash(f"{name} means two things: rename it in one of the services")
    return {**left, **right}
