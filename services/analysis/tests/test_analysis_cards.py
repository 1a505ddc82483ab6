"""Chapters are found by whatever headings a script has, and shown instead of spoken; strips are few."""

import pytest

from philo_analysis.extractive import read
from philo_analysis.providers.answers import cut_headings, cut_narrations, reading_of
from philo_analysis.providers.prompts import CutScene, CutScript
from philo_analysis.reading import Usage
from philo_analysis.scenes.cards import cards
from philo_analysis.scenes.cast import cast
from philo_analysis.scenes.chapters import card_of
from philo_analysis.scenes.cutting import parts
from philo_analysis.scenes.mentions import APART
from philo_analysis.scenes.passages import Passage
from philo_analysis.text.cleaning import clean
from philo_contracts.shapes import Mood

ONE = "The boats came home one after the other, and the harbour was full of voices."
TWO = "Then the wind turned, and the waves rose higher than the houses on the quay."
EINS = "傍晚的时候，渔船一条一条地回来了，码头上到处都是说话的声音。"
ZWEI = "后来起了大风，浪头比码头上的房子还要高，灯塔上的灯也熄灭了。"
HEADED = [
    ("## The Harbour\n\n{}\n\n## The Storm\n\n{}", ("The Harbour", ""), ("The Storm", "")),
    ("Chapter 1: The Harbour\n\n{}\n\nChapter 2: The Storm\n\n{}", ("The Harbour", "Chapter 1"), ("The Storm", "Chapter 2")),
    ("CHAPTER ONE\n\n{}\n\nCHAPTER TWO\n\n{}", ("Chapter One", ""), ("Chapter Two", "")),
    ("Part I\nThe Harbour\n\n{}\n\nPart II\nThe Storm\n\n{}", ("The Harbour", "Part I"), ("The Storm", "Part II")),
    ("1. The Harbour\n\n{}\n\n2. The Storm\n\n{}", ("The Harbour", "1"), ("The Storm", "2")),
    ("Prologue\n\n{}\n\nEpilogue\n\n{}", ("Prologue", ""), ("Epilogue", "")),
    ("INT. HARBOUR OFFICE - NIGHT\n\n{}\n\nEXT. QUAY - DAWN\n\n{}", ("Harbour Office", "Night"), ("Quay", "Dawn")),
    ("Kapitel 1: Der Hafen\n\n{}\n\nKapitel 2: Der Sturm\n\n{}", ("Der Hafen", "Kapitel 1"), ("Der Sturm", "Kapitel 2")),
]  # fmt: skip
HEADED_HAN = [
    ("第一章 海港\n\n{}\n\n第二章：风暴\n\n{}", ("海港", "第一章"), ("风暴", "第二章")),
    ("第1回 海港\n{}\n第2回 风暴\n{}", ("海港", "第1回"), ("风暴", "第2回")),
    ("一、海港\n\n{}\n\n二、风暴\n\n{}", ("海港", "一"), ("风暴", "二")),
    ("序章\n\n{}\n\n尾声\n\n{}", ("序章", ""), ("尾声", "")),
]


def chapters(reading):
    return [(scene.chapter.text, scene.chapter.note) for scene in reading.scenes if scene.chapter]


@pytest.mark.parametrize(("script", "first", "second"), HEADED + HEADED_HAN)
def test_a_heading_opens_a_chapter_and_is_not_spoken(script, first, second):
    told = (ONE, TWO) if script in {one[0] for one in HEADED} else (EINS, ZWEI)
    reading = read(script.format(*told))
    assert chapters(reading) == [first, second]
    assert "".join("".join(scene.narration.split()) for scene in reading.scenes) == "".join("".join(told).split())


