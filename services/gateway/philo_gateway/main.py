"""Gateway: one origin for clients, and the way of a job through all services."""

from __future__ import annotations

import httpx
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncEngine

from philo_gateway import __version__
from philo_gateway.analyses import api as analyses_api
from philo_gateway.analyses.reading import Analyses
from philo_gateway.assets import api as assets_api
from philo_gateway.assets.kinds import Kind
from philo_gateway.assets.requests import Assets
from philo_gateway.assets.uploads import Uploads
from philo_gateway.edge import edge
from philo_gateway.editing import api as editing_api
from philo_gateway.editing.requests import Edits
from philo_gateway.greetings import api as greetings_api
from philo_gateway.greetings.hellos import Hellos
from philo_gateway.jobs import api as jobs_api
from philo_gateway.jobs.figures import Completion
from philo_gateway.jobs.requests import Jobs, Terms
from philo_gateway.letters import api as letters_api
from philo_gateway.letters.gathering import Letters
from philo_gateway.letters.neighbour import Neighbour
from philo_gateway.media import api as media_api
from philo_gateway.media.links import Links
from philo_gateway.moderation import api as moderation_api
from philo_gateway.moderation.appeals import Appeals
from philo_gateway.money import api as money_api
from philo_gateway.money.requests import Money
from philo_gateway.money.treasury import Treasury
from philo_gateway.preview import api as preview_api
from philo_gateway.preview.find import Previews
from philo_gateway.projects import api as projects_api
from philo_gateway.projects.folders import Folders
from philo_gateway.providers import api as providers_api
from philo_gateway.providers.status import Providers
from philo_gateway.proxy import Upstream, proxied
from philo_gateway.quotas import api as usage_api
from philo_gateway.quotas.admission import Quotas
from philo_gateway.quotas.places import Places
from philo_gateway.quotas.tiers import read_tiers
from philo_gateway.quotas.usage import Usage, spent_by
from philo_gateway.reactions import LISTENS_TO, TASKS, handlers
from philo_gateway.replaying import PROJECTIONS
from philo_gateway.sessions import api as sessions_api
from philo_gateway.sessions.work import Sessions
from philo_gateway.settings import GatewaySettings
from philo_gateway.signed.secrets import Signatures
from philo_gateway.stories import api as stories_api
from philo_gateway.stories.gathering import Stories
from philo_gateway.studio import api as studio_api
from philo_kernel.http.app import application
from philo_kernel.http.counting import Counter
from philo_kernel.http.identity import Identity
from philo_kernel.http.keys import PublishedKeys
from philo_kernel.known_keys import KnownApiKeys
from philo_kernel.known_sessions import KnownSessions
from philo_kernel.letterbox import Letterbox
from philo_kernel.objects import S3Objects
from philo_kernel.outgoing.switchboard import redis_of
from philo_kernel.readiness import Started, checks
from philo_kernel.replay.story_route import Archive
from philo_kernel.sealing import sealer_of
from philo_kernel.service import Service, prepare
from philo_kernel.settings import load

AUTH = ["/api/v1/auth/{path:path}", "/.well-known/jwks.json"]
EVENTS = [
    "/api/v1/realtime/{path:path}",
    "/api/v1/jobs/{job_id}/events",
    "/api/v1/projects/{project_id}/jobs/{job_id}/events",
]
WEBHOOKS = ["/api/v1/webhooks", "/api/v1/webhooks/{path:path}"]
VOICES = ["/api/v1/voices", "/api/v1/voices/{path:path}"]
LOOKS = ["/api/v1/looks", "/api/v1/looks/{path:path}"]
SOCKETS = ["/api/v1/realtime/ws", "/api/v1/jobs/{job_id}/ws", "/api/v1/projects/{project_id}/jobs/{job_id}/ws"]

CONNECTIONS, STREAMS = 1_000, 10_000
"""To the other services at once, and to notify for streams; WebSockets have connections of their own."""
ROOMS = (
    analyses_api.router,
    money_api.router,
    sessions_api.router,
    jobs_api.router,
    editing_api.router,
    preview_api.router,
    assets_api.router,
    projects_api.router,
    media_api.router,
    letters_api.router,
    greetings_api.router,
    stories_api.router,
    moderation_api.router,
    providers_api.router,
    studio_api.router,
)
"""What gateway answers itself, in the order in which paths are looked for."""


