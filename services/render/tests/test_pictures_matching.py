"""Words and what they show."""

import csv
from collections import Counter
from importlib.resources import files

import pytest

from philo_contracts.shapes import Mood, Scene
from philo_render.pictures import compose
from philo_render.pictures.gazetteer import gazetteer
from philo_render.pictures.matching.lexicon import lexicon, words
from philo_render.pictures.pack import icons
from philo_render.pictures.palette import palette
from philo_render.pictures.registry import all_backdrops, all_props
from philo_render.pictures.seating import as_icon

WIDE = (1280, 720)


def scene(narration: str, language: str = "en", mood: Mood = Mood.NEUTRAL, tags: tuple[str, ...] = ()) -> Scene:
    return Scene(
        id="s", index=0, title="", narration=narration, visual_prompt="", mood=mood, tags=tags, language=language
    )


CLEAR = [
    ("en", "An old lighthouse keeper tends a small garden on a rocky island.", {"coast"}, "keeper"),
    ("en", "One night a storm comes over the sea and thunder shakes the rocks.", {"storm"}, None),
    ("en", "The lamp fails, and he carries a lantern up the stairs of the tower.", {"stairs"}, None),
    ("en", "A fishing boat sees the light and finds the harbour.", {"harbour"}, "fishing-boat"),
    ("en", "In spring the fishermen bring him seeds and the island is full of flowers.", {"bloom"}, "fishermen"),
    ("en", "Deep in the forest the fox met an owl under the moon.", {"forest"}, "fox"),
    ("en", "Revenue grew eighteen percent this quarter, driven by strong sales.", {"chart"}, "money-bag"),
    ("en", "Chop the onion and the garlic, then let the soup simmer in the pan.", {"kitchen"}, "pot-of-food"),
    ("en", "A for loop repeats a block of code in your program.", {"code"}, "laptop"),
    ("en", "A neural network learns from millions of examples.", {"neural"}, "robot"),
    ("en", "The rocket left the launch pad and flew into space.", {"space"}, "rocket"),
    ("en", "The pharaohs built the pyramids in the desert.", {"desert"}, "camel"),
    ("en", "A blue whale feeds on tiny animals in the deep sea.", {"underwater", "sea"}, "spouting-whale"),
    ("en", "Your heart pumps blood through the arteries.", {"medical"}, "anatomical-heart"),
    ("en", "The soldiers crossed the river and the battle was lost.", {"battlefield"}, "soldiers"),
    ("en", "The violin enters alone, and then the whole orchestra answers.", {"theatre"}, "violin"),
    ("en", "The derivative tells us the slope of the tangent line.", {"blueprint"}, "triangular-ruler"),
    ("en", "What is truth? Perhaps freedom is only a direction.", {"flow"}, None),
    ("en", "The ghost of the old widow stood in the abandoned house.", {"moor"}, "ghost"),
    ("en", "At rush hour the streets of the city fill with taxis.", {"city"}, "taxi"),
    ("zh", "清晨的山谷里，老茶农上山采茶。", {"terraces"}, "tea-farmer"),
    ("zh", "夜晚，村子里点起灯笼。", {"village"}, None),
    ("zh", "孩子们坐在一起听故事。", {"room"}, "storyteller"),
    ("zh", "月亮照着河流，山谷安静下来。", {"river"}, None),
    ("zh", "据新华社报道，各国代表今天讨论全球气候变暖。", {"globe"}, None),
    ("zh", "很久以前，嫦娥飞到了月亮上，中秋节人们望着明月。", {"ink"}, "rabbit"),
    ("zh", "央行今天宣布下调利率，刺激经济增长。", {"chart"}, "coin"),
    ("zh", "春节到了，家家户户放鞭炮。", {"lanterns"}, "firecracker"),
    ("zh", "循环让程序重复执行同一段代码。", {"code"}, "laptop"),
    ("zh", "雪下了一整夜，小狐狸踩着厚厚的雪。", {"snow"}, "fox"),
]


@pytest.mark.parametrize(("language", "narration", "places", "thing"), CLEAR)
def test_a_clear_sentence_shows_what_it_says(
    language: str, narration: str, places: set[str], thing: str | None
) -> None:
    plan = compose(scene(narration, language), WIDE, seed=1)
    assert plan.backdrop in places
    assert thing is None or thing in [placed.name for placed in plan.illustrations]


