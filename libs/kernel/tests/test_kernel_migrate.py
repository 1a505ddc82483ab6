"""Whoever migrates says which database of which service: as an argument, or where no other can read it."""

from io import StringIO

import pytest

from philo_kernel import migrate

URL = "postgresql://philo:secret@db/gateway"


@pytest.fixture(autouse=True)
def told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", URL)


def test_a_service_that_is_named_alone_has_its_address_from_the_environment():
    assert migrate.targets_of(["gateway"]) == {"gateway": URL}


def test_an_address_that_is_given_wins():
    assert migrate.targets_of(["gateway", "auth=postgresql://a?b=c"]) == {
        "gateway": URL,
        "auth": "postgresql://a?b=c",
    }


def test_addresses_are_read_from_its_input_where_nobody_sees_them(monkeypatch):
    seen = []

    async def migrate_all(targets: dict[str, str]) -> int:
        seen.append(targets)
        return 0

    monkeypatch.setattr(migrate, "migrate_all", migrate_all)
    monkeypatch.setattr("sys.argv", ["migrate", "-"])
    monkeypatch.setattr("sys.stdin", StringIO("gateway=postgresql://g\nauth=postgresql://a\n"))
    with pytest.raises(SystemExit):
        migrate.main()
    assert seen == [{"gateway": "postgresql://g", "auth": "postgresql://a"}]


@pytest.mark.parametrize("arguments", [[], ["gateway"], ["auth=postgresql://a", "gateway"], ["gateway="]])
def test_where_an_address_is_missing_nothing_is_touched_and_it_is_said_how(arguments, monkeypatch, capsys):
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.setattr("sys.argv", ["migrate", *arguments])
    with pytest.raises(SystemExit) as ended:
        migrate.main()
    assert ended.value.code == 2
    assert "DATABASE_URL" in capsys.readouterr().err