def http(
    settings: GatewaySettings,
    engine: AsyncEngine,
    client: httpx.AsyncClient,
    objects: S3Objects,
    started: Started,
    *,
    counter: Counter | None = None,
    streams: httpx.AsyncClient | None = None,
) -> FastAPI:
    """The HTTP surface. Notify is asked by `streams` where they are told apart: each holds a connection for as long as
    somebody listens, and however many there are, nobody else waits for one.

    Without a `counter` nobody's requests are counted, and so none is limited.
    """
    auth = Upstream("auth", settings.auth_url, client)
    notify = Upstream("notify", settings.notify_url, streams or client)
    tts = Upstream("tts", settings.tts_url, client)
    render = Upstream("render", settings.render_url, client)
    app = application(
        "gateway",
        __version__,
        usage_api.router,  # before what auth answers: its path is one of those
        proxied(auth, AUTH, []),
        proxied(notify, [*EVENTS, *WEBHOOKS], SOCKETS),
        proxied(tts, VOICES, []),
        proxied(render, LOOKS, []),
        *ROOMS,
        checks=checks(settings, engine, started, storage=objects.ping),
        identity=Identity(PublishedKeys(client, settings.jwks_url), KnownApiKeys(engine), KnownSessions(engine)),
        body_limit=settings.http_body_limit,
        middleware=edge(settings, counter),
    )
    app.state.engine, app.state.objects, app.state.idempotency = engine, objects, engine
    app.state.links = Links(settings.media_signing_key.get_secret_value(), settings.media_links_last)
    reading = Places("readings", settings.analyses_at_once, settings.analyses_per_user)
    app.state.analyses = Analyses(settings.analysis_url, client, reading)
    app.state.hellos = Hellos(engine)
    app.state.letters = Letters(Letterbox("gateway", engine), neighbours(settings, client))
    app.state.stories = Stories(Archive("gateway", engine, PROJECTIONS), urls(settings), client)
    app.state.providers = Providers(redis_of(settings), settings.topic_prefix, engine)
    app.state.signatures = Signatures(engine, sealer_of(settings.signing_secrets_key))
    quotas = Quotas(settings.tiers or read_tiers(), settings.queue_limit)
    uploading = Places("uploads", settings.uploads_at_once, settings.uploads_per_user)
    app.state.assets = Assets(engine, Uploads(objects, client), size_limits(settings), uploading, quotas)
    app.state.folders = Folders(engine, settings.projects_per_user, quotas.turns)
    furnish_jobs(app, settings, engine, quotas)
    return app


def furnish_jobs(app: FastAPI, settings: GatewaySettings, engine: AsyncEngine, quotas: Quotas) -> None:
    """All that asks for work, and what it is judged and paid by."""
    treasury = Treasury(settings.price_list, settings.paid_providers, settings.budget_per_month, quotas)
    jobs = Jobs(engine, treasury, quotas, Terms(settings.max_retries, settings.retry_delay_seconds))
    edits, money = Edits(engine, treasury, quotas), Money(engine, treasury)
    app.state.jobs, app.state.edits, app.state.previews = jobs, edits, Previews(engine, jobs)
    app.state.sessions = Sessions(engine, jobs, edits)
    app.state.appeals = Appeals(engine, treasury)
    app.state.money, app.state.usage = money, Usage(engine, quotas, spent_by(money))


def size_limits(settings: GatewaySettings) -> dict[Kind, int]:
    """Bytes of an upload, by what it is."""
    return {
        "picture": settings.picture_limit,
        "footage": settings.footage_limit,
        "audio": settings.audio_limit,
        "font": settings.font_limit,
    }


def neighbours(settings: GatewaySettings, client: httpx.AsyncClient) -> list[Neighbour]:
    """Who has dead letters of their own."""
    return [Neighbour(service, url, client) for service, url in urls(settings).items()]


def urls(settings: GatewaySettings) -> dict[str, str]:
    """Where the other services answer."""
    return {
        "auth": settings.auth_url,
        "analysis": settings.analysis_url,
        "tts": settings.tts_url,
        "render": settings.render_url,
        "notify": settings.notify_url,
    }


def main() -> None:
    settings = load(GatewaySettings)
    engine = prepare("gateway", settings)
    started = Started()
    client, streams = (
        httpx.AsyncClient(timeout=httpx.Timeout(10, read=None), limits=httpx.Limits(max_connections=most))
        for most in (CONNECTIONS, STREAMS)
    )
    objects = S3Objects(settings)
    counter = Counter(settings.redis_url.get_secret_value(), settings.topic_prefix)
    api = http(settings, engine, client, objects, started, counter=counter, streams=streams)
    Service(
        "gateway",
        settings,
        engine,
        listens_to=LISTENS_TO,
        handlers=handlers(settings.job_limit, settings.price_list),
        tasks=TASKS,
        ports=Uploads(objects, client),
        keeps=PROJECTIONS,
        figures={"jobs": Completion(engine).read},
        api=api,
        started=started,
        closing=(client.aclose, streams.aclose, counter.close, api.state.providers.close),
    ).run()


if __name__ == "__main__":
    main()
