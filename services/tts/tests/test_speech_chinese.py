import pytest

from philo_tts.speech import speak_plan
from philo_tts.speech.chinese_numbers import cardinal


def said(text):
    return "".join(word for token in speak_plan(text, "zh") for word in token.spoken)


@pytest.mark.parametrize(
    ("number", "spoken"),
    [
        (0, "零"), (10, "十"), (11, "十一"), (20, "二十"), (101, "一百零一"), (110, "一百一十"), (200, "二百"),
        (1001, "一千零一"), (1010, "一千零一十"), (2000, "两千"), (10_000, "一万"), (10_001, "一万零一"),
        (10_203, "一万零二百零三"), (100_000, "十万"), (20_000_000, "两千万"), (100_010_000, "一亿零一万"),
        (-5, "负五"),
    ],
)  # fmt: skip
def test_numbers_are_said_in_groups_of_ten_thousand(number, spoken):
    assert cardinal(number) == spoken


@pytest.mark.parametrize(
    ("shown", "spoken"),
    [
        ("2024年5月1日", "二零二四年五月一日"),
        ("2024-01-05", "二零二四年一月五日"),
        ("10:30和8:05", "十点三十分和八点零五分"),
        ("涨了3.5%", "涨了百分之三点五"),
        ("¥100和$5", "一百元和五美元"),
        ("$5万", "五万美元"),
        ("2个，第2名", "两个第二名"),
        ("3-5天", "三到五天"),
        ("1/2", "二分之一"),
        ("5km，-5℃", "五公里负五摄氏度"),
        ("电话13800138000", "电话幺三八零零幺三八零零零"),
        ("1,234人", "一千二百三十四人"),
        ("GPT4很好", "GPT四很好"),
        ("你&我", "你和我"),
    ],
)
def test_is_written_out_as_it_is_said(shown, spoken):
    assert said(shown) == spoken


def test_every_character_is_a_token_and_punctuation_stays_with_its_own():
    tokens = speak_plan("“AI技术”（人工），好！", "zh")
    assert [token.shown for token in tokens] == ["“AI", "技", "术”", "（人", "工），", "好！"]
    assert [token.pause for token in tokens] == ["", "", "", "", ",", "!"]