@pytest.mark.parametrize(("language", "narration", "_places", "_thing"), CLEAR)
def test_nothing_appears_where_it_cannot_live(
    language: str, narration: str, _places: set[str], _thing: str | None
) -> None:
    for seed in range(4):
        plan = compose(scene(narration, language), WIDE, seed=seed)
        admits = all_backdrops()[plan.backdrop].admits
        assert all(admits(as_icon(placed.name)) for placed in plan.illustrations)


@pytest.mark.parametrize(
    ("narration", "stranger"),
    [
        ("An elephant dreamed of the coral reef deep underwater.", "elephant"),
        ("They found a bed and a couch in the middle of the desert dunes.", "bed"),
        ("The ship was far away when he crossed the desert on his camel.", "sailing-ship"),
    ],
)
def test_strangers_to_a_place_stay_away(narration: str, stranger: str) -> None:
    assert stranger not in [placed.name for placed in compose(scene(narration), WIDE, seed=2).illustrations]


@pytest.mark.parametrize(
    ("narration", "misread"),
    [
        ("He can train harder and learn to cook.", "locomotive"),
        ("Once upon a time there was a quiet meadow.", "mantelpiece-clock"),
        ("It was a piece of cake for her.", "birthday-cake"),
        ("They watch the rain fall and bear the cold.", "bear"),
        ("她马上回家，心里很高兴。", "horse"),
    ],
)
def test_idioms_and_verbs_are_no_things(narration: str, misread: str) -> None:
    language = "zh" if narration[0] > "\u3000" else "en"
    plan = compose(scene(narration, language), WIDE, seed=1)
    assert misread not in [placed.name for placed in plan.illustrations]


def test_scenes_of_a_film_take_different_places() -> None:
    used: list[str] = []
    for _ in range(5):
        used.append(compose(scene("The boat drifts on the sea."), WIDE, seed=1, avoid=used).backdrop)
    assert len(set(used)) >= 4


def test_heroes_change_sides_from_scene_to_scene() -> None:
    first = compose(scene("A rabbit in the meadow."), WIDE, seed=1)
    second = compose(scene("A rabbit in the meadow."), WIDE, seed=1, avoid=["sea"])
    assert first.left != second.left


def test_night_words_darken_the_open_air() -> None:
    assert palette(compose(scene("A rabbit sits on the hill at night."), WIDE, seed=1).palette).dark


def test_tags_speak_only_when_the_text_names_nothing() -> None:
    plan = compose(scene("The fox met an owl in the forest.", tags=("computer", "bread")), WIDE, seed=1)
    assert {placed.name for placed in plan.illustrations} <= {"fox", "owl"}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_empty_narration_still_gives_a_picture(language: str) -> None:
    plan = compose(scene("", language), WIDE, seed=1)
    assert plan.backdrop in all_backdrops()
    assert plan.illustrations == ()


def test_what_the_author_wants_to_see_counts() -> None:
    wish = scene("And so it ended.").model_copy(update={"visual_prompt": "a lighthouse on a rocky island at night"})
    assert compose(wish, WIDE, seed=1).backdrop == "coast"


def test_cues_name_only_things_and_places_that_exist() -> None:
    known = set(icons()) | set(all_props())
    for cue in (*lexicon().english.values(), *lexicon().chinese.values()):
        assert set(cue.illustrations) <= known, cue
        assert not set(cue.illustrations) & (words().banned - set(all_props())), cue
        assert not cue.backdrop or cue.backdrop in all_backdrops(), cue


def test_kin_and_homes_are_places_that_exist() -> None:
    places = gazetteer()
    named = {name for row in (*places.kin.values(), *places.homes.values()) for name in row} | set(places.kin)
    assert named <= set(all_backdrops())
    assert set(all_backdrops()) <= set(places.kin)


def test_no_word_stands_in_two_rows_of_the_cue_table() -> None:
    table = files("philo_render.pictures.matching").joinpath("cues.csv").read_text("utf-8").splitlines()
    cells = [(row["english"] + "," + row["chinese"]).split(",") for row in csv.DictReader(table, delimiter=";")]
    counted = Counter(word.strip() for cell in cells for word in cell if word.strip())
    assert [word for word, times in counted.items() if times > 1] == []
