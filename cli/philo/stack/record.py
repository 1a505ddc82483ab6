"""What a stack remembers between starts: ports, passwords and the signing key."""

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from philo.stack import ports
from philo.stack.home import Home, known_fields, read_json, write_json
from philo.stack.services import SERVICES

OF_SERVICES = {service.name: service.prefers_port for service in SERVICES}
PREFERRED = OF_SERVICES | {"jaeger": 4318, "jaeger-page": 16686}
PORTS = ("postgres", "kafka", "kafka-controller", "valkey", "s3", *PREFERRED)
OWN = ("media-links", "signing-secrets", "webhook-secrets", "auth-hashes")
SECRETS = ("postgres", "valkey", "s3-access", "s3-secret", *OWN, *OF_SERVICES)
SIGNING_KEY = "tokens"


@dataclass(frozen=True)
class Record:
    """Ports and secrets by part: 32 hexadecimal digits each, and `tokens`, an Ed25519 key in PEM (PKCS 8)."""

    ports: dict[str, int]
    secrets: dict[str, str] = field(repr=False)


def load(home: Home) -> Record | None:
    """The record of a stack that was started before."""
    content = read_json(home.record)
    return Record(**known_fields(Record, content)) if content else None


def renew(home: Home, *, well_known: bool = True) -> Record:
    """Keep what is remembered, choose what is missing, and move off ports that strangers have taken.

    Only for a stack that is not running: its own servers would look like strangers. One that nobody looks for by its
    port has none that is `well_known`: two that begin at the same moment would both find it free.
    """
    known = load(home)
    fresh = {name: secrets.token_hex(16) for name in SECRETS} | {SIGNING_KEY: _signing_key()}
    record = Record(
        ports=_choose_ports((PREFERRED if well_known else {}) | (known.ports if known else {})),
        secrets=fresh | (known.secrets if known else {}),
    )
    write_json(home.record, asdict(record))
    return record


def _choose_ports(preferred: Mapping[str, int | None]) -> dict[str, int]:
    chosen: dict[str, int] = {}
    for name in PORTS:
        chosen[name] = ports.choose(preferred.get(name), set(chosen.values()))
    return chosen


def _signing_key() -> str:
    return (
        Ed25519PrivateKey.generate()
        .private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        .decode()
    )
