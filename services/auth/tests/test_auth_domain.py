"""The rules of accounts, without any machine."""

import pytest

from philo_auth.domain import email_of, one_spelling, password_of, username_of


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
