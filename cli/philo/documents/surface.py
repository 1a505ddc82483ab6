"""The HTTP applications that a client sees behind the one origin, built without settings, servers or secrets."""

from __future__ import annotations

from typing import Any

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from fastapi import FastAPI
from pydantic import SecretStr
from redis.asyncio import Redis

from philo_auth import main as auth
from philo_auth.settings import AuthSettings
from philo_gateway import main as gateway
from philo_gateway.settings import GatewaySettings
from philo_kernel.database import engine_for
from philo_kernel.objects import S3Objects
from philo_kernel.readiness import Started
from philo_notify import main as notify
from philo_notify.settings import NotifySettings
from philo_notify.wakes import Wakes
from philo_render import main as render
from philo_render.settings import RenderSettings
from philo_tts import main as tts
from philo_tts.settings import TtsSettings

NOWHERE = "127.0.0.1:1"
DATABASE = f"postgresql://{NOWHERE}/none"
SHARED: dict[str, Any] = {  # settings of every type
    "service_instance": "documents",
    "database_url": SecretStr(DATABASE),
    "kafka_bootstrap_servers": NOWHERE,
    "redis_url": SecretStr(f"redis://{NOWHERE}"),
    "s3_endpoint": NOWHERE,
    "s3_access_key": "none",
    "s3_secret_key": SecretStr("none"),
    "http_port": 0,
    "jwks_url": f"http://{NOWHERE}",
}
"""Addresses at which nobody answers. The environment is not read, so that it cannot change a document."""


def gateway_app() -> FastAPI:
    """The application that answers all clients, with the routes it passes on."""
    settings = GatewaySettings.model_construct(
        **SHARED,
        auth_url=f"http://{NOWHERE}",
        analysis_url=f"http://{NOWHERE}",
        notify_url=f"http://{NOWHERE}",
        tts_url=f"http://{NOWHERE}",
        render_url=f"http://{NOWHERE}",
        media_signing_key=SecretStr("-" * 32),
    )
    return gateway.http(settings, engine_for(DATABASE), httpx.AsyncClient(), S3Objects(settings), Started())


def auth_app() -> FastAPI:
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    settings = AuthSettings.model_construct(
        **SHARED, auth_signing_key=SecretStr(pem), auth_hash_key=SecretStr("-" * 32)
    )
    return auth.api(settings, engine_for(DATABASE), Started())


def tts_app() -> FastAPI:
    settings = TtsSettings.model_construct(**SHARED)
    return tts.http(settings, engine_for(DATABASE), S3Objects(settings), Started())


def render_app() -> FastAPI:
    settings = RenderSettings.model_construct(**SHARED)
    return render.http(settings, engine_for(DATABASE), S3Objects(settings), Started())


def notify_app() -> FastAPI:
    settings = NotifySettings.model_construct(**SHARED)
    wakes = Wakes(Redis.from_url(f"redis://{NOWHERE}"), "none")
    return notify.http(settings, engine_for(DATABASE), httpx.AsyncClient(), wakes, Started())
