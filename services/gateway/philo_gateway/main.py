"""Gateway: one origin for clients, and the way of a job through all services."""

from __future__ import annotations

import httpx
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncEngine

from philo_gateway import __version__
from philo_gateway.assets import api as assets_api
from philo_gateway.assets.handlers import know_asset
from philo_gateway.assets.kinds import Kind
from philo_gateway.assets.requests import Assets
from philo_gateway.assets.tasks import discard
from philo_gateway.assets.uploads import Uploads
from philo_gateway.editing import api as editing_api
from philo_gateway.editing.handlers import settle_edit
from philo_gateway.editing.requests import Edits
from philo_gateway.jobs import api as jobs_api
from philo_gateway.jobs.handlers import advance_job
from philo_gateway.jobs.requests import Jobs
from philo_gateway.media import api as media_api
from philo_gateway.media.links import Links
from philo_gateway.preview import api as preview_api
from philo_gateway.preview.find import Previews
from philo_gateway.projects import api as projects_api
from philo_gateway.proxy import Upstream, proxied
from philo_gateway.settings import GatewaySettings
from philo_kernel.http.app import application
from philo_kernel.http.identity import Identity
from philo_kernel.http.keys import PublishedKeys
from philo_kernel.known_keys import KnownApiKeys, know_api_key
from philo_kernel.objects import S3Objects
from philo_kernel.readiness import Started, checks
from philo_kernel.service import Service, prepare
from philo_kernel.settings import load

AUTH = ["/api/v1/auth/{path:path}", "/.well-known/jwks.json"]
EVENTS = [
    "/api/v1/realtime/{path:path}",
    "/api/v1/jobs/{job_id}/events",
    "/api/v1/projects/{project_id}/jobs/{job_id}/events",
]
VOICES = ["/api/v1/voices", "/api/v1/voices/{path:path}"]
LOOKS = ["/api/v1/looks", "/api/v1/looks/{path:path}"]
SOCKETS = ["/api/v1/realtime/ws", "/api/v1/jobs/{job_id}/ws", "/api/v1/projects/{project_id}/jobs/{job_id}/ws"]


def http(
    settings: GatewaySettings, engine: AsyncEngine, client: httpx.AsyncClient, objects: S3Objects, started: Started
) -> FastAPI:
    """The HTTP surface. Streams of notify have no read timeout: they are silent for as long as nothing happens."""
    auth = Upstream("auth", settings.auth_url, client)
    notify = Upstream("notify", settings.notify_url, client)
    tts = Upstream("tts", settings.tts_url, client)
    render = Upstream("render", settings.render_url, client)
    app = application(
        "gateway",
        __version__,
        proxied(auth, AUTH, []),
        proxied(notify, EVENTS, SOCKETS),
        proxied(tts, VOICES, []),
        proxied(render, LOOKS, []),
        jobs_api.router,
        editing_api.router,
        preview_api.router,
        assets_api.router,
        projects_api.router,
        media_api.router,
        checks=checks(settings, engine, started, storage=objects.ping),
        identity=Identity(PublishedKeys(client, settings.jwks_url), KnownApiKeys(engine)),
        body_limit=settings.http_body_limit,
    )
    jobs = Jobs(engine)
    app.state.engine, app.state.objects, app.state.idempotency = engine, objects, engine
    app.state.jobs, app.state.edits, app.state.previews = jobs, Edits(engine), Previews(engine, jobs)
    limits: dict[Kind, int] = {
        "picture": settings.picture_limit,
        "footage": settings.footage_limit,
        "audio": settings.audio_limit,
        "font": settings.font_limit,
    }
    app.state.assets = Assets(engine, Uploads(objects, client), limits)
    app.state.links = Links(settings.media_signing_key.get_secret_value(), settings.media_links_last)
    return app


def main() -> None:
    settings = load(GatewaySettings)
    engine = prepare("gateway", settings)
    started = Started()
    client = httpx.AsyncClient(timeout=httpx.Timeout(10, read=None), limits=httpx.Limits(max_connections=1_000))
    objects = S3Objects(settings)
    Service(
        "gateway",
        settings,
        engine,
        listens_to=("auth", "gateway", "analysis", "tts", "render"),
        handlers=(advance_job, settle_edit, know_asset, know_api_key),
        tasks=(discard,),
        ports=Uploads(objects, client),
        api=http(settings, engine, client, objects, started),
        started=started,
        closing=(client.aclose,),
    ).run()


if __name__ == "__main__":
    main()
