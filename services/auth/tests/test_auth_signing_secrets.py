"""Secrets to sign requests with: shown once, sealed in their fact, stored nowhere, revoked."""

import asyncio
import json
import uuid

import pytest
from auth_world import BOB, bearer, facts, new_key, refused, registered
from sqlalchemy import text

from philo_auth.signatures.issuing import SigningSecrets
from philo_kernel.sealing import Sealer

pytestmark = pytest.mark.stack
PATH = "/signing-secrets"


async def issued(client, logged_in: dict, name: str = "lessons") -> dict:
    answer = await client.post(PATH, json={"name": name}, headers=bearer(logged_in))
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_a_secret_is_shown_once_and_told_sealed_for_its_owner(client, engine):
    ada = await registered(client)
    secret = await issued(client, ada)
    (listed,) = (await client.get(PATH, headers=bearer(ada))).json()["items"]
    assert listed == {name: value for name, value in secret.items() if name != "secret"}
    kind, stream, version, fact = (await facts(engine))[-1]
    user = ada["user"]["id"]
    assert (kind, stream, version) == ("SigningSecretIssued", f"signing-secret/{secret['id']}", 1)
    assert secret["secret"] not in json.dumps(fact)
    assert Sealer("s" * 32).opened(fact["sealed"], f"{user}/{secret['id']}") == secret["secret"]


async def test_the_text_of_a_secret_is_stored_nowhere(client, engine):
    secret = (await issued(client, await registered(client)))["secret"]
    async with engine.connect() as connection:
        rows = [
            str((await connection.execute(text(f"select * from {name}"))).all()) for name in ("signing_secret", "event")
        ]
    assert not [row for row in rows if secret in row]


async def test_a_revoked_secret_is_gone_and_that_is_a_fact(client, engine):
    ada = await registered(client)
    secret = await issued(client, ada)
    path = f"{PATH}/{secret['id']}"
    answers = await asyncio.gather(*(client.delete(path, headers=bearer(ada)) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [204, 404, 404]
    assert (await client.get(PATH, headers=bearer(ada))).json()["items"] == []
    told = {"user": ada["user"]["id"], "key_id": secret["id"]}
    assert (await facts(engine))[-1] == ("SigningSecretRevoked", f"signing-secret/{secret['id']}", 2, told)


async def test_somebody_elses_secret_is_not_there(client):
    ada, bob = await registered(client), await registered(client, BOB)
    secret = await issued(client, ada)
    refused(await client.delete(f"{PATH}/{secret['id']}", headers=bearer(bob)), 404, "not-found")
    assert (await client.get(PATH, headers=bearer(bob))).json()["items"] == []


async def test_an_api_key_makes_no_secret(client):
    key = await new_key(client, await registered(client))
    refused(await client.post(PATH, json={"name": "x"}, headers={"X-API-Key": key["key"]}), 403, "forbidden")


async def test_a_user_has_at_most_ten_secrets_even_at_once(client):
    ada = await registered(client)
    for number in range(8):
        await issued(client, ada, f"number {number}")
    wishes = (client.post(PATH, json={"name": "one more"}, headers=bearer(ada)) for _ in range(4))
    assert sorted(answer.status_code for answer in await asyncio.gather(*wishes)) == [201, 201, 409, 409]


async def test_without_a_key_to_seal_with_none_is_issued(client, app):
    ada = await registered(client)
    kept = app.state.signing_secrets
    app.state.signing_secrets = SigningSecrets(kept.units, kept.now, None)
    told = refused(await client.post(PATH, json={"name": "x"}, headers=bearer(ada)), 409, "not-set-up")
    assert "SIGNING_SECRETS_KEY" in told["detail"]
    refused(await client.delete(f"{PATH}/{uuid.uuid4()}", headers=bearer(ada)), 404, "not-found")
