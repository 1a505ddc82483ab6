"""`philo doctor` judges: each thing that can be wrong is told with what to do about it."""

import json
from dataclasses import dataclass

import asyncpg
import pytest
from aiokafka.errors import KafkaConnectionError, SaslAuthenticationFailed
from minio.error import S3Error
from redis.exceptions import AuthenticationError

from philo.commands.doctor import code, facts
from philo.doctor import belongings, clocks, databases, greeting, topics, versions
from philo.doctor.databases import Figures
from philo.doctor.finding import Finding, Verdict, fine, note, wrong
from philo.doctor.topics import Group
from philo.doctor.troubles import told
from philo_contracts.topics import SERVICES

SIX = dict.fromkeys(SERVICES, 6)


def s3(code: str) -> S3Error:
    return S3Error(None, code, "refused", None, None, None)


def verdicts(found: list[Finding]) -> list[tuple[str, Verdict]]:
    assert all(one.advice for one in found)
    return [(one.name, one.verdict) for one in found]


def test_a_database_with_nothing_parked_or_stuck_is_well() -> None:
    busy = Figures(unsent=3, unsent_for=0.2, due=40, due_for=50, taken=4)
    assert databases.judged("tts", busy) == []


@pytest.mark.parametrize(
    ("figures", "name", "verdict", "words"),
    [
        (Figures(letters=2), "tts's letters", Verdict.WRONG, "2 facts"),
        (Figures(given_up=1), "tts's letters", Verdict.NOTE, "1 tasks were given up"),
        (Figures(unsent=9, unsent_for=31, relayed=False), "tts's outbox", Verdict.WRONG, "no relay"),
        (Figures(unsent=9, unsent_for=31), "tts's outbox", Verdict.WRONG, "cannot send"),
        (Figures(abandoned=1, taken=1), "tts's tasks", Verdict.WRONG, "silent"),
        (Figures(due=5, due_for=61), "tts's tasks", Verdict.WRONG, "nobody works"),
        (Figures(due=5, due_for=1000, taken=2), "tts's tasks", Verdict.NOTE, "more is asked for"),
    ],
)
def test_what_is_parked_or_stuck_is_told(figures: Figures, name: str, verdict: Verdict, words: str) -> None:
    [found] = databases.judged("tts", figures)
    assert verdicts([found]) == [(name, verdict)]
    assert words in found.words


def test_a_hello_that_all_answer_is_well() -> None:
    assert greeting.judged({"missing": [], "answers": {"tts": 0.05, "auth": 0.09}}) == fine(
        "hello", "every service answers, auth last after 90 ms"
    )


def test_a_service_that_does_not_answer_a_hello_is_named() -> None:
    found = greeting.judged({"missing": ["tts"], "answers": {"auth": 0.09}})
    assert verdicts([found]) == [("hello", Verdict.WRONG)]
    assert "tts" in found.words


def test_slow_answers_are_worth_knowing() -> None:
    assert greeting.judged({"missing": [], "answers": {"tts": 4.0}}).verdict is Verdict.NOTE


@pytest.mark.parametrize(
    ("skew", "verdict"), [(0.2, Verdict.FINE), (-2.0, Verdict.NOTE), (30.0, Verdict.WRONG), (-30.0, Verdict.WRONG)]
)
def test_clocks_that_differ_are_told(skew: float, verdict: Verdict) -> None:
    found = clocks.judged({"PostgreSQL": 0.0, "Redis": skew})
    assert found.verdict is verdict
    assert verdict is Verdict.FINE or "Redis" in found.words


@pytest.mark.parametrize(
    ("counts", "members", "verdict", "words"),
    [
        (SIX, 2, Verdict.FINE, "6 partitions"),
        (SIX | {"tts": 0}, 2, Verdict.WRONG, "missing: tts"),
        (SIX | {"tts": 3}, 2, Verdict.WRONG, "unequal"),
        (SIX, 8, Verdict.WRONG, "2 have nothing to do"),
        (dict.fromkeys(SERVICES, 2), 2, Verdict.NOTE, "2 partitions"),
    ],
)
def test_too_few_or_unequal_partitions_are_told(
    counts: dict[str, int], members: int, verdict: Verdict, words: str
) -> None:
    found = topics.topics_judged(counts, members)
    assert (found.verdict, words in found.words, bool(found.advice)) == (verdict, True, verdict is not Verdict.FINE)


