"""How phone numbers and codes are written, and what is kept of a code."""

from datetime import timedelta

import pytest

from philo_auth.phones import code_of, keyed, message, new_code, phone_of


@pytest.mark.parametrize(
    "text", ["+4915123456789", "+49 151 2345-6789", " +49 (151) 23456789 ", "004915123456789", "+49.151.23456789"]
)
def test_a_phone_has_one_spelling(text):
    assert phone_of(text) == "+4915123456789"


@pytest.mark.parametrize(
    "text",
    ["", "015123456789", "+0151234567", "+49", "+491512345678901234", "+49x15123456789", "+４９１５１２３４５６７"],
)
def test_what_is_no_phone_is_refused(text):
    with pytest.raises(ValueError, match="with its country code"):
        phone_of(text)


@pytest.mark.parametrize("text", ["042137", " 042 137 ", "042-137"])
def test_a_code_may_be_typed_in_groups(text):
    assert code_of(text) == "042137"


@pytest.mark.parametrize("text", ["", "12345", "1234567", "12345x", "１２３４５６"])
def test_a_code_has_six_digits(text):
    with pytest.raises(ValueError, match="six digits"):
        code_of(text)


def test_new_codes_are_six_digits_and_differ():
    codes = {new_code() for _ in range(200)}
    assert all(code_of(code) == code for code in codes)
    assert len(codes) > 150


def test_what_is_kept_hangs_on_the_key_and_on_the_phone():
    kept = {keyed(key, phone, "042137") for key in (b"a", b"b") for phone in ("+491", "+492")}
    assert len(kept) == 4


def test_a_message_has_its_code_and_its_minutes():
    assert message("{code}: {minutes} min", "042137", timedelta(minutes=5)) == "042137: 5 min"
