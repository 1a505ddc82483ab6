"""Depth groups as bytes: JPEG for the light of each group, deflated for what it lets through, one checked file."""

from __future__ import annotations

import struct
import zlib

import cv2
import numpy as np
from pydantic import Field, ValidationError

from philo_contracts.shapes import Value
from philo_render.film.faults import FilmError
from philo_render.film.planes import U8
from philo_render.pictures.layers import Layer, Layers

MAGIC = b"philo-layers-2\n"
_LENGTH = struct.Struct("<I")

_JPEG = [
    cv2.IMWRITE_JPEG_QUALITY,
    95,
    cv2.IMWRITE_JPEG_SAMPLING_FACTOR,
    cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444,
]
_FAST = 1
"""Of zlib: a fifth of the time of PNG at its fastest, which filters rows first; a tenth more bytes."""


class BrokenLayersError(FilmError):
    """The bytes are not a whole picture in depth groups: draw it again."""


class _Entry(Value):
    """One group: its first row, and how many bytes its two pictures take; the backmost has no second one."""

    name: str
    depth: float
    top: int = Field(ge=0)
    colour: int = Field(gt=0)
    through: int = Field(ge=0)


class _Contents(Value):
    width: int = Field(gt=0)
    height: int = Field(gt=0)
    seed: int
    life: tuple[str, ...]
    stars: tuple[tuple[float, float], ...]
    entries: tuple[_Entry, ...] = Field(min_length=1)


def packed(layers: Layers) -> bytes:
    """The groups as one file of about 1 MB at 2304x1296; colours lose what JPEG at quality 95 loses, edges nothing."""
    blobs: list[bytes] = []
    entries: list[_Entry] = []
    for layer in layers.layers:
        colour = _encoded(layer.colour)
        through = zlib.compress(layer.through.tobytes(), _FAST) if entries else b""
        entries.append(
            _Entry(name=layer.name, depth=layer.depth, top=layer.top, colour=len(colour), through=len(through))
        )
        blobs += [colour, through]
    contents = _Contents(
        width=layers.width,
        height=layers.height,
        seed=layers.seed,
        life=layers.life,
        stars=layers.stars,
        entries=tuple(entries),
    )
    head = contents.model_dump_json().encode()
    body = b"".join([_LENGTH.pack(len(head)), head, *blobs])
    return MAGIC + _LENGTH.pack(zlib.crc32(body)) + body


def unpacked(data: bytes) -> Layers:
    """What `packed` was given. BrokenLayersError when a byte is missing or another than it was."""
    start = len(MAGIC) + _LENGTH.size
    if not data.startswith(MAGIC) or len(data) < start + _LENGTH.size:
        raise BrokenLayersError("The picture is not a file of depth groups: draw it again.")
    body = memoryview(data)[start:]
    if _LENGTH.unpack_from(data, len(MAGIC)) != (zlib.crc32(body),):
        raise BrokenLayersError("The picture's depth groups are damaged or cut short: draw it again.")
    end = _LENGTH.size + _LENGTH.unpack_from(body)[0]
    try:
        contents = _Contents.model_validate_json(bytes(body[_LENGTH.size : end]))
    except ValidationError as wrong:
        raise BrokenLayersError(f"The picture's list of depth groups cannot be read: draw it again. {wrong}") from wrong
    groups = _layers(contents, body[end:])
    return Layers(contents.width, contents.height, contents.seed, groups, contents.life, contents.stars)


def _layers(contents: _Contents, blobs: memoryview) -> tuple[Layer, ...]:
    found, at = [], 0
    for entry in contents.entries:
        colour = _decoded(blobs[at : at + entry.colour], entry.name)
        at += entry.colour
        if entry.through:
            through = _inflated(blobs[at : at + entry.through], colour.shape[:2], entry.name)
            # what JPEG spilt over the edge would glimmer
            colour = np.asarray(cv2.bitwise_and(colour, colour, mask=(through != 255).view(np.uint8)), np.uint8)
        else:
            through = np.zeros(colour.shape[:2], np.uint8)
        at += entry.through
        _fits(contents, entry, colour, through)
        found.append(Layer(entry.name, entry.depth, entry.top, colour, through))
    return tuple(found)


def _fits(contents: _Contents, entry: _Entry, colour: U8, through: U8) -> None:
    rows, width = through.shape
    if colour.shape != (rows, width, 3) or width != contents.width or entry.top + rows > contents.height:
        raise BrokenLayersError(f"The depth group {entry.name!r} does not fit its picture: draw it again.")


def _encoded(pixels: U8) -> bytes:
    done, data = cv2.imencode(".jpg", pixels, _JPEG)
    if not done:
        raise BrokenLayersError(f"A depth group of shape {pixels.shape} cannot be written as JPEG.")
    return data.tobytes()


def _decoded(data: memoryview, name: str) -> U8:
    pixels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    if pixels is None:
        raise BrokenLayersError(f"The depth group {name!r} cannot be read: draw the picture again.")
    return np.asarray(pixels, np.uint8)


def _inflated(data: memoryview, shape: tuple[int, ...], name: str) -> U8:
    """Rows and columns are those of the group's light, so no file can ask for more memory than its JPEG."""
    asked = shape[0] * shape[1]
    try:
        flat = zlib.decompressobj().decompress(data, asked + 1)
    except zlib.error as wrong:
        raise BrokenLayersError(f"The depth group {name!r} cannot be read: draw the picture again.") from wrong
    if len(flat) != asked:
        raise BrokenLayersError(f"The depth group {name!r} does not fit its picture: draw it again.")
    return np.frombuffer(flat, np.uint8).reshape(shape)
