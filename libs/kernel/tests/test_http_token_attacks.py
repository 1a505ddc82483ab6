"""Tokens that somebody made up: each is refused, whatever it says of itself."""

import asyncio
import hmac
import json
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st
from jwt.algorithms import OKPAlgorithm

from philo_kernel.http.keys import KnownKeys
from philo_kernel.http.problems import Unauthorized
from philo_kernel.http.tokens import claims_of

OURS, THEIRS = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
PUBLIC = OURS.public_key()
JWK = OKPAlgorithm.to_jwk(PUBLIC, as_dict=True)
KEYS = KnownKeys({"ours": PUBLIC})
NOW = datetime.now(UTC)
CLAIMS = {
    "sub": "ada",
    "iss": "philo",
    "aud": "philo",
    "iat": int(NOW.timestamp()),
    "exp": int((NOW + timedelta(minutes=30)).timestamp()),
}


def part(value: object) -> str:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def signed(header: dict, sign, claims: dict | None = None) -> str:
    body = f"{part({'typ': 'JWT', 'kid': 'ours', **header})}.{part(claims or CLAIMS)}"
    return f"{body}.{part(sign(body.encode()))}"


def good(**changed) -> str:
    return signed({"alg": "EdDSA"}, OURS.sign, {**CLAIMS, **changed})


async def refused(token: str) -> None:
    with pytest.raises(Unauthorized) as refusal:
        await claims_of(token, KEYS)
    assert 'error="invalid_token"' in refusal.value.headers["WWW-Authenticate"]


async def test_a_token_made_by_hand_with_our_key_is_good():
    assert (await claims_of(good(), KEYS))["sub"] == "ada"


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "nOnE", "", None])
@pytest.mark.parametrize("signature", [b"", b"x", b"\0" * 64], ids=["empty", "short", "zeroes"])
async def test_a_token_without_an_algorithm_is_refused(algorithm, signature):
    await refused(signed({"alg": algorithm}, lambda _body: signature))


SECRETS = {
    "raw": PUBLIC.public_bytes(Encoding.Raw, PublicFormat.Raw),
    "pem": PUBLIC.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
    "der": PUBLIC.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
    "jwk": json.dumps(JWK).encode(),
    "x": JWK["x"].encode(),
    "kid": b"ours",
    "nothing": b"",
}


@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS.keys())
@pytest.mark.parametrize("algorithm", ["HS256", "HS512"])
async def test_our_public_key_is_nobodys_secret(algorithm, secret):
    """Key confusion: a verifier that believes the header would take the published key for a shared secret."""
    digest = "sha256" if algorithm == "HS256" else "sha512"
    await refused(signed({"alg": algorithm}, lambda body: hmac.digest(secret, body, digest)))


async def test_a_signature_of_another_kind_is_refused():
    stranger = generate_private_key(SECP256R1())
    await refused(jwt.encode(CLAIMS, stranger, "ES256", headers={"kid": "ours"}))


@pytest.mark.parametrize(
    "header",
    [
        {"jwk": OKPAlgorithm.to_jwk(THEIRS.public_key(), as_dict=True)},
        {"jku": "https://evil.example/jwks.json"},
        {"x5u": "https://evil.example/cert.pem"},
        {"kid": "theirs"},
        {"kid": "../../dev/null"},
        {"kid": "' or 1=1 --"},
        {"kid": ["ours"]},
        {"kid": 1},
        {"kid": None},
        {"kid": ""},
    ],
    ids=lambda header: "jwk" if "jwk" in header else str(header),
)
async def test_a_header_cannot_bring_its_own_key(header):
    await refused(signed({"alg": "EdDSA", **header}, THEIRS.sign))


async def test_an_extension_we_do_not_know_is_not_passed_over():
    await refused(signed({"alg": "EdDSA", "crit": ["role"], "role": "operator"}, OURS.sign))


@pytest.mark.parametrize(
    "changed",
    [
        {"aud": "someone"},
        {"aud": ["someone", "else"]},
        {"aud": ""},
        {"iss": "someone"},
        {"exp": CLAIMS["iat"] - 60},
        {"exp": "later"},
        {"iat": CLAIMS["iat"] + 3600},
        {"nbf": CLAIMS["iat"] + 3600},
        {"sub": None},
        {"sub": 1},
    ],
    ids=lambda changed: next(iter(changed)),
)
async def test_a_token_of_ours_for_another_purpose_or_another_time_is_refused(changed):
    await refused(good(**changed))


@pytest.mark.parametrize("missing", CLAIMS)
async def test_a_token_that_leaves_something_out_is_refused(missing):
    await refused(signed({"alg": "EdDSA"}, OURS.sign, {name: CLAIMS[name] for name in CLAIMS if name != missing}))


@given(place=st.integers(0, 10_000), letter=st.sampled_from("AZaz09-_.=!é"))
def test_no_letter_of_a_token_can_be_changed(place, letter):
    token = good()
    place %= token.rindex(".") + 80  # the last letter holds bits that mean nothing
    changed = token[:place] + letter + token[place + 1 :]
    if changed != token:
        asyncio.run(refused(changed))


async def test_a_signature_cannot_be_moved_to_other_claims():
    head, _, signature = good().split(".")
    await refused(f"{head}.{part({**CLAIMS, 'sub': 'bob', 'role': 'operator'})}.{signature}")
