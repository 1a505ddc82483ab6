"""Access tokens are what every service expects, under a key whose name is its thumbprint."""

from datetime import UTC, datetime

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from philo_auth.settings import AuthSettings
from philo_auth.signing import Signer
from philo_auth.signing_keys import private_keys
from philo_kernel.http.keys import KeySet, KnownKeys
from philo_kernel.http.tokens import claims_of
from philo_kernel.settings import load

RFC8037_KEY = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")


def pem(key) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def test_the_key_is_named_by_its_thumbprint():
    """The example of RFC 8037, appendices A.1 to A.3."""
    signer = Signer(Ed25519PrivateKey.from_private_bytes(RFC8037_KEY))
    assert signer.current.jwk["x"] == "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
    assert signer.current.kid == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"


async def test_a_token_is_verified_by_what_is_published():
    signer = Signer(Ed25519PrivateKey.generate())
    published = KeySet(keys=signer.jwks).ed25519()
    assert isinstance(published[signer.current.kid], Ed25519PublicKey)
    assert (await claims_of(signer.sign("ada", datetime.now(UTC)), KnownKeys(published)))["sub"] == "ada"


def test_a_token_lives_for_thirty_minutes():
    signer, now = Signer(Ed25519PrivateKey.generate()), datetime.now(UTC).replace(microsecond=0)
    claims = jwt.decode(signer.sign("ada", now), signer.current.public, algorithms=["EdDSA"], audience="philo")
    assert claims == {
        "iss": "philo",
        "aud": "philo",
        "sub": "ada",
        "iat": int(now.timestamp()),
        "exp": int(now.timestamp()) + 1800,
        "gen": 0,
    }


def test_a_key_may_have_its_line_ends_written_out():
    key = Ed25519PrivateKey.generate()
    (read,) = private_keys(pem(key).replace("\n", "\\n"))
    assert read.private_bytes_raw() == key.private_bytes_raw()


@pytest.mark.parametrize("text", ["", "hunter2", "-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----"])
def test_what_is_no_key_is_refused_without_repeating_it(text):
    with pytest.raises(ValueError, match="needs an unencrypted private key in PEM") as refused:
        private_keys(text)
    assert "hunter2" not in str(refused.value)


def test_a_key_of_another_kind_is_refused():
    with pytest.raises(ValueError, match="needs an Ed25519 key"):
        private_keys(pem(generate_private_key(65537, 2048)))


def test_a_service_without_a_readable_key_says_so_and_does_not_start(monkeypatch, capsys):
    monkeypatch.setenv("AUTH_SIGNING_KEY", "hunter2")
    with pytest.raises(SystemExit):
        load(AuthSettings)
    said = capsys.readouterr().err
    assert "  AUTH_SIGNING_KEY: needs an unencrypted private key in PEM\n" in said
    assert "hunter2" not in said
