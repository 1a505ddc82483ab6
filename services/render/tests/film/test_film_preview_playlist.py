"""The playlist is what RFC 8216 asks of a list that grows."""

from __future__ import annotations

from fractions import Fraction

from philo_render.film.preview import Listed, playlist

PARTS = [Listed("0.m4s", Fraction(181, 30)), Listed("1.m4s", 7.5)]


def test_a_growing_list_says_what_a_player_must_know_first() -> None:
    assert playlist(PARTS, head="head.mp4", ended=False).splitlines() == [
        "#EXTM3U",
        "#EXT-X-VERSION:7",
        "#EXT-X-TARGETDURATION:15",
        "#EXT-X-MEDIA-SEQUENCE:0",
        "#EXT-X-PLAYLIST-TYPE:EVENT",
        "#EXT-X-INDEPENDENT-SEGMENTS",
        "#EXT-X-START:TIME-OFFSET=0,PRECISE=YES",
        '#EXT-X-MAP:URI="head.mp4"',
        "#EXTINF:6.033333,",
        "0.m4s",
        "#EXTINF:7.500000,",
        "1.m4s",
    ]


def test_a_list_only_grows() -> None:
    former, whole = (playlist(PARTS[:count], head="head.mp4", ended=False) for count in (1, 2))
    assert whole.startswith(former)


def test_a_finished_list_says_so_at_its_end() -> None:
    growing = playlist(PARTS, head="head.mp4", ended=False)
    assert playlist(PARTS, head="head.mp4", ended=True) == growing + "#EXT-X-ENDLIST\n"


def test_no_part_is_longer_than_the_target() -> None:
    assert "#EXT-X-TARGETDURATION:23\n" in playlist([Listed("0.m4s", 22.6)], head="head.mp4", ended=False)
