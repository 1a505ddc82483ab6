"""What a service is told by its environment, read once. What is missing is named, and nothing starts without it."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, get_args

from pydantic import BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

LogLevel = Literal["debug", "info", "warning", "error"]
Part = Literal["api", "relay", "consumer", "worker"]
"""`relay` publishes facts and keeps house, `consumer` handles them, `worker` carries out tasks."""


def part_list(told: object) -> object:
    return frozenset(told.replace(",", " ").split()) if isinstance(told, str) else told


PartList = Annotated[frozenset[Part], NoDecode, BeforeValidator(part_list)]


class ServiceSettings(BaseSettings):
    """The settings every service shares. Names are those of the environment, in lower case and without a prefix."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    service_instance: str = Field(min_length=1, description="A stable name: the pod, or the slot.")
    service_parts: PartList = Field(
        default=frozenset(get_args(Part)), min_length=1, description="What this process does of its service's work."
    )
    database_url: SecretStr
    database_pool: int = Field(default=16, ge=2, le=200, description="Connections that units of work share.")
    kafka_bootstrap_servers: str = Field(min_length=1)
    redis_url: SecretStr
    s3_endpoint: str = Field(min_length=1, description="host:port")
    s3_access_key: str
    s3_secret_key: SecretStr
    s3_bucket: str = "philo"
    s3_secure: bool = False
    http_host: str = "127.0.0.1"
    http_port: int = Field(ge=0, le=65535)
    http_body_limit: int = Field(default=1024 * 1024, ge=1024, description="Bytes.")
    trusted_proxies: str = Field(default="", description="Addresses and networks, with commas.")
    jwks_url: str | None = None
    topic_prefix: str = "philo"
    partitions: int = Field(default=6, ge=1)
    topic_replicas: int = Field(default=1, ge=1, description="Brokers that hold each topic; 3 in a cluster.")
    provider_at_once: int = Field(default=8, ge=1, description="Requests of one process under way at one provider.")
    provider_failures: int = Field(default=3, ge=1, description="In a row; then a provider is left alone for a rest.")
    provider_rest: float = Field(default=120, gt=0, description="Seconds until one request goes through to see.")
    topic_days: int = Field(default=7, ge=1, le=13, description="Days until Kafka forgets a fact.")
    log_level: LogLevel = "info"
    log_format: Literal["auto", "json", "text"] = "auto"
    log_file: Path | None = Field(default=None, description="Also write there, rotated at 10 MB, five kept.")
    otlp_endpoint: str | None = None
    trace_ratio: float = Field(default=1.0, ge=0, le=1, description="Share of the traces begun here that is recorded.")
    metrics_token: SecretStr | None = Field(
        default=None, min_length=32, description="Whoever brings it may read figures; unset: this machine alone."
    )


Settings = TypeVar("Settings", bound=BaseSettings)


def load(kind: type[Settings]) -> Settings:
    """Read settings from the environment, or say all that is wrong at once and exit with status 2."""
    try:
        return kind()
    except ValidationError as error:
        sys.stderr.write(complaint(error))
        raise SystemExit(2) from error


def told_by(kind: type[Settings], told: Mapping[str, str]) -> Settings:
    """Settings of this environment, where `told` says nothing else. Raises ValidationError."""
    known: dict[str, Any] = {name.lower(): value for name, value in told.items() if name.lower() in kind.model_fields}
    return kind(**known)


def complaint(error: ValidationError) -> str:
    """One line a variable. What was set is never repeated: it may be a secret."""
    lines = [f"  {name_of(part['loc'])}: {reason(part['type'], part['msg'])}\n" for part in error.errors()]
    return f"{error.title} cannot be read from the environment:\n{''.join(lines)}See .env.example.\n"


def name_of(place: tuple[str | int, ...]) -> str:
    return "_".join(str(step) for step in place).upper() or "(all)"


def reason(kind: str, words: str) -> str:
    if kind == "missing":
        return "is not set"
    said = words.removeprefix("Value error, ")
    return said[0].lower() + said[1:]
