"""What texts come as: subtitles, web pages, notes with code, verse, dialogues. Only the words are spoken."""

import pytest

from philo_analysis.extractive import read
from philo_analysis.text.cleaning import clean


def told(raw):
    return [paragraph.text for paragraph in clean(raw).paragraphs]


SRT = (
    "1\n00:00:01,000 --> 00:00:02,500\n<i>The ship sailed\n"
    "at dawn.</i>\n\n2\n00:00:02,600 --> 00:00:04,000\n- It was 1912.\n\n"
    "3\n00:00:09,000 --> 00:00:10,000\n[thunder]\nThen it sank.\n"
)
VTT = (
    "WEBVTT\n\nSTYLE\n::cue { color: red }\n\n00:01.000 --> 00:02.500 align:start\nThe ship sailed.\n\n"
    "NOTE nothing\n\n00:02.600 --> 00:04.000\n<v Ann>It sank."
)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (SRT, ["The ship sailed at dawn. It was 1912.", "Then it sank."]),
        (SRT.replace("\n", "\r\n"), ["The ship sailed at dawn. It was 1912.", "Then it sank."]),
        (VTT, ["The ship sailed. It sank."]),
    ],
    ids=["srt", "srt of Windows", "vtt"],
)
def test_of_subtitles_only_the_words_are_spoken(raw, words):
    assert told(raw) == words


ADDRESSES = [
    ("See https://www.example.org/a/b?c=d#e, then go.", "See example.org, then go."),
    ("More (https://example.org/x) below.", "More below."),
    ("[The page](https://example.org/a_(b)) is old.", "The page is old."),
    ("Go.\n\nhttps://example.org/x\n\nStay.", "Go. Stay."),
    ("详情见https://example.cn/新闻。再见。", "详情见example.cn。再见。"),
]


@pytest.mark.parametrize(("raw", "words"), ADDRESSES)
def test_of_a_web_address_the_site_is_spoken(raw, words):
    assert " ".join(told(raw)) == words


def test_code_is_left_out_and_that_is_said():
    reading = read("Type this.\n\n```python\nprint(1)\n```\n\nIt prints one.")
    assert (reading.scenes[0].narration, reading.notices) == ("Type this. It prints one.", ("code_left_out",))


@pytest.mark.parametrize("raw", ["Wait.\n\n```\nIt is open.", "```\nAll of it is fenced.\n```"])
def test_what_is_all_there_is_to_say_is_no_code(raw):
    reading = read(raw)
    assert "It is open." in reading.scenes[0].narration or reading.scenes[0].narration == "All of it is fenced."
    assert reading.notices == ()


def test_headings_are_titles_and_are_not_spoken():
    reading = read("# Tea\n\n## 1. The leaf\n\nIt is picked by hand.\n\n## 2. The water\n\nIt must not boil.")
    assert reading.title == "Tea"
    assert [(scene.title, scene.narration) for scene in reading.scenes] == [
        ("The leaf", "It is picked by hand."),
        ("The water", "It must not boil."),
    ]


def test_a_heading_over_nothing_is_spoken():
    assert told("It rains.\n\n## The end") == ["It rains.", "The end."]


VERSE = "O wind of the west\nThat knows no rest,\nCome over the sea\nAnd sing to me."


def test_verse_is_spoken_line_by_line():
    [stanza] = clean(VERSE).paragraphs
    assert stanza.sentences == ("O wind of the west,", "That knows no rest,", "Come over the sea,", "And sing to me.")


def test_no_scene_begins_within_a_line_of_verse():
    lines = clean(VERSE).paragraphs[0].sentences
    for scene in read("\n\n".join([VERSE] * 4)).scenes:
        assert scene.narration.startswith(lines)


@pytest.mark.parametrize(
    "raw",
    [
        "It was a long\nnight at the\nsea, and nobody\ncame.",
        "The cat ran.\nThe dog sat.\nThe bird sang.",
        "清晨的山谷里非常\n安静，只有几只小鸟\n在枝头唱着歌，天亮\n了。",
    ],
)
def test_wrapped_prose_is_no_verse(raw):
    assert not any(paragraph.verse for paragraph in clean(raw).paragraphs)


def test_in_a_dialogue_names_are_not_spoken_and_who_speaks_is_shown():
    reading = read("Ann: Is it far?\nBob: A mile or two.\nAnn: Then let us go.\nBob: (softly) Wait for me.")
    assert reading.scenes[0].narration == "Is it far? A mile or two. Then let us go. Wait for me."
    assert {"Ann", "Bob"} <= set(reading.characters)
    assert "Ann" in reading.scenes[0].visual_prompt


def test_a_list_of_facts_is_no_dialogue():
    assert told("Length: two metres\nWeight: nine kilos\nColour: dark blue\nPrice: four euros")[0].startswith("Length:")


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("INT. OLD MILL - NIGHT", "Old Mill"),
        ("EXT. ROOF OF THE WORLD - CONTINUOUS", "Roof of the World"),
        ("第三场 外景 石桥 黎明", "石桥"),
    ],
)
def test_the_heading_of_a_screenplay_names_its_place(heading, title):
    assert read(f"{heading}\n\nNobody is there.").scenes[0].title == title


def test_the_heading_of_a_screenplay_says_what_is_seen():
    scene = read("EXT. LIGHTHOUSE - NIGHT\n\nNobody is there.").scenes[0]
    assert {"lighthouse", "night"} <= set(scene.tags)


def test_a_language_without_word_lists_is_told_in_its_own_words():
    told = read("El viejo pescador vivía en la costa. Cada noche miraba las estrellas.", language="es")
    assert told.title == "El viejo pescador vivía en la costa"
    assert told.scenes[0].visual_prompt.startswith("El viejo pescador vivía")
