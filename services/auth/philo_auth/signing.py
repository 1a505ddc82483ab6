"""Signs access tokens, and publishes the keys they are verified with."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from philo_kernel.http.tokens import ALGORITHM, AUDIENCE, GENERATION, ISSUER

from .domain import ACCESS_LIFE


class SigningKey:
    """`kid` is the thumbprint of the public key (RFC 7638), so that a new key has a new name by itself."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self.private, self.public = key, key.public_key()
        x = without_padding(self.public.public_bytes(Encoding.Raw, PublicFormat.Raw))
        members = {"crv": "Ed25519", "kty": "OKP", "x": x}
        self.kid = without_padding(sha256(json.dumps(members, sort_keys=True, separators=(",", ":")).encode()).digest())
        self.jwk = {**members, "kid": self.kid, "use": "sig", "alg": ALGORITHM}


class Signer:
    """The first key signs. The others are published beside it: those that will sign, and those that did."""

    def __init__(self, first: Ed25519PrivateKey, *others: Ed25519PrivateKey) -> None:
        self.current = SigningKey(first)
        self.keys = (self.current, *(SigningKey(key) for key in others))

    @property
    def jwks(self) -> list[dict[str, str]]:
        return [key.jwk for key in self.keys]

    def public_keys(self) -> dict[str, Ed25519PublicKey]:
        return {key.kid: key.public for key in self.keys}

    def sign(self, user: str, now: datetime, *, generation: int = 0, more: Mapping[str, str] | None = None) -> str:
        """An access token; `more` are claims about who that is, beside those that make it a token."""
        claims = {"iss": ISSUER, "aud": AUDIENCE, "sub": user, "iat": now, "exp": now + ACCESS_LIFE}
        claims = {**(more or {}), **claims, GENERATION: generation}
        return jwt.encode(claims, self.current.private, algorithm=ALGORITHM, headers={"kid": self.current.kid})


def without_padding(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()
