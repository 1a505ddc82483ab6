"""A database that cannot be read is told with its reason, and with what to do."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from philo.replay.verify_databases import quietly
from philo.stack import Endpoints
from philo.stack.errors import StackError
from philo.testing import fresh_database
from philo_kernel.replay.projection_log import opened

pytestmark = pytest.mark.stack


@pytest.fixture(scope="module")
def url(servers: Endpoints) -> Iterator[str]:
    """Of a database without any table."""
    with fresh_database(servers) as made:
        yield made


def asked(url: str, query: str) -> None:
    async def work() -> None:
        async with opened({"gateway": url}) as logs:
            await logs.connections["gateway"].fetch(query)

    quietly({"gateway": url}, work)


def by(url: str, user: str) -> str:
    parts = urlsplit(url)
    return parts._replace(netloc=f"{user}@{parts.netloc.rpartition('@')[2]}").geturl()


@pytest.mark.parametrize(
    ("change", "query", "words"),
    [
        (
            lambda url: by(url, "stranger:wrong"),
            "select 1",
            "does not let us in: .*stranger.* Check the user and the password",
        ),
        (lambda url: f"{url}_x", "select 1", r"is missing: .*_x. does not exist\. Check its name .* `philo up` makes"),
        (
            lambda url: url,
            "select 1 from event",
            'has not the tables .*"event" does not exist.* Migrate it first: `philo up`',
        ),
        (lambda url: by("postgresql://@127.0.0.1:1/x", "ada"), "select 1", r"does not answer: .* Is the stack up\?"),
        (
            lambda url: url,
            "select 1/0",
            r"cannot be read: division by zero\. Its own log says more: `philo logs postgres`",
        ),
    ],
    ids=["a refused user", "a missing database", "missing tables", "nobody there", "anything else"],
)
def test_why_a_database_cannot_be_read_is_told_apart_and_what_to_do(url, change, query, words):
    with pytest.raises(StackError) as caught:
        asked(change(url), query)
    assert re.search(words, str(caught.value)), caught.value
