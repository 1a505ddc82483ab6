import pytest
from hypothesis import given
from hypothesis import strategies as st

from philo_tts.speech import clean, speak_plan
from philo_tts.speech.english_numbers import cardinal, ordinal, year


def said(text):
    return " ".join(word for token in speak_plan(text, "en") for word in token.spoken)


@pytest.mark.parametrize(
    ("shown", "spoken"),
    [
        ("1,234,567 people", "one million two hundred thirty-four thousand five hundred sixty-seven people"),
        ("3.14", "three point one four"),
        ("-7 and +3", "minus seven and plus three"),
        ("the 21st of 100", "the twenty-first of one hundred"),
        ("agent 007", "agent zero zero seven"),
        (
            "in 1984, 2005, 1905 and 1900",
            "in nineteen eighty-four two thousand five nineteen oh five and nineteen hundred",
        ),
        ("the 1990s and '90s", "the nineteen nineties and nineties"),
        ("1990-1995", "nineteen ninety to nineteen ninety-five"),
        ("12.5% of 1984 km", "twelve point five percent of one thousand nine hundred eighty-four kilometers"),
        ("$5.50 or $1 or £0.99", "five dollars and fifty cents or one dollar or ninety-nine pence"),
        ("$5 million", "five million dollars"),
        ("€3.5m and 5€", "three point five million euros and five euros"),
        ("May 5, 2024", "May fifth twenty twenty-four"),
        ("2024-01-05 12/25/2023", "January fifth twenty twenty-four December twenty-fifth twenty twenty-three"),
        ("at 3:30 p.m. and 10:00 and 9am", "at three thirty P M and ten o'clock and nine eigh M"),
        ("5km/h, 1 km, 30°C", "five kilometers per hour one kilometer thirty degrees Celsius"),
        ("20 ms", "twenty milliseconds"),
        ("1/2 and 3/4", "one half and three quarters"),
        ("Dr. Smith and Mr. Jones", "doctor Smith and mister Jones"),
        ("on Baker St. near St. Paul", "on Baker street near saint Paul"),
        ("e.g. this, i.e. that, etc.", "for example this that is that et cetera"),
        ("No. 7, no.", "number seven no"),
        ("https://philo.dev/a-b", "philo dot dev slash a dash b"),
        ("me@x.org", "me at x dot org"),
        ("NASA and the FBI", "NASA and the F B I"),
        ("LET US GO, IT IS 5 PM", "LET us GO it IS five P M"),
        ("Henry VIII, World War II", "Henry the eighth World War two"),
        ("Chapter I and I", "Chapter one and I"),
        ("R&D, AT&T, salt & pepper", "R and D eigh T and T salt and pepper"),
        ("3 × 4 = 12 @ #1", "three times four equals twelve at number one"),
        ("MP4 COVID-19 H2O", "M P four COVID nineteen H two O"),
        ("don’t and/or well-known", "don't and or well-known"),
    ],
)
def test_is_written_out_as_it_is_said(shown, spoken):
    assert said(shown) == spoken


@pytest.mark.parametrize("text", ["", "...", "👋 🎉", "— ! ?", "\x00\x07"])
def test_a_text_without_words_has_no_tokens(text):
    assert speak_plan(text, "en") == ()


def test_a_sum_and_its_magnitude_keep_their_own_words():
    assert [(token.shown, token.spoken) for token in speak_plan("$5 million.", "en")] == [
        ("$5", ("five",)),
        ("million.", ("million", "dollars")),
    ]


def test_punctuation_stays_with_its_word_and_tells_the_pause():
    tokens = speak_plan('"Hello," she said 👋 — really?', "en")
    assert [(token.shown, token.pause) for token in tokens] == [
        ('"Hello,"', ","),
        ("she", ""),
        ("said 👋 —", "—"),
        ("really?", "?"),
    ]


def test_the_full_stop_of_a_short_form_makes_no_pause():
    assert [token.pause for token in speak_plan("Dr. J. Smith left at 3 p.m. today.", "en")] == [*[""] * 7, "."]


@given(st.text(max_size=60), st.sampled_from(["en", "zh", "fr", "ja"]))
def test_every_token_is_spoken_and_together_they_show_the_text(text, language):
    tokens = speak_plan(text, language)
    assert all(token.spoken and all(token.spoken) for token in tokens)
    if tokens:
        assert "".join("".join(token.shown for token in tokens).split()) == "".join(clean(text).split())


@given(st.text(alphabet="0123456789.,:/-$€%°ackm& #IVX'年个月点", max_size=12), st.sampled_from(["en", "zh"]))
def test_no_figure_is_too_strange_to_be_said(text, language):
    words = [word for token in speak_plan(text, language) for word in token.spoken]
    assert not any(sign.isdecimal() for word in words for sign in word)


@given(st.integers(0, 10**15 - 1))
def test_a_cardinal_has_no_figures_and_begins_its_ordinal(number):
    words = cardinal(number)
    assert all(word.replace("-", "").isalpha() for word in words)
    assert ordinal(number)[:-1] == words[:-1]


def test_years_are_said_in_pairs():
    assert year(1066) == ("ten", "sixty-six")


@pytest.mark.parametrize(
    ("text", "pauses"), [("See e.g., this.", ["", ",", "."]), ("Baker St., London", ["", ",", ""])]
)
def test_a_comma_after_a_short_form_is_a_comma(text, pauses):
    assert [token.pause for token in speak_plan(text, "en")] == pauses
