"""Keys are rotated without anybody being logged out: the new one is known before it signs, the old one after."""

import subprocess
import sys
from datetime import UTC, datetime

import pytest
from auth_world import CHEAP, KEY, bearer, client_at, registered
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import SecretStr

from philo_auth.main import api
from philo_auth.signing import Signer
from philo_auth.signing_keys import private_keys, stepped, written
from philo_kernel.http.keys import KeySet, KnownKeys
from philo_kernel.http.problems import Unauthorized
from philo_kernel.http.tokens import claims_of
from philo_kernel.readiness import Started


def verifier(signer: Signer) -> KnownKeys:
    """What a service knows that has fetched what this one publishes."""
    return KnownKeys(KeySet(keys=signer.jwks).ed25519())


def token(signer: Signer) -> str:
    return signer.sign("ada", datetime.now(UTC))


async def test_a_rotation_refuses_nobody_at_any_step():
    """Each process of auth and each verifier may be a step behind the others."""
    first = (Ed25519PrivateKey.generate(),)
    added = stepped(first, "add")
    promoted = stepped(added, "promote")
    before, during, after = Signer(*first), Signer(*added), Signer(*promoted)
    assert before.current.kid == during.current.kid != after.current.kid
    for signing, verifying in ((during, before), (before, during), (after, during), (during, after)):
        assert (await claims_of(token(signing), verifier(verifying)))["sub"] == "ada"


async def test_a_key_that_was_dropped_is_good_no_more():
    old = (Ed25519PrivateKey.generate(),)
    rotated = stepped(stepped(stepped(old, "add"), "promote"), "drop")
    assert len(rotated) == 1
    with pytest.raises(Unauthorized):
        await claims_of(token(Signer(*old)), verifier(Signer(*rotated)))


def test_keys_are_read_as_they_were_written_also_with_line_ends_written_out():
    keys = stepped((Ed25519PrivateKey.generate(),), "add")
    raw = [key.private_bytes_raw() for key in keys]
    for text in (written(keys), written(keys).replace("\n", "\\n")):
        assert [key.private_bytes_raw() for key in private_keys(text)] == raw


def run(step: str, text: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "philo_auth.signing_keys", step]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=False)


def test_the_command_takes_a_step_and_says_what_is_wrong():
    done = run("add", KEY)
    first, second = private_keys(done.stdout)
    assert first.private_bytes_raw() == private_keys(KEY)[0].private_bytes_raw() != second.private_bytes_raw()
    bad = run("promote", "hunter2")
    assert (bad.returncode, bad.stdout, "hunter2" in bad.stderr) == (1, "", False)
    assert run("turn", KEY).returncode == 2


@pytest.mark.stack
async def test_all_keys_are_published_and_tokens_of_each_are_taken(settings, engine, clock):
    keys = stepped(private_keys(KEY), "add")
    told = settings.model_copy(update={"auth_signing_key": SecretStr(written(keys))})
    async with client_at("127.0.0.1", api(told, engine, Started(), hasher=CHEAP, now=clock)) as client:
        user = (await registered(client))["user"]
        published = (await client.get("https://auth/.well-known/jwks.json")).json()["keys"]
        signers = [Signer(key) for key in keys]
        assert [jwk["kid"] for jwk in published] == [signer.current.kid for signer in signers]
        for signer in signers:
            access = {"access_token": signer.sign(user["id"], clock())}
            assert (await client.get("/me", headers=bearer(access))).json() == user
