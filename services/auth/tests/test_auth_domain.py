"""The rules of accounts, without any machine."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from philo_auth.domain import GRACE, ShownToken, Verdict, email_of, judge, one_spelling, password_of, username_of

NOW = datetime(2026, 1, 1, tzinfo=UTC)
LATER = NOW + timedelta(days=7)


def shown(**changed) -> ShownToken:
    fresh = {"expires_at": LATER, "used_at": None, "successor_used": False, "family_revoked": False}
    return ShownToken(**fresh | changed)


def test_a_fresh_token_is_rotated():
    assert judge(shown(), NOW) is Verdict.ROTATE


def test_a_token_is_good_until_it_expires():
    assert judge(shown(), LATER - timedelta(seconds=1)) is Verdict.ROTATE
    assert judge(shown(), LATER) is Verdict.EXPIRED


def test_the_predecessor_of_an_unused_token_has_grace():
    assert judge(shown(used_at=NOW), NOW + GRACE) is Verdict.ROTATE


def test_after_the_grace_it_is_reuse():
    assert judge(shown(used_at=NOW), NOW + GRACE + timedelta(microseconds=1)) is Verdict.REUSED


def test_once_its_successor_was_used_there_is_no_grace():
    assert judge(shown(used_at=NOW, successor_used=True), NOW) is Verdict.REUSED


@given(
    used=st.none() | st.integers(-1000, 1000).map(lambda seconds: NOW + timedelta(seconds=seconds)),
    successor=st.booleans(),
    expires=st.integers(-1000, 1000).map(lambda seconds: NOW + timedelta(seconds=seconds)),
)
def test_nothing_is_rotated_in_a_revoked_family(used, successor, expires):
    token = shown(used_at=used, successor_used=successor, expires_at=expires, family_revoked=True)
    assert judge(token, NOW) is Verdict.REVOKED


@pytest.mark.parametrize("text", ["Ada@Example.org", " ada@example.org ", "ADA@EXAMPLE.ORG"])
def test_an_email_has_one_spelling(text):
    assert email_of(text) == "ada@example.org"


@pytest.mark.parametrize("text", ["", "ada", "ada@", "@example.org", "a b@example.org", "ada@localhost", "a@b@c.org"])
def test_what_is_no_email_is_refused(text):
    with pytest.raises(ValueError, match="not an email address"):
        email_of(text)


@pytest.mark.parametrize("name", ["ada", "小明", "Ada.Lovelace", "a-b_c.d", "7of9", "x" * 32])
def test_a_username_may_be(name):
    assert username_of(name) == name


@pytest.mark.parametrize(
    "name", ["a", "x" * 33, " ", "_ada", "-", "ada lovelace", "ada@x", "a/b", "ada\u200b", "ada\n!"]
)
def test_a_username_may_not_be(name):
    with pytest.raises(ValueError, match="A username has"):
        username_of(name)


def test_usernames_that_differ_in_case_or_width_are_the_same():
    assert one_spelling(username_of("ＡＤＡ")) == one_spelling(username_of("ada"))


@pytest.mark.parametrize("password", ["x" * 8, "x" * 200, "correct horse", "密码密码密码密码"])
def test_a_password_of_8_to_200_characters_is_taken(password):
    assert password_of(password) == password


@pytest.mark.parametrize(
    ("password", "words"), [("x" * 7, "at least 8"), ("", "at least 8"), ("x" * 201, "at most 200")]
)
def test_another_length_is_refused_in_words(password, words):
    with pytest.raises(ValueError, match=words):
        password_of(password)


def test_the_same_password_from_another_keyboard_is_the_same():
    assert password_of("re\u0301sume\u0301-2026") == password_of("r\u00e9sum\u00e9-2026")
