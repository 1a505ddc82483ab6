"""Pictures as they come, and as they should not."""

import struct
import zlib
from io import BytesIO

from PIL import Image


def picture(kind: str = "PNG", size: tuple[int, int] = (256, 144)) -> bytes:
    """A gradient."""
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    saved = BytesIO()
    image.save(saved, kind)
    return saved.getvalue()


def plain_picture() -> bytes:
    saved = BytesIO()
    Image.new("RGB", (256, 144), "black").save(saved, "PNG")
    return saved.getvalue()


def claiming(size: tuple[int, int]) -> bytes:
    """A PNG whose header tells of more than there is."""
    whole = picture()
    header = b"IHDR" + struct.pack(">II", *size) + whole[24:29]
    return whole[:12] + header + struct.pack(">I", zlib.crc32(header)) + whole[33:]


PNG = picture()
JPEG = picture("JPEG")
PAGE = b"<!doctype html><title>Just a moment</title>"
UNUSABLE = {
    "a web page": PAGE,
    "nothing": b"",
    "noise": bytes(range(7, 250)) * 9,
    "a PNG that breaks off": PNG[: len(PNG) * 2 // 3],
    "a JPEG that breaks off": JPEG[: len(JPEG) * 2 // 3],
    "one pixel": picture(size=(1, 1)),
    "a ribbon": picture(size=(1200, 130)),
    "far too many pixels": claiming((20_000, 20_000)),
    "more pixels than Pillow bears": claiming((9_999, 9_999)),
    "one colour": plain_picture(),
}
