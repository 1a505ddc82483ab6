"""Signed requests: the raw body, the right secret, now, and once. They begin and edit the films of sessions."""

import asyncio
import hmac
import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import uuid4

import httpx
import pytest
from editing_world import carried_out, hears_itself
from gateway_world import told
from structlog.testing import capture_logs

from philo_contracts.events import SigningSecretIssued, SigningSecretRevoked
from philo_gateway.signed.secrets import Signatures, know_signing_secret
from philo_kernel.sealing import Sealer
from philo_kernel.unit import unit_of_work

pytestmark = pytest.mark.stack
GENERATE, EDIT = "/api/v1/jobs/generate", "/api/v1/jobs/edit"
SEALER = Sealer("k" * 32)
WISH = {"sessionId": "lesson-1", "sceneCount": 3, "prompt": "The water cycle"}


def now(**shift: float) -> int:
    return int((datetime.now(UTC) + timedelta(**shift)).timestamp())


class Signing:
    """A client that has a secret and nothing else."""

    def __init__(self, http: httpx.AsyncClient, user: str, key_id: str, secret: str) -> None:
        self.http, self.user, self.key_id, self.secret = http, user, key_id, secret

    def headers(self, body: bytes) -> dict[str, str]:
        signature = hmac.new(self.secret.encode(), body, sha256).hexdigest()
        return {
            "Content-Type": "application/json",
            "X-Webhook-Key": self.key_id,
            "X-Webhook-Signature": f"sha256={signature}",
        }

    async def send(self, path: str, wish: dict, **headers: str) -> httpx.Response:
        body = json.dumps(wish).encode()
        return await self.http.post(path, content=body, headers=self.headers(body) | headers)

    async def generate(self, **wish) -> httpx.Response:
        return await self.send(GENERATE, WISH | {"timestamp": now()} | wish)


async def hears(engine, fact) -> None:
    async with unit_of_work(engine, "gateway") as unit:
        unit.cause = told(fact)
        await know_signing_secret.react(fact, unit)


@pytest.fixture
async def signer(app, ada, engine):
    app.state.signatures = Signatures(engine, SEALER)
    key_id, secret = uuid4().hex[:16], uuid4().hex
    sealed = SEALER.seal(secret, f"{ada.user}/{key_id}")
    await hears(engine, SigningSecretIssued(user=ada.user, key_id=key_id, sealed=sealed))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://philo") as http:
        yield Signing(http, ada.user, key_id, secret)


def refused(answer: httpx.Response, words: str) -> None:
    assert (answer.status_code, answer.json()["type"]) == (401, "/problems/signature-refused"), answer.text
    assert words in answer.json()["detail"]


async def jobs_of(client) -> list[dict]:
    return (await client.get("/api/v1/jobs")).json()["items"]


async def test_a_signed_request_begins_a_film_of_a_session(signer, ada):
    answer = await signer.generate(userId="pupil 7")
    assert answer.status_code == 202, answer.text
    begun = answer.json()
    assert begun == {"job_id": begun["job_id"], "status": "queued", "session_id": "lesson-1"}
    job = (await ada.get(answer.headers["location"])).json()
    assert (job["prompt"], job["config"]["scenes"], job["session_id"]) == ("The water cycle", 3, "lesson-1")
    assert job["metadata"] == {"user_id": "pupil 7"}


async def test_a_request_is_accepted_once_however_often_it_is_sent(signer, ada):
    wish = WISH | {"timestamp": now()}
    answers = await asyncio.gather(*(signer.send(GENERATE, wish) for _ in range(10)))
    assert sorted(answer.status_code for answer in answers) == [202, *[401] * 9]
    refused(await signer.send(GENERATE, wish), "was sent before")
    assert len(await jobs_of(ada)) == 1


async def test_the_same_signature_in_other_letters_is_the_same(signer):
    body = json.dumps(WISH | {"timestamp": now()}).encode()
    headers = signer.headers(body)
    assert (await signer.http.post(GENERATE, content=body, headers=headers)).status_code == 202
    shouted = headers | {"X-Webhook-Signature": headers["X-Webhook-Signature"].upper()}
    refused(await signer.http.post(GENERATE, content=body, headers=shouted), "was sent before")


async def test_what_was_refused_for_another_reason_may_be_sent_again(signer):
    wish = WISH | {"timestamp": now(), "projectId": str(uuid4())}
    for _ in range(2):
        assert (await signer.send(GENERATE, wish)).status_code == 404


@pytest.mark.parametrize("shift", [{"minutes": -6}, {"minutes": 6}, {"days": -365}])
async def test_what_was_signed_long_ago_or_in_the_future_is_refused(signer, shift):
    refused(await signer.generate(timestamp=now(**shift)), "five minutes")


@pytest.mark.parametrize("timestamp", [{"minutes": -4}, {"minutes": 4}])
async def test_clocks_may_differ_by_some_minutes(signer, timestamp):
    assert (await signer.generate(timestamp=now(**timestamp))).status_code == 202


async def test_a_time_may_be_written_out(signer):
    assert (await signer.generate(timestamp=datetime.now(UTC).isoformat())).status_code == 202


async def test_a_signed_request_without_a_time_is_refused(signer):
    refused(await signer.send(GENERATE, WISH), "when it was signed")


async def test_a_body_that_was_changed_by_one_letter_is_refused(signer):
    body = json.dumps(WISH | {"timestamp": now()}).encode()
    changed = body.replace(b"water", b"Water")
    refused(await signer.http.post(GENERATE, content=changed, headers=signer.headers(body)), "does not fit")


