"""Builds the small pictures of the emoji that text is written with. Run by hand when an emoji set comes out.

    npm install --prefix /tmp/pack @iconify-json/fluent-emoji@1.2.7 @iconify-json/fluent-emoji-flat@1.2.6 \\
        emojibase-data@17.0.0
    uv run --with resvg-py==0.5.0 services/render/pack/signs.py /tmp/pack/node_modules

Writes `names.json` (code points -> name) and, for emoji that the illustration pack lacks (faces, hands, hearts, signs),
`signs/<name>.webp` (144 px, trimmed, with alpha). It takes two minutes on one core. The licences are
in its `NOTICE`.
"""

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path
from typing import Any, NamedTuple

import resvg_py
from PIL import Image, ImageOps

PACKAGE = Path(__file__).parents[1] / "philo_render"
SIGNS = PACKAGE / "film" / "emoji"
SIZE = 144


class Set(NamedTuple):
    """The drawings, those that are others mirrored, and what their code points are called."""

    shapes: dict[str, Any]
    mirrored: dict[str, Any]
    names: dict[str, str]


def main(modules: Path) -> None:
    source = _json(modules / "@iconify-json/fluent-emoji/icons.json")
    names = _json(modules / "@iconify-json/fluent-emoji-flat/chars.json")
    drawn = Set(source["icons"], source["aliases"], {_code(code): name for code, name in names.items()})
    pack = _json(PACKAGE / "pictures" / "pack" / "index.json")
    found: dict[str, str] = {}
    for row in _json(modules / "emojibase-data/en/data.json"):
        code, name = _code(row["hexcode"]), _name(row, drawn)
        if name in pack or name in drawn.shapes or name in drawn.mirrored:
            found[code] = name
            if name not in pack:
                _picture(name, drawn).save(SIGNS / "signs" / f"{name}.webp", "WEBP", quality=82, method=6)
    (SIGNS / "names.json").write_text(json.dumps(found, sort_keys=True, separators=(",", ":")), "utf-8")


def _json(path: Path) -> Any:  # noqa: ANN401 - the sources are untyped JSON
    return json.loads(path.read_text("utf-8"))


def _code(code: str) -> str:
    return code.lower().replace("-fe0f", "")


def _name(row: dict[str, Any], drawn: Set) -> str:
    plain = re.sub(r"[^a-z0-9]+", "-", row["label"].lower().replace("\u2019", "")).strip("-")
    return drawn.names.get(_code(row["hexcode"]), plain)


def _picture(name: str, drawn: Set) -> Image.Image:
    if name in drawn.shapes:
        return _rastered(drawn.shapes[name]["body"])
    return ImageOps.mirror(_rastered(drawn.shapes[drawn.mirrored[name]["parent"]]["body"]))


def _rastered(body: str) -> Image.Image:
    head = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    svg = f'<svg {head} viewBox="0 0 32 32" width="{SIZE}" height="{SIZE}">{body}</svg>'
    image = Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True)))).convert("RGBA")
    return image.crop(image.getchannel("A").point(lambda alpha: 255 if alpha > 8 else 0).getbbox())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
