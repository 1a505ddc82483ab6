"""What is no address of a database is told as that, before anybody is asked whether they are up."""

from __future__ import annotations

import re
from pathlib import Path

import asyncpg
import pytest

from philo.replay.connecting import connected
from philo.replay.database_trouble import in_words
from philo.replay.places import places
from philo.replay.verify_databases import quietly
from philo.stack import Stack, record
from philo.stack.errors import StackError
from philo.stack.wanted import Wanted

NONE = [
    "postgresql://h:abc/x",
    "postgresql://[::1/x",
    "mysql://127.0.0.1/x",
    "nonsense",
    "postgresql://127.0.0.1/x?sslmode=strange",
    f"postgresql://{'h' * 70}.example/x",
]


def asked(url: str) -> None:
    async def work() -> None:
        await asyncpg.connect(url)

    quietly({"tts": url}, work)


@pytest.mark.parametrize("url", NONE)
def test_what_is_no_address_is_told_as_that(url: str) -> None:
    with pytest.raises(StackError, match=r"is no address of a database: .* One looks like postgresql://user") as caught:
        asked(url)
    assert "does not answer" not in str(caught.value)


@pytest.mark.parametrize("url", NONE)
async def test_the_same_where_a_stack_says_it(url: str) -> None:
    with pytest.raises(StackError, match="What is said for the database of tts is no address of a database"):
        await connected(url, "the database of tts")


async def test_the_choice_of_a_driver_is_no_fault_of_an_address() -> None:
    with pytest.raises(ConnectionRefusedError):
        await connected("postgresql+asyncpg://ada@127.0.0.1:1/x", "the database of tts")


def test_whose_host_nobody_knows_is_named() -> None:
    with pytest.raises(StackError, match="The database of tts does not answer"):
        asked("postgresql://nobody.invalid/x")


def test_how_to_migrate_is_said_without_an_address_that_everybody_on_the_machine_can_read() -> None:
    told = str(in_words(asyncpg.UndefinedTableError("no event")))
    assert re.search(r"A database has not .*`DATABASE_URL=… python -m philo_kernel\.migrate SERVICE`", told)


def test_those_of_a_stack_have_no_choice_of_a_driver_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PHILO_HOME", str(tmp_path))
    home = Stack().home
    home.create()
    record.renew(home, well_known=False)
    Wanted("", services=False, external={"DATABASE_URL": "postgresql+asyncpg://ada@127.0.0.1:1/x"}).write(home)
    assert {url.partition("://")[0] for url in places([]).values()} == {"postgresql"}
