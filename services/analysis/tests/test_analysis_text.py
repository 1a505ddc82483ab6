"""Cleaning, sentences and languages."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from philo_analysis.text.cleaning import clean
from philo_analysis.text.languages import detect
from philo_analysis.text.sentences import split

SENTENCES = {
    "plain": ["The sun rose.", "Birds sang!", "Was it spring?", "Yes."],
    "decimals": ["Pi is 3.14 or so.", "Costs fell by 2.5 percent."],
    "titles": ["Mr. Smith met Dr. Jones on St. James St. at noon.", "They talked."],
    "initials": ["J. R. R. Tolkien wrote it.", "John F. Kennedy read it."],
    "seldom last": [
        "He was born in the U.S. Senate building.",
        "She lives in the U.S.",
        "They met at 5 p.m.",
        "It rained.",
    ],
    "i.e. and e.g.": ["Bring fruit, e.g. apples, i.e. something sweet.", "Then go."],
    "companies": ["Acme Inc. was sold to Ford Motor Co. last year.", "They left."],
    "numbered": ["See no. 5 and fig. 2 on p. 17.", "Done."],
    "ellipsis goes on": ["He waited... and waited.", "Nothing…", "Then a knock."],
    "quotes": ['"Stop!" he said.', '"Who is there?"', "Nobody answered."],
    "said with a name": ['"Come in!" Mary said.', '"Are you cold?" the old man asked.', "She nodded."],
    "curly quotes": ["“It is late.”", "“Go home.”", "She went."],
    "brackets": ["It fell (nobody knew why).", "(See below.)", "The end."],
    "marks together": ["What?!", "No way!!!", "Well..."],
    "interrobang in quotes": ["She cried “Really?!”", "He smiled."],
    "chinese": ["雨停了。", "天亮了！", "你好吗？", "很好；", "走吧。"],
    "chinese quotes": ["老人说：“好雨，茶叶喝饱了。”", "孩子们笑了。"],
    "chinese speech then who": ["“你好！”他说。", "「走吧！」老人笑着说。", "天黑了。"],
    "chinese ellipsis": ["他走了很久……", "天黑了。"],
    "chinese stammer": ["我……我不知道。", "好吧。"],
    "chinese with numbers": ["圆周率是3.14。", "价格是2.5元。"],
    "mixed": ["他说 Hello.", "然后 Tom 走了。"],
    "no end mark": ["A cat on a sofa"],
    "spanish": ["¿Dónde está?", "¡Aquí!", "Bien."],
}


@pytest.mark.parametrize("sentences", SENTENCES.values(), ids=SENTENCES)
def test_sentences_are_found(sentences):
    chinese = any("\u4e00" <= character <= "\u9fff" for character in "".join(sentences))
    text = "".join(sentences) if chinese and "Hello" not in sentences[0] else " ".join(sentences)
    assert list(split(text)) == sentences


@given(st.text(alphabet="ab AB.!?…。！？；”“\"'（）,，J1说 ", max_size=60))
def test_splitting_loses_nothing(text):
    assert re.sub(r"\s", "", "".join(split(text))) == re.sub(r"\s", "", text)


MARKS = st.sampled_from(["", "# ", "## ", "- ", "* ", "> ", "• "])
ENDS = st.sampled_from(["", ".", "。", "\n", "**"])


def scripts(max_codepoint):
    """Marked lines of words made of letters up to this one."""
    words = st.text(
        alphabet=st.characters(categories=["Lu", "Ll", "Lo"], max_codepoint=max_codepoint), min_size=1, max_size=8
    )
    lines = st.tuples(MARKS, st.lists(words, min_size=1, max_size=6).map(" ".join), ENDS)
    return st.lists(lines.map(lambda line: written(*line)), max_size=8).map("\n".join)


def written(mark, line, end):
    return mark + (f"**{line}**" if end == "**" else line + end)


def found(pattern, raw):
    """What of it is in a script, and what is left of it in the cleaned one."""
    script = clean(raw)
    kept = "\n".join([script.title or "", *(line for told in script.paragraphs for line in (told.heading, told.text))])
    return [re.findall(pattern, text) for text in (unicodedata.normalize("NFC", raw), kept)]


@settings(max_examples=40, deadline=None)
@given(scripts(max_codepoint=0xFFFF))
def test_cleaning_loses_no_letter_of_any_language(raw):
    before, after = found(r"\w", raw)
    assert after == before


@settings(max_examples=40, deadline=None)
@given(scripts(max_codepoint=0x24F))
def test_cleaning_loses_no_word(raw):
    """Where words are written apart; lines of Chinese are joined without a space, as they should be."""
    before, after = found(r"\w+", raw)
    assert after == before


def paragraphs(raw):
    return [paragraph.text for paragraph in clean(raw).paragraphs]


def test_characters_that_cannot_be_seen_are_gone():
    assert paragraphs("A\u200b cat\u00a0sat\u0007 on\ufeff a\u3000mat.\r\nIt  slept.") == [
        "A cat sat on a mat.",
        "It slept.",
    ]


def test_letters_are_composed():
    assert paragraphs("Cafe\u0301 noir.") == ["Café noir."]


def test_markdown_marks_are_gone_and_items_end():
    raw = "Some *fine* and **bold** `code`, [a link](http://x.org/a_(b)).\n\n- eggs\n- milk\n\n1. Wash\n2. Dry\n\n> Quoted."
    assert paragraphs(raw) == ["Some fine and bold code, a link.", "eggs.", "milk.", "Wash.", "Dry.", "Quoted."]


def test_marks_that_are_words_stay():
    assert paragraphs("2 * 3 * 4 is 24, snake_case_name too.\n\n1984. It was cold.") == [
        "2 * 3 * 4 is 24, snake_case_name too.",
        "1984. It was cold.",
    ]


def test_wrapped_lines_are_one_paragraph():
    assert paragraphs("It was a long\nnight at the\nsea.\n\nDawn came\nslowly.") == [
        "It was a long night at the sea.",
        "Dawn came slowly.",
    ]


def test_wrapped_chinese_lines_are_joined_without_a_space():
    assert paragraphs("清晨的山谷\n里很安静。\n\n鸟叫了。") == ["清晨的山谷里很安静。", "鸟叫了。"]


TITLES = [
    ("# The Sea\n\nWaves came.", "The Sea"),
    ("The Sea\n\nWaves came.", "The Sea"),
    ("The Sea\nThe waves came in from the far north.", "The Sea"),
    ("**The Sea**\nWaves came.", "The Sea"),
    ("Title: The Sea\nWaves came.", "The Sea"),
    ("The Sea\n=======\nWaves came.", "The Sea"),
    ("《大海》\n海浪来了。", "大海"),
    ("标题：大海\n海浪来了。", "大海"),
    ("茶山上的灯笼\n\n清晨，薄雾漫过山谷。", "茶山上的灯笼"),
    ("Waves came. The wind rose.\n\nIt was night.", None),
    ("Run!\n\nThe waves came.", None),
    ("A cat on a sofa", None),
    ("He walked along the\nshore and saw a boat.", None),
    ("- eggs\n\nBuy them.", None),
]


@pytest.mark.parametrize(("raw", "title"), TITLES)
def test_a_leading_title_is_recognised(raw, title):
    assert clean(raw).title == title


def test_a_screenplay_knows_who_speaks_and_says_only_the_words():
    raw = (
        "INT. KITCHEN - NIGHT\n\nMARY stands.\n\nMARY\n(softly)\nYou came\nback.\n\n"
        "CUT TO:\n\nEXT. HARBOUR - DAWN\n\nGulls cry."
    )
    script = clean(raw)
    assert [(told.heading, told.speaker, told.text) for told in script.paragraphs] == [
        ("INT. KITCHEN - NIGHT", "", "Mary stands."),
        ("", "Mary", "You came back."),
        ("EXT. HARBOUR - DAWN", "", "Gulls cry."),
    ]


LANGUAGES = {
    "en": [
        "Hi",
        "Go!",
        "A cat.",
        "Hello world",
        "The lamp.",
        "A storm at sea",
        "Kyoto",
        "3.14",
        "",
        "😀",
        "Python loops",
    ],
    "zh": ["你好", "老人在 island 上种花，他叫 Tom。", "床前明月光"],
    "ja": ["猫が寝ています。"],
    "ko": ["고양이가 잔다."],
    "ru": ["Кошка спит."],
    "uk": ["Кіт спить на дивані."],
    "ar": ["القطة نائمة"],
    "hi": ["बिल्ली सो रही है"],
    "es": ["El gato duerme en la casa."],
    "fr": ["Le chat dort."],
    "de": ["Der Hund schläft im Garten."],
    "pt": ["O mar está calmo hoje."],
    "it": ["Il gatto dorme sul tavolo."],
    "nl": ["De kat slaapt op de bank."],
    "pl": ["Kot śpi na kanapie."],
    "tr": ["Kedi uyuyor."],
    "vi": ["Con mèo đang ngủ."],
}


@pytest.mark.parametrize(("language", "text"), [(tag, text) for tag, texts in LANGUAGES.items() for text in texts])
def test_languages_are_detected_even_in_short_texts(language, text):
    assert detect(text) == language