@pytest.mark.parametrize(
    "script",
    [
        f"Part two of the plan was harder. {ONE} {TWO}",
        f"Chapter one was short and sweet.\n\n{ONE}",
        f"You need:\n\n1. A pan\n2. Two eggs\n3. Butter\n\n{ONE}",
        f"1. Open the door.\n\n2. Close the door.\n\n{TWO}",
        f"第一节课讲的是灯塔。\n\n{EINS}",
    ],
)
def test_sentences_and_lists_are_no_chapters(script):
    reading = read(script)
    assert chapters(reading) == []
    said = "".join(scene.narration for scene in reading.scenes)
    assert all(sentence in said for sentence in clean(script).paragraphs[-1].sentences)


def test_a_chapter_that_is_called_like_the_film_has_no_card():
    assert chapters(read(f"## The Harbour\n\n{ONE}", title="The Harbour")) == []


def test_many_short_parts_are_named_on_strips_so_that_the_film_does_not_stop():
    reading = read("\n\n".join(f"## Part of the town {name}\n\n{ONE}" for name in "ABCDEF"))
    assert chapters(reading) == []
    assert [scene.strip.text for scene in reading.scenes] == [f"Part of the town {name}" for name in "ABCDEF"]


def test_cards_stack_the_numbers_of_nested_headings():
    heading = card_of("Part One: Chapter 2: The Storm")
    assert (heading.text, heading.note) == ("The Storm", "Part One · Chapter 2")


def strips(narrations, language="en"):
    told = [Passage(words) for words in narrations]
    return [strip and (strip.text, strip.note) for _, strip in cards(told, cast(told, language), language, "")]


def test_somebody_is_named_when_they_first_come():
    told = ["It was a quiet town.", "Pip was a small brown mouse, and Pip liked cheese.", "Then Pip ran home."]
    assert strips(told) == [None, ("Pip", "small brown mouse"), None]


@pytest.mark.parametrize(
    ("language", "words", "strip"),
    [
        ("en", "On 20 July 1969 two men walked on the dust.", ("20 July 1969", "")),
        ("en", "A tower was built in Paris in 1889.", ("Paris", "1889")),
        ("en", "The walls fell in 79 AD and nobody came back.", ("79 AD", "")),
        ("en", "It rained every day in London.", ("London", "")),
        ("zh", "一九三四年，红军开始了长征。", ("一九三四年", "")),
        ("zh", "1987年9月14日，第一封邮件发了出去。", ("1987年9月14日", "")),
    ],
)
def test_a_date_or_a_place_is_shown_when_it_is_told(language, words, strip):
    quiet = "Nothing else happened." if language == "en" else "后来没有事。"
    assert strips([words, quiet, quiet], language) == [strip, None, None]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "There were 1969 people in the hall."),
        ("en", "He said it in Roman times and in spring."),
        ("zh", "这棵树已经活了1000年了，2000年前的事谁也不知道。"),
        ("de", "Er kam im Jahr 1969 in Berlin an."),
    ],
)
def test_numbers_and_other_capitals_are_no_dates_and_places(language, words):
    assert strips([words, "…", "…"], language)[0] is None


def test_strips_are_few():
    told = [f"In {1900 + year} the town had a new mayor." for year in range(20)]
    shown = [place for place, strip in enumerate(strips(told)) if strip]
    assert shown == list(range(0, 20, APART))


def test_a_model_that_cuts_a_script_leaves_its_chapters_as_they_are():
    script = clean(HEADED[1][0].format(ONE, TWO))
    units = parts(script)
    look = {"title": "A", "visual_prompt": "b", "mood": Mood.CALM, "tags": ["sea"]}
    answer = CutScript(
        title="A", summary="b", characters=[], themes=[], scenes=[CutScene(**look, first=1), CutScene(**look, first=2)]
    )
    narrations = cut_narrations(answer, [unit.text for unit in units])
    usage = Usage(provider="p", model="m")
    told = reading_of(answer, answer.scenes, narrations, "en", None, usage, headings=cut_headings(answer, units))
    assert chapters(told) == [HEADED[1][1], HEADED[1][2]]
