"""Changes what AUTH_SIGNING_KEY holds: `python -m philo_auth.signing_keys add|promote|drop`, from stdin to stdout.

`add` puts a new key at the end: it is published, and signs nothing yet. `promote` puts the last one first: it signs from
now on, and the others are still published. `drop` keeps only the first. Between two steps every auth process has to be
started anew, and the time to wait is: after `add` until verifiers have asked again (ten minutes), after `promote` until
the last token of the old key has expired (half an hour).
"""

from __future__ import annotations

import re
import sys

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

PEM = re.compile(r"-----BEGIN ([A-Z ]+)-----.*?-----END \1-----", re.DOTALL)
STEPS = ("add", "promote", "drop")


def private_keys(text: str) -> tuple[Ed25519PrivateKey, ...]:
    """The keys in PEM, one after the other; `\\n` may be written out, as some environments need it.

    Raises `ValueError` in words that repeat nothing of it.
    """
    blocks = [found[0] for found in PEM.finditer(text.replace("\\n", "\n"))]
    if not blocks:
        raise ValueError("needs an unencrypted private key in PEM")
    return tuple(private_key(block) for block in blocks)


def private_key(pem: str) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(pem.encode(), password=None)
    except (ValueError, TypeError) as error:
        raise ValueError("needs an unencrypted private key in PEM") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError("needs an Ed25519 key (openssl genpkey -algorithm ed25519)")  # noqa: TRY004
    return key


def stepped(keys: tuple[Ed25519PrivateKey, ...], step: str) -> tuple[Ed25519PrivateKey, ...]:
    """The keys after one step of a rotation; the first signs."""
    match step:
        case "add":
            return (*keys, Ed25519PrivateKey.generate())
        case "promote":
            return (keys[-1], *keys[:-1])
        case _:
            return keys[:1]


def written(keys: tuple[Ed25519PrivateKey, ...]) -> str:
    plain = (key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode() for key in keys)
    return "".join(plain)


def main() -> None:
    if len(sys.argv) != 2 or sys.argv[1] not in STEPS:
        sys.stderr.write(f"usage: python -m philo_auth.signing_keys {'|'.join(STEPS)} < keys.pem > new.pem\n")
        raise SystemExit(2)
    try:
        keys = private_keys(sys.stdin.read())
    except ValueError as error:
        sys.stderr.write(f"stdin {error}\n")
        raise SystemExit(1) from error
    sys.stdout.write(written(stepped(keys, sys.argv[1])))


if __name__ == "__main__":
    main()
