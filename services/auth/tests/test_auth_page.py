"""The page's login: a cookie that only our page can use, and an access token that lives in memory."""

from http.cookies import SimpleCookie

import httpx
import pytest
import pytest_asyncio
from auth_world import ADA, KEY, PAGE, bearer, refused, registered
from pydantic import ValidationError

from philo_auth.settings import AuthSettings

COOKIE = "__Secure-philo-session"
LOGIN = {"email": ADA["email"], "password": ADA["password"]}
FROM_PAGE = {"Origin": PAGE}


async def begun(client: httpx.AsyncClient) -> httpx.Response:
    answer = await client.post("/session", json=LOGIN, headers=FROM_PAGE)
    assert answer.status_code == 200, answer.text
    return answer


def cookie(answer: httpx.Response):
    (header,) = answer.headers.get_list("set-cookie")
    ((name, morsel),) = SimpleCookie(header).items()
    return name, morsel


@pytest_asyncio.fixture
async def ada(client) -> dict:
    return await registered(client)


@pytest.mark.stack
async def test_the_page_gets_an_access_token_and_never_sees_the_refresh_token(client, ada):
    answer = await begun(client)
    body = answer.json()
    assert body.keys() == {"access_token", "token_type", "expires_in", "user"}
    assert (await client.get("/me", headers=bearer(body))).json() == body["user"] == ada["user"]
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.stack
async def test_the_cookie_is_for_its_path_only_and_for_no_script_and_no_other_site(client, ada):
    name, morsel = cookie(await begun(client))
    assert name == COOKIE
    assert (morsel["httponly"], morsel["secure"], morsel["samesite"].lower()) == (True, True, "strict")
    assert (morsel["path"], morsel["max-age"], morsel["domain"]) == ("/api/v1/auth/session", str(7 * 86_400), "")


@pytest.mark.stack
async def test_a_phone_logs_the_page_in_as_well(client, phone_messages):
    await client.post("/send-verification", json={"phone": "+4915123456789"})
    body = {"phone": "+49 151 23456789", "code": phone_messages.code}
    answer = await client.post("/session", json=body, headers=FROM_PAGE)
    assert answer.json()["user"]["phone"] == "+4915123456789"


@pytest.mark.stack
@pytest.mark.parametrize(
    "body",
    [{}, {"email": ADA["email"]}, {"email": ADA["email"], "code": "123456"}, {**LOGIN, "phone": "+4915123456789"}],
)
async def test_half_a_login_is_none(client, body):
    told = refused(await client.post("/session", json=body, headers=FROM_PAGE), 422, "invalid-request")
    assert told["errors"][0]["detail"] == "Send email and password, or phone and code."


@pytest.mark.stack
async def test_a_reload_goes_on_with_the_cookie_which_changes_each_time(client, ada):
    first = cookie(await begun(client))[1].value
    answer = await client.post("/session/refresh", headers=FROM_PAGE)
    assert answer.json()["user"] == ada["user"]
    assert cookie(answer)[1].value != first
    assert (await client.post("/session/refresh", headers=FROM_PAGE)).status_code == 200


@pytest.mark.stack
async def test_a_page_that_logs_in_again_leaves_no_login_behind(client, ada):
    first = cookie(await begun(client))[1].value
    await begun(client)
    refused(await client.post("/refresh", json={"refresh_token": first}), 401, "refresh-refused")


@pytest.mark.stack
async def test_a_page_without_a_cookie_is_told_to_log_in(client):
    refused(await client.post("/session/refresh", headers=FROM_PAGE), 401, "no-session")


@pytest.mark.stack
async def test_a_cookie_that_is_good_no_more_is_taken_back(client, ada, clock):
    old = cookie(await begun(client))[1].value
    await client.post("/session/refresh", headers=FROM_PAGE)
    clock.forward(seconds=11)
    client.cookies.clear()
    answer = await client.post("/session/refresh", headers={**FROM_PAGE, "Cookie": f"{COOKIE}={old}"})
    refused(answer, 401, "refresh-refused")
    assert answer.headers["www-authenticate"].startswith("Bearer")
    name, morsel = cookie(answer)
    assert (name, morsel.value, morsel["max-age"]) == (COOKIE, "", "0")


@pytest.mark.stack
async def test_logging_out_ends_the_login_and_takes_the_cookie(client, ada):
    token = cookie(await begun(client))[1].value
    answer = await client.request("DELETE", "/session", headers=FROM_PAGE)
    assert (answer.status_code, cookie(answer)[1]["max-age"]) == (204, "0")
    refused(await client.post("/refresh", json={"refresh_token": token}), 401, "refresh-refused")
    assert (await client.request("DELETE", "/session", headers=FROM_PAGE)).status_code == 204


@pytest.mark.stack
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": "https://evil.example"},
        {"Origin": PAGE + ".evil.example"},
        {"Origin": "http" + PAGE[5:]},
    ],
    ids=["none", "null", "another", "longer", "plain http"],
)
@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/session"), ("POST", "/session/refresh"), ("DELETE", "/session")]
)
async def test_only_our_page_may_use_cookies(client, ada, method, path, headers):
    await begun(client)
    body = LOGIN if path == "/session" and method == "POST" else None
    answer = await client.request(method, path, json=body, headers=headers)
    refused(answer, 403, "foreign-origin")
    assert "set-cookie" not in answer.headers


def told(**changed: object) -> AuthSettings:
    needed = {
        "service_instance": "auth-0",
        "database_url": "none",
        "kafka_bootstrap_servers": "none",
        "redis_url": "none",
        "s3_endpoint": "none",
        "s3_access_key": "none",
        "s3_secret_key": "none",
        "http_port": 0,
        "auth_signing_key": KEY,
        "auth_hash_key": "h" * 32,
    }
    return AuthSettings(**needed | changed)


@pytest.mark.parametrize(
    "risky", [{"auth_cookie_secure": False}, {"sms_provider": "console"}], ids=["cookie", "console"]
)
def test_what_is_for_ones_own_machine_is_refused_elsewhere(risky):
    local = "http://localhost:8400,http://127.0.0.1:8400,http://[::1]:8400"
    assert told(auth_origins=local, **risky).is_local
    for origins in ("", PAGE, f"http://localhost:8400,{PAGE}"):
        with pytest.raises(ValidationError, match="AUTH_ORIGINS"):
            told(auth_origins=origins, **risky)


@pytest.mark.parametrize(
    "origins", ["philo.example", "https://philo.example/", "https://philo.example/x", "*", "http://philo.example"]
)
def test_what_is_no_origin_or_not_safe_is_refused(origins):
    with pytest.raises(ValidationError, match="auth_origins"):
        told(auth_origins=origins)
