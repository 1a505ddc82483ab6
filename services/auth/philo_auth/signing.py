"""Signs access tokens, and publishes the key they are verified with."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from datetime import datetime
from hashlib import sha256

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from philo_kernel.http.tokens import ALGORITHM, AUDIENCE, ISSUER

from .domain import ACCESS_LIFE


class Signer:
    """`kid` is the thumbprint of the public key (RFC 7638), so that a new key has a new name by itself."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self.key = key
        self.public_key = key.public_key()
        x = without_padding(self.public_key.public_bytes(Encoding.Raw, PublicFormat.Raw))
        members = {"crv": "Ed25519", "kty": "OKP", "x": x}
        self.kid = without_padding(sha256(json.dumps(members, sort_keys=True, separators=(",", ":")).encode()).digest())
        self.jwk = {**members, "kid": self.kid, "use": "sig", "alg": ALGORITHM}

    def sign(self, user: str, now: datetime) -> str:
        claims = {"iss": ISSUER, "aud": AUDIENCE, "sub": user, "iat": now, "exp": now + ACCESS_LIFE}
        return jwt.encode(claims, self.key, algorithm=ALGORITHM, headers={"kid": self.kid})


def without_padding(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()