@pytest.mark.parametrize("signature", ["", "sha256=", "sha256=00", "md5=abc", "sha256=" + "0" * 64, "ü"])
async def test_what_is_no_signature_is_refused(signer, signature):
    refused(await signer.send(GENERATE, WISH, **{"X-Webhook-Signature": signature.encode()}), "does not fit")


async def test_an_unknown_secret_is_refused_in_the_same_words_as_a_wrong_one(signer):
    unknown = await signer.send(GENERATE, WISH | {"timestamp": now()}, **{"X-Webhook-Key": "nobodys"})
    signer.secret = "another"
    wrong = await signer.generate()
    refused(unknown, "does not fit")
    assert unknown.json()["detail"] == wrong.json()["detail"]


async def test_a_revoked_secret_signs_nothing_even_if_its_revocation_came_first(signer, engine):
    await hears(engine, SigningSecretRevoked(user=signer.user, key_id=signer.key_id))
    refused(await signer.generate(), "does not fit")
    sealed = SEALER.seal(signer.secret, f"{signer.user}/{signer.key_id}")
    await hears(engine, SigningSecretIssued(user=signer.user, key_id=signer.key_id, sealed=sealed))
    refused(await signer.generate(), "does not fit")


async def test_a_secret_that_was_sealed_for_somebody_else_opens_for_nobody(signer, engine, bob):
    sealed, key_id = SEALER.seal(signer.secret, f"{signer.user}/{signer.key_id}"), uuid4().hex[:16]
    await hears(engine, SigningSecretIssued(user=bob.user, key_id=key_id, sealed=sealed))
    with capture_logs() as lines:
        answer = await signer.send(GENERATE, WISH | {"timestamp": now()}, **{"X-Webhook-Key": key_id})
    refused(answer, "does not fit")
    assert signer.secret not in str(lines)


async def test_where_no_key_opens_secrets_no_signature_is_good(signer, app, engine):
    app.state.signatures = Signatures(engine, None)
    refused(await signer.generate(), "does not fit")


async def test_credentials_do_instead_of_a_signature_and_need_no_time(ada, bob):
    assert (await ada.post(GENERATE, json=WISH)).status_code == 202
    nobody = await ada.post(GENERATE, json=WISH, headers={"Authorization": ""})
    assert (nobody.status_code, nobody.json()["type"]) == (401, "/problems/unauthorized")
    assert await jobs_of(bob) == []


async def test_a_scene_of_a_session_is_edited_by_its_name(signer, ada, engine):
    job = (await signer.generate()).json()["job_id"]
    await carried_out(engine, job)
    wish = {"sessionId": "lesson-1", "sceneId": "s02", "prompt": "A cloud over a lake", "timestamp": now()}
    answer = await signer.send(EDIT, wish)
    assert answer.status_code == 202, answer.text
    child = (await ada.get(answer.headers["location"])).json()
    assert (child["kind"], child["parent_id"], child["session_id"]) == ("scene_edit", job, "lesson-1")
    await carried_out(engine, child["id"])
    await hears_itself(engine, child["id"])
    session = (await ada.get("/api/v1/sessions/lesson-1")).json()
    assert session["jobs"] == [job]
    changed = next(scene for scene in session["scenes"] if scene["id"] == "s02")
    assert (changed["visual_prompt"], changed["revision"]) == ("A cloud over a lake", 2)
    takes = (await ada.get(f"/api/v1/jobs/{job}/scenes/s02/takes")).json()
    assert [take["take"] for take in takes] == [1, 2]


async def test_a_replayed_edit_edits_once(signer, engine):
    job = (await signer.generate()).json()["job_id"]
    await carried_out(engine, job)
    wish = {"session_id": "lesson-1", "scene_id": "s01", "prompt": "Rain", "timestamp": now()}
    answers = await asyncio.gather(*(signer.send(EDIT, wish) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [202, 401, 401, 401]


async def test_what_cannot_be_edited_is_told_in_words(signer, ada, engine):
    wish = {"sessionId": "lesson-1", "sceneId": "s02", "prompt": "Rain"}

    async def told_in(words: str, status: int, **change) -> None:
        answer = await signer.send(EDIT, wish | {"timestamp": now()} | change)
        assert (answer.status_code, words in answer.json()["detail"]) == (status, True), answer.text

    await told_in("no session", 404)
    job = (await signer.generate()).json()["job_id"]
    await told_in("Only a finished film", 409)
    await carried_out(engine, job)
    await told_in("no scene", 404, sceneId="s99")
    await told_in("another project", 409, projectId=str(uuid4()))


async def test_a_session_belongs_to_whoever_began_it_and_to_one_project(ada, bob):
    project, other = [(await ada.post("/api/v1/projects", json={"name": name})).json()["id"] for name in ("A", "B")]
    assert (await ada.post(GENERATE, json=WISH | {"projectId": project})).status_code == 202
    assert (await ada.post(GENERATE, json=WISH | {"projectId": other})).status_code == 409
    assert (await bob.get("/api/v1/sessions/lesson-1")).status_code == 404
    assert (await bob.post(GENERATE, json=WISH)).status_code == 202
    assert (await ada.get("/api/v1/sessions/lesson-1")).json()["project_id"] == project


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"sceneCount": 0}, "/scene_count"),
        ({"prompt": " "}, "/prompt"),
        ({"sessionId": "../x"}, "/session_id"),
        ({"colour": "red"}, "/colour"),
        ({"timestamp": "soon"}, "/timestamp"),
    ],
)
async def test_a_wish_that_cannot_be_is_told_in_words(ada, change, pointer):
    answer = await ada.post(GENERATE, json=WISH | change)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer), answer.text
