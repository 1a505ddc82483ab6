"""A font of one's own: taken as what it is, and what it lacks is written by others, never as a box."""

import numpy as np
import pytest
from render_fonts import block_font, packed

from philo_contracts.shapes import VideoConfig
from philo_render.film import draw_chunk, missing_glyphs, plain, plan, uncovered, uploaded
from philo_render.film.draw import stills
from philo_render.film.fallback import chain_for, drawn_by, runs
from philo_render.film.faults import BrokenFontError, MissingFontError
from philo_render.film.fonts import HAN_SIMPLE, INTER, coverage
from philo_render.film.own_font import KEPT, in_hand
from philo_render.film.planes import planes_of
from philo_render.film.typesetting import Style, leading, space

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
BLOCKS = block_font(LETTERS)


def test_a_packed_font_is_the_same_font() -> None:
    face, same = uploaded(plain(BLOCKS)), uploaded(plain(packed(BLOCKS)))
    assert plain(BLOCKS) == BLOCKS
    assert plain(packed(BLOCKS))[:4] == b"\x00\x01\x00\x00"
    assert coverage(same).starts.tolist() == coverage(face).starts.tolist()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no font at all",
        BLOCKS[: len(BLOCKS) // 2],
        packed(BLOCKS)[:-40],
        b"wOF2" + bytes(12) + b"\xff" * 4 + bytes(60),
        b"wOF2" + bytes(100),
        block_font("", also={}),
        block_font(LETTERS, seen=False),
    ],
    ids=["empty", "text", "torn", "torn_packed", "promises_gigabytes", "hollow", "without_letters", "invisible"],
)
def test_what_writes_nothing_is_refused_with_words(data: bytes) -> None:
    with pytest.raises(BrokenFontError, match="WOFF2"):
        plain(data)


def test_it_writes_all_that_it_can_and_others_the_rest() -> None:
    face = uploaded(BLOCKS)
    chain = (face, *chain_for("moon 月 5"))
    assert runs("moon月5", chain) == [("moon", face), ("月", HAN_SIMPLE), ("5", INTER)]
    assert uncovered("moon 月 5", face) == ("月", "5")


def test_what_it_maps_to_the_box_for_missing_signs_it_does_not_have() -> None:
    face = uploaded(block_font(LETTERS, also={0x1242F: ".notdef"}))
    assert missing_glyphs("a \U0001242f", face) == ("\U0001242f",)
    assert missing_glyphs("a \U0001242f", uploaded(block_font(LETTERS + "\U0001242f"))) == ()


def test_small_letters_are_set_larger_and_high_fonts_wider_apart() -> None:
    small, high = uploaded(block_font(LETTERS, small=420)), uploaded(block_font(LETTERS, high=1600))
    assert (small.look, uploaded(BLOCKS).look) == (pytest.approx(1.3, abs=0.01), pytest.approx(1.0))
    assert leading("moon", Style((high,), 40, 400)) > leading("moon", Style((uploaded(BLOCKS),), 40, 400)) + 0.3


def test_spaces_are_as_wide_as_in_the_font_that_has_one() -> None:
    face = uploaded(BLOCKS)
    assert space(Style((face, INTER), 100, 400)) == pytest.approx(60, abs=1)


def written(narrations, small, font: str | None):
    chunk = next(one for one in plan(narrations[:1], VideoConfig(), "T", format_=small).placed[0].chunks if one.cues)
    return chunk.model_copy(update={"font": font})


def test_a_chunk_is_another_one_in_another_font(narrations, small) -> None:
    assert len({written(narrations, small, font).key for font in (None, "fonts/a.ttf", "fonts/b.ttf")}) == 3


def test_subtitles_are_written_with_it_and_equal_to_the_byte(narrations, pictures, small) -> None:
    key = "fonts/blocks.ttf"
    plain_chunk, own = written(narrations, small, None), written(narrations, small, key)
    sources = {**pictures, key: BLOCKS}
    cue = own.cues[0]
    frame = (cue.first_frame + cue.end_frame) // 2
    before, after = (planes_of(next(stills(chunk, sources, [frame]))).y.astype(int) for chunk in (plain_chunk, own))
    rows = np.flatnonzero(np.abs(after - before).max(axis=1) > 60)
    assert rows.size
    assert rows.min() > small.height * 0.7
    assert draw_chunk(own, sources) == draw_chunk(own, sources)


def test_a_font_that_was_not_handed_over_is_told(narrations, pictures, small) -> None:
    with pytest.raises(MissingFontError, match="fonts/none"):
        draw_chunk(written(narrations, small, "fonts/none"), pictures)


def test_what_is_remembered_of_strangers_fonts_is_let_go() -> None:
    for number in range(3 * KEPT):
        face = in_hand(f"fonts/{number}", block_font(LETTERS[: 4 + number]))
        drawn_by("a", (face,))
    assert coverage.cache_info().currsize <= 2 * KEPT
