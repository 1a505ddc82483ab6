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
    """Nobody answers at any of these addresses but the one of tts."""
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
        notify_url="http://notify",
        tts_url="http://tts:8403",
        jwks_url="http://auth",
        media_signing_key=SecretStr("-" * 32),
    )


@pytest.mark.parametrize(
    "path", ["/api/v1/voices", "/api/v1/voices?language=zh", "/api/v1/voices/espeak:cmn+f3/sample"]
)
async def test_voices_are_asked_of_tts_by_the_same_path(path, known):
    asked: list[str] = []

    def tts(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(200, stream=httpx.ByteStream(b"heard"))

    engine = engine_for(DATABASE)
    async with httpx.AsyncClient(transport=httpx.MockTransport(tts)) as inside:
        app = http(known, engine, inside, S3Objects(known), Started())
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://philo") as client:
            answer = await client.get(path)
    await engine.dispose()
    assert (answer.status_code, answer.content, asked) == (200, b"heard", [f"http://tts:8403{path}"])
