"""Where the parts of a stack are, whoever started them."""

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import quote, urlsplit, urlunsplit

from philo.stack.ports import LOOPBACK
from philo.stack.record import Record
from philo.stack.services import SERVICES

EXTERNAL = {
    "postgres": "DATABASE_URL",
    "kafka": "KAFKA_BOOTSTRAP_SERVERS",
    "valkey": "REDIS_URL",
    "s3": "S3_ENDPOINT",
}
JAEGER = "JAEGER_ENDPOINT"
"""Where a Jaeger that runs already takes traces, over OTLP and HTTP; used when one is wanted."""
BUCKET = "philo"


@dataclass(frozen=True)
class Endpoints:
    """Addresses and keys of a running stack.

    `kafka` is host:port, `s3_endpoint` is host:port without a scheme, everything else is a URL.
    `databases` and `services` are keyed by the service's name.
    """

    database_admin_url: str = field(repr=False)
    kafka: str
    redis: str = field(repr=False)
    s3_endpoint: str
    s3_access_key: str = field(repr=False)
    s3_secret_key: str = field(repr=False)
    s3_secure: bool = False
    s3_bucket: str = BUCKET
    databases: Mapping[str, str] = field(default_factory=dict, repr=False)
    services: Mapping[str, str] = field(default_factory=dict)
    otlp: str | None = None
    """Where services send their traces, if anywhere."""
    jaeger: str | None = None
    """The page of our own Jaeger."""

    @property
    def gateway(self) -> str:
        """The one origin that clients see."""
        return self.services["gateway"]


def external_settings() -> dict[str, str]:
    """The settings in the environment that point at servers which exist already."""
    names = (*EXTERNAL.values(), "S3_ACCESS_KEY", "S3_SECRET_KEY", "S3_SECURE", "S3_BUCKET", JAEGER)
    return {name: os.environ[name] for name in names if os.environ.get(name)}


def locate(record: Record, external: Mapping[str, str], extras: Collection[str] = ()) -> Endpoints:
    """Put together where everything is: settings win over what the stack would start itself."""
    at = _with_servers(record, external)
    if "jaeger" not in extras:
        return at
    if JAEGER in external:
        return replace(at, otlp=external[JAEGER])
    own = record.ports
    return replace(at, otlp=f"http://{LOOPBACK}:{own['jaeger']}", jaeger=f"http://{LOOPBACK}:{own['jaeger-page']}")


def _with_servers(record: Record, external: Mapping[str, str]) -> Endpoints:
    own, secret = record.ports, record.secrets
    admin = (
        external.get("DATABASE_URL") or f"postgresql://philo:{secret['postgres']}@{LOOPBACK}:{own['postgres']}/postgres"
    )
    inside = Endpoints(
        database_admin_url=admin,
        kafka=external.get("KAFKA_BOOTSTRAP_SERVERS") or f"{LOOPBACK}:{own['kafka']}",
        redis=external.get("REDIS_URL") or f"redis://:{secret['valkey']}@{LOOPBACK}:{own['valkey']}/0",
        databases={service.name: database_url(admin, service.name, secret[service.name]) for service in SERVICES},
        services={service.name: f"http://{LOOPBACK}:{own[service.name]}" for service in SERVICES},
        s3_endpoint=f"{LOOPBACK}:{own['s3']}",
        s3_access_key=secret["s3-access"],
        s3_secret_key=secret["s3-secret"],
    )
    return _with_external_storage(inside, external) if "S3_ENDPOINT" in external else inside


def _with_external_storage(at: Endpoints, external: Mapping[str, str]) -> Endpoints:
    scheme, _, place = external["S3_ENDPOINT"].rpartition("://")
    return replace(
        at,
        s3_endpoint=place.rstrip("/"),
        s3_access_key=external.get("S3_ACCESS_KEY", ""),
        s3_secret_key=external.get("S3_SECRET_KEY", ""),
        s3_secure=scheme == "https" or external.get("S3_SECURE", "false").lower() == "true",
        s3_bucket=external.get("S3_BUCKET", BUCKET),
    )


def database_url(admin_url: str, database: str, password: str | None = None) -> str:
    """The address of `database` beside `admin_url`; with a password, for the role of the same name."""
    parts = urlsplit(admin_url)
    place = parts.netloc.rpartition("@")[2]
    owner = parts.netloc if password is None else f"{quote(database)}:{quote(password, safe='')}@{place}"
    return urlunsplit(parts._replace(netloc=owner, path=f"/{quote(database)}"))
