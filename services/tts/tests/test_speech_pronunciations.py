import pytest

from philo_tts.speech import speak_plan
from philo_tts.speech.pronunciations import named


@pytest.mark.parametrize(
    ("text", "language", "wishes", "spoken"),
    [
        ("Mr. Cholmondeley spoke.", "en", {"Cholmondeley": "chumley"}, ["mister", "chumley", "spoke"]),
        ("Cholmondeley's dog", "en", {"Cholmondeley": "chumley"}, ["chumley's", "dog"]),
        ("GIF, gif and Gif", "en", {"gif": "jif"}, ["jif", "jif", "and", "jif"]),
        ("us in the US", "en", {"US": "United States"}, ["us", "in", "the", "United States"]),
        ("in New Orleans now", "en", {"New Orleans": "noo orlins"}, ["in", "noo", "orlins", "now"]),
        ("1984 by Orwell", "en", {"1984": "one nine eight four"}, ["one nine eight four", "by", "Orwell"]),
        ("去重庆了", "zh", {"重庆": "虫庆"}, ["去", "虫", "庆", "了"]),
        ("用LLaMA写", "zh", {"LLaMA": "拉马"}, ["用", "拉 马", "写"]),
        ("Der Porsche", "de", {"porsche": "porschə"}, ["Der", "porschə"]),
    ],
)
def test_a_wished_pronunciation_goes_before_every_rule(text, language, wishes, spoken):
    assert [" ".join(token.spoken) for token in speak_plan(text, language, wishes)] == spoken


def test_words_that_are_said_as_fewer_stay_shown():
    tokens = speak_plan("See Worcester Shire here.", "en", {"Worcester Shire": "woostershir"})
    assert [(token.shown, token.spoken) for token in tokens][1] == ("Worcester Shire", ("woostershir",))


@pytest.mark.parametrize("wish", [{"": "x"}, {"  ": "x"}, {"fox": ""}, {"...": "x"}])
def test_an_empty_wish_changes_nothing(wish):
    assert speak_plan("A fox.", "en", wish) == speak_plan("A fox.", "en")


def test_only_the_wishes_that_a_text_names_matter_to_it():
    assert named("The GIF of Philo", {"philo": "fee lo", "Zoe": "zo ee", "gif": "jif"}) == {
        "gif": "jif",
        "philo": "fee lo",
    }
