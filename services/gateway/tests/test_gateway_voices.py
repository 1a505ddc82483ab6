import httpx
import pytest
from pydantic import SecretStr

from philo_gateway.main import http
from philo_gateway.settings import GatewaySettings
from philo_kernel.database import engine_for
from philo_kernel.objects import S3Objects
from philo_kernel.readiness import Started

NOWHERE = "127.0.0.1:1"
DATABASE = f"postgresql://{NOWHERE}/none"


@pytest.fixture
def known(tmp_path, monkeypatch) -> GatewaySettings:
    """Nobody answers at any of these addresses but those of tts and render."""
    monkeypatch.chdir(tmp_path)
    return GatewaySettings(
        service_instance="test",
        database_url=SecretStr(DATABASE),
        kafka_bootstrap_servers=NOWHERE,
        redis_url=SecretStr(f"redis://{NOWHERE}"),
        s3_endpoint=NOWHERE,
        s3_access_key="none",
        s3_secret_key=SecretStr("none"),
        http_port=8400,
        auth_url="http://auth",
        analysis_url="http://analysis",
        notify_url="http://notify",
        tts_url="http://tts:8403",
        render_url="http://render:8404",
        jwks_url="http://auth",
        media_signing_key=SecretStr("-" * 32),
    )


@pytest.mark.parametrize(
    ("service", "path"),
    [
        ("tts:8403", "/api/v1/voices"),
        ("tts:8403", "/api/v1/voices?language=zh"),
        ("tts:8403", "/api/v1/voices/espeak:cmn+f3/sample"),
        ("render:8404", "/api/v1/looks"),
        ("render:8404", "/api/v1/looks/ink/sample"),
    ],
)
async def test_voices_and_looks_are_asked_of_their_service_by_the_same_path(service, path, known):
    asked: list[str] = []

    def behind(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(200, stream=httpx.ByteStream(b"heard"))

    engine = engine_for(DATABASE)
    async with httpx.AsyncClient(transport=httpx.MockTransport(behind)) as inside:
        app = http(known, engine, inside, S3Objects(known), Started())
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://philo") as client:
            answer = await client.get(path)
    await engine.dispose()
    assert (answer.status_code, answer.content, asked) == (200, b"heard", [f"http://{service}{path}"])
