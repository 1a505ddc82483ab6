"""The six services, and what each is told through its environment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from philo.stack.endpoints import Endpoints
    from philo.stack.record import Record


@dataclass(frozen=True)
class ServiceSpec:
    """A service: its module `philo_<name>.main`, its role and database `<name>`, and the secrets only it is told.

    `secrets` maps a variable of its environment to what the record calls the secret.
    """

    name: str
    prefers_port: int | None = None
    secrets: Mapping[str, str] = field(default_factory=dict)

    @property
    def module(self) -> str:
        return f"philo_{self.name}.main"


SERVICES = (
    ServiceSpec(
        "gateway",
        prefers_port=8400,
        secrets={"MEDIA_SIGNING_KEY": "media-links", "SIGNING_SECRETS_KEY": "signing-secrets"},
    ),
    ServiceSpec(
        "auth",
        secrets={
            "AUTH_SIGNING_KEY": "tokens",
            "AUTH_HASH_KEY": "auth-hashes",
            "SIGNING_SECRETS_KEY": "signing-secrets",
        },
    ),
    ServiceSpec("analysis"),
    ServiceSpec("tts"),
    ServiceSpec("render"),
    ServiceSpec("notify", secrets={"WEBHOOK_SECRETS_KEY": "webhook-secrets"}),
)


def environment(service: ServiceSpec, at: "Endpoints", record: "Record") -> Mapping[str, str]:
    """The settings of `service` in a stack that lies at `at`."""
    settings = {
        "SERVICE_INSTANCE": f"{service.name}-0",
        "DATABASE_URL": at.databases[service.name],
        "KAFKA_BOOTSTRAP_SERVERS": at.kafka,
        "REDIS_URL": at.redis,
        "S3_ENDPOINT": at.s3_endpoint,
        "S3_ACCESS_KEY": at.s3_access_key,
        "S3_SECRET_KEY": at.s3_secret_key,
        "S3_BUCKET": at.s3_bucket,
        "S3_SECURE": str(at.s3_secure).lower(),
        "HTTP_HOST": "127.0.0.1",
        "HTTP_PORT": str(record.ports[service.name]),
        "AUTH_URL": at.services["auth"],
        "ANALYSIS_URL": at.services["analysis"],
        "NOTIFY_URL": at.services["notify"],
        "TTS_URL": at.services["tts"],
        "RENDER_URL": at.services["render"],
        "GATEWAY_URL": at.services["gateway"],
        "AUTH_ORIGINS": f"http://127.0.0.1:{record.ports['gateway']},http://localhost:{record.ports['gateway']}",
        "AUTH_COOKIE_SECURE": "false",
        "SMS_PROVIDER": "console",
        "WEBHOOKS_TO_LOOPBACK": "true",
        "TRUSTED_PROXIES": "" if service.name == "gateway" else "127.0.0.1",
        "JWKS_URL": f"{at.services['auth']}/.well-known/jwks.json",
    }
    settings |= {"OTLP_ENDPOINT": at.otlp} if at.otlp else {}
    return settings | {variable: record.secrets[secret] for variable, secret in service.secrets.items()}