@pytest.mark.parametrize(
    ("group", "verdict", "words"),
    [
        (Group("tts", 1, 10), Verdict.FINE, "none is behind"),
        (Group("tts", 0, 10), Verdict.WRONG, "nobody hears for tts"),
        (Group("tts", 1, 5_000), Verdict.NOTE, "tts 5,000"),
        (Group("tts", 1, 50_000), Verdict.WRONG, "far behind"),
    ],
)
def test_services_that_do_not_hear_or_are_behind_are_told(group: Group, verdict: Verdict, words: str) -> None:
    found = topics.groups_judged([Group("render", 2, 0), group])
    assert (found.verdict, words in found.words, bool(found.advice)) == (verdict, True, verdict is not Verdict.FINE)


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("PostgreSQL 18.6 answers", None),
        ("PostgreSQL 16.2 answers", Verdict.NOTE),
        ("PostgreSQL 13.1 answers", Verdict.WRONG),
        ("valkey 9.1.2 answers", None),
        ("redis 6.0.16 answers", Verdict.WRONG),
        ("answers, 12 topics", None),
    ],
)
def test_servers_that_are_too_old_are_told(words: str, verdict: Verdict | None) -> None:
    found = versions.judged("server", words)
    assert (found.verdict if found else None) is verdict


@pytest.mark.parametrize(
    "error",
    [asyncpg.InvalidPasswordError("no"), AuthenticationError("no"), SaslAuthenticationFailed("no"), s3("AccessDenied")],
)
def test_wrong_credentials_are_told_as_such(error: Exception) -> None:
    words, advice = told(error, "DATABASE_URL")
    assert "credentials" in words
    assert "DATABASE_URL" in advice


def test_a_store_that_finds_our_clock_wrong_is_told() -> None:
    assert "clock" in told(s3("RequestTimeTooSkewed"), "S3_ENDPOINT")[0]


@pytest.mark.parametrize("error", [ConnectionRefusedError("no"), KafkaConnectionError("no")])
def test_a_server_that_is_down_cannot_be_reached(error: Exception) -> None:
    assert told(error, "KAFKA_BOOTSTRAP_SERVERS")[0].startswith("cannot be reached")


def test_what_nobody_foresaw_is_told_in_its_own_words() -> None:
    assert told(RuntimeError("odd"), "REDIS_URL")[0] == "RuntimeError: odd"


@dataclass(frozen=True)
class Face:
    package: str
    path: str


def test_fonts_that_are_missing_are_named() -> None:
    found = belongings.fonts([Face("no_such_package", "inter/Inter.ttf"), Face("philo", "none.ttf")], shaped=True)
    assert verdicts([found]) == [("fonts", Verdict.WRONG)]
    assert "no_such_package (Inter.ttf)" in found.words


def test_letters_that_cannot_be_joined_are_told() -> None:
    assert verdicts([belongings.fonts([], shaped=False)]) == [("fonts", Verdict.WRONG)]


@pytest.mark.parametrize(
    ("speaking", "broken", "verdict"),
    [
        ({"piper", "espeak"}, {}, Verdict.FINE),
        ({"espeak"}, {}, Verdict.NOTE),
        (set(), {}, Verdict.WRONG),
        ({"piper", "espeak"}, {"piper:de": "not the file"}, Verdict.WRONG),
    ],
)
def test_voices_that_are_missing_or_damaged_are_told(
    speaking: set[str], broken: dict[str, str], verdict: Verdict
) -> None:
    assert belongings.voices(speaking, broken).verdict is verdict


def test_it_ends_with_1_when_something_is_wrong_and_only_then() -> None:
    fair = [fine("a", "well"), note("b", "hm")]
    assert [
        code(fair, strict=False),
        code(fair, strict=True),
        code([*fair, wrong("c", "no", "mend")], strict=False),
    ] == [
        0,
        1,
        1,
    ]


def test_programs_are_told_in_json() -> None:
    told = json.loads(json.dumps(facts([fine("a", "well"), wrong("c", "no", "mend")])))
    assert told["well"] is False
    assert told["findings"][1] == {"name": "c", "verdict": "wrong", "words": "no", "advice": "mend"}
