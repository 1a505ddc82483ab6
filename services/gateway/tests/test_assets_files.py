"""What a file is and is called, told from its bytes and its name; and the form that it comes in."""

import asyncio

import pytest
from assets_world import AVI, MOV, MP3, MP4, PNG, TTF
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from philo_gateway.assets.form import FileForm, FileOnItsWay
from philo_gateway.assets.kinds import sort_of
from philo_gateway.assets.names import key_of, original, stored
from philo_kernel.http.problems import BadRequest, Problem

BOUNDARY = b"b0undary"
HEAD = (
    b'--b0undary\r\nContent-Disposition: form-data; name="file"; filename="tea.mp4"\r\nContent-Type: video/mp4\r\n\r\n'
)
TAIL = b"\r\n--b0undary--\r\n"


@pytest.mark.parametrize(
    ("head", "kind", "ending"),
    [
        (MP4, "footage", ".mp4"),
        (MOV, "footage", ".mov"),
        (b"\0\0\x10\0moov" + bytes(8), "footage", ".mov"),
        (AVI, "footage", ".avi"),
        (PNG, "picture", ".png"),
        (b"\xff\xd8\xff\xe0" + bytes(8), "picture", ".jpg"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "picture", ".webp"),
        (b"\0\0\0\x1cftypavif", "picture", ".avif"),
        (b"GIF89a" + bytes(8), "picture", ".gif"),
        (MP3, "audio", ".mp3"),
        (b"ID3\x04" + bytes(8), "audio", ".mp3"),
        (b"fLaC" + bytes(8), "audio", ".flac"),
        (b"OggS" + bytes(8), "audio", ".ogg"),
        (b"RIFF\0\0\0\0WAVEfmt ", "audio", ".wav"),
        (b"\0\0\0\x1cftypM4A ", "audio", ".m4a"),
        (TTF, "font", ".ttf"),
        (b"OTTO" + bytes(8), "font", ".otf"),
        (b"wOF2" + bytes(8), "font", ".woff2"),
    ],
)
def test_a_file_is_told_by_its_content(head, kind, ending):
    sort = sort_of(head)
    assert (sort.kind, sort.ending) == (kind, ending)


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"MZ\x90\0",
        b"%PDF-1.7",
        b"\0\0\0\x1cftypheic",
        b"<html>",
        b"\x1aE\xdf\xa3webm",
        b"ttcf\0\1\0\0",
        b"\xff\xfe<\0h\0",
        b"\xff\xfb\xff\xff",
    ],
)
def test_what_we_do_not_read_is_nothing(head):
    assert sort_of(head) is None


@pytest.mark.parametrize(
    ("sent", "name", "start"),
    [
        ("Tea at Home.MP4", "Tea at Home.MP4", "tea-at-home-"),
        ("../../etc/passwd", "passwd", "passwd-"),
        ("C:\\films\\Thé.mov", "Thé.mov", "the-"),
        ("茶.mp4", "茶.mp4", "file-"),
        ("a\0b\nc.mp4", "abc.mp4", "abc-"),
        ("", "unnamed", "unnamed-"),
        (".mp4", ".mp4", "mp4-"),
        ("x" * 400 + ".mp4", "x" * 251 + ".mp4", "x" * 60 + "-"),
    ],
)
def test_a_name_is_kept_for_people_and_made_plain_for_the_store(sent, name, start):
    assert original(sent) == name
    assert stored(name, "1", ".mp4").startswith(start)


@given(st.text(max_size=300))
def test_a_stored_name_is_always_plain_short_and_the_only_one(sent):
    name = original(sent)
    first, second = stored(name, "1", ".mp4"), stored(name, "2", ".mp4")
    assert first != second
    assert set(first) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.")
    assert len(first) <= 81
    assert "\0" not in name
    assert 0 < len(name) <= 255


def test_the_object_store_does_not_learn_who_someone_is():
    assert "ada" not in key_of("ada", "x.mp4")
    assert key_of("ada", "x.mp4") != key_of("bob", "x.mp4")


def read(body: bytes, step: int) -> tuple[str, bytes]:
    form = FileForm(BOUNDARY)
    for start in range(0, len(body), step):
        form.write(body[start : start + step])
    form.finish()
    return form.filename, bytes(form.data)


@given(st.binary(max_size=400), st.integers(1, 200))
def test_the_file_of_a_form_is_the_same_however_it_is_cut(content, step):
    body = content.replace(b"--b0undary", b"")
    assert read(HEAD + body + TAIL, step) == ("tea.mp4", body)


def test_a_name_in_any_language_is_read():
    head = HEAD.replace(b'filename="tea.mp4"', 'filename="茶 & tea.mp4"'.encode())
    assert read(head + b"x" + TAIL, 7)[0] == "茶 & tea.mp4"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (HEAD + b"half", 400),
        (b"no form", 400),
        (b"--b0undary--\r\n", 422),
        (HEAD.replace(b'"file"', b'"video"') + b"x" + TAIL, 422),
        (HEAD + b"x\r\n" + HEAD + b"y" + TAIL, 422),
    ],
    ids=["cut short", "no form", "nothing in it", "another field", "two files"],
)
def test_a_form_that_cannot_be_taken_is_told_in_words(body, status):
    with pytest.raises(Problem) as refused:
        read(body, 50)
    assert (refused.value.status_code, len(refused.value.detail) > 15) == (status, True)


def test_a_boundary_that_no_parser_takes_is_told_in_words():
    with pytest.raises(BadRequest, match="Boundary length 300"):
        FileForm(b"b" * 300)


async def test_a_sender_who_falls_silent_is_told_so_and_held_no_longer():
    come = [{"type": "http.request", "body": HEAD + b"first bytes", "more_body": True}]

    async def receive():
        return come.pop() if come else await asyncio.get_running_loop().create_future()

    request = Request({"type": "http", "method": "POST", "path": "/", "headers": []}, receive)
    file = FileOnItsWay(request, FileForm(BOUNDARY), 1_000, 10_000, patience=0.01)
    assert await file.head(5) == b"first"
    with pytest.raises(BadRequest, match="too slowly"):
        await file.next()
