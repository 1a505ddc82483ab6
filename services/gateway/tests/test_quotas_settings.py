"""What an operator writes about tiers is read at start, or refused by its name."""

import pytest
from gateway_world import gateway_settings

from philo.stack import Endpoints
from philo_contracts.shapes import Tier
from philo_gateway.settings import GatewaySettings
from philo_kernel.settings import load

NOWHERE = Endpoints(
    database_admin_url="", kafka="none", redis="none", s3_endpoint="none", s3_access_key="none", s3_secret_key="none"
)


@pytest.fixture
def environment(monkeypatch):
    told = gateway_settings(NOWHERE, "none").model_dump(exclude_unset=True)
    for name, value in told.items():
        plain = value.get_secret_value() if hasattr(value, "get_secret_value") else value
        monkeypatch.setenv(name.upper(), str(plain))
    return monkeypatch


def test_a_file_of_tiers_is_read_from_the_environment(environment, tmp_path):
    path = tmp_path / "tiers.toml"
    path.write_text("[free]\nconcurrent_jobs = 7\n")
    environment.setenv("TIERS", str(path))
    environment.setenv("QUEUE_LIMIT", "12")
    settings = load(GatewaySettings)
    assert (settings.tiers[Tier.FREE].concurrent_jobs, settings.queue_limit) == (7, 12)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [("TIERS", "/nowhere/tiers.toml", "cannot be read"), ("SIGNING_SECRETS_KEY", f"{'k' * 32},short", "at least 32")],
)
def test_what_cannot_be_is_told_by_its_name_and_never_repeated(environment, capsys, name, value, words):
    environment.setenv(name, value)
    with pytest.raises(SystemExit):
        load(GatewaySettings)
    told = capsys.readouterr().err
    assert name in told
    assert words in told
    assert "short" not in told
