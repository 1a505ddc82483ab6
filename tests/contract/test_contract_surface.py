"""Whatever the document allows may be sent, and more: no answer is a fault of ours, and each is one the document names."""

import re
from collections.abc import Iterator

import pytest

from philo.documents.openapi import Document
from tests.contract.surface_world import Somebody, Surface, surface_of
from tests.contract.trying import complaints, described, in_words

pytestmark = [pytest.mark.stack, pytest.mark.heavy]

ELSEWHERE = re.compile(r"/api/v1/(voices|looks|analyses)\b|/health/ready|/events$|/dead-letters")
"""Answered by services that are not here, or a stream without an end: `tests/e2e/test_e2e_surface.py` tries these."""


@pytest.fixture(scope="module")
def living(servers) -> Iterator[Surface]:
    with surface_of(servers) as found:
        yield found


def here() -> Document:
    return described(lambda path: not ELSEWHERE.search(path))


def test_somebody_who_has_logged_in_meets_nothing_undescribed(living):
    found = complaints(here(), living.url, living.newcomer)
    assert found == {}, in_words(found)


def test_a_stranger_meets_nothing_undescribed(living):
    found = complaints(here(), living.url, Somebody)
    assert found == {}, in_words(found)
