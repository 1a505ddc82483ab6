"""Settings come from the environment, and what is wrong is said at once, without saying secrets."""

import pytest
from pydantic import SecretStr

from philo_kernel.settings import ServiceSettings, load

ENOUGH = {
    "SERVICE_INSTANCE": "films-0",
    "DATABASE_URL": "postgresql://philo:hunter2@db/films",
    "KAFKA_BOOTSTRAP_SERVERS": "kafka:9092",
    "REDIS_URL": "redis://:hunter2@redis",
    "S3_ENDPOINT": "s3:9000",
    "S3_ACCESS_KEY": "philo",
    "S3_SECRET_KEY": "hunter2",
    "HTTP_PORT": "8000",
}


class FilmSettings(ServiceSettings):
    films_key: SecretStr


@pytest.fixture
def environment(monkeypatch):
    for name in FilmSettings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)

    def of(**variables: str) -> None:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)

    return of


def test_the_environment_is_read_without_a_prefix(environment):
    environment(**ENOUGH, FILMS_KEY="k", LOG_LEVEL="debug", JWKS_URL="http://auth/jwks")
    settings = load(FilmSettings)
    assert settings.database_url.get_secret_value() == ENOUGH["DATABASE_URL"]
    assert (settings.http_port, settings.log_level, settings.jwks_url) == (8000, "debug", "http://auth/jwks")
    assert (settings.http_host, settings.s3_bucket, settings.partitions) == ("127.0.0.1", "philo", 6)


def test_every_missing_variable_is_named_and_the_exit_status_is_two(environment, capsys):
    environment()
    with pytest.raises(SystemExit) as stopped:
        load(FilmSettings)
    assert stopped.value.code == 2
    said = capsys.readouterr().err
    for name in (*ENOUGH, "FILMS_KEY"):
        assert f"  {name}: is not set\n" in said


def test_a_wrong_value_is_named_but_not_repeated(environment, capsys):
    environment(**ENOUGH | {"HTTP_PORT": "hunter2"}, FILMS_KEY="k")
    with pytest.raises(SystemExit):
        load(FilmSettings)
    said = capsys.readouterr().err
    assert "  HTTP_PORT: input should be a valid integer" in said
    assert "hunter2" not in said


def test_secrets_do_not_show(environment):
    environment(**ENOUGH, FILMS_KEY="hunter2")
    assert "hunter2" not in repr(load(FilmSettings))
