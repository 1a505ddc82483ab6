"""Builds the illustration pack from its npm packages. Run by hand, once, when the choice of illustrations changes.

    npm install --prefix /tmp/pack @iconify-json/fluent-emoji@1.2.7 @iconify-json/fluent-emoji-flat@1.2.6 \\
        emojibase-data@17.0.0 world-atlas@2.0.2
    uv run --with resvg-py==0.5.0 services/render/pack/build.py /tmp/pack/node_modules

Writes `<name>.webp` (640 px, trimmed, with alpha), `index.json`, `land.png` and `SHA256SUMS` into the package.
It takes some seven minutes on one core. The licences of all sources are in `philo_render/pictures/NOTICE`.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import resvg_py
from numpy.typing import NDArray
from PIL import Image

PACK = Path(__file__).parents[1] / "philo_render" / "pictures" / "pack"
SIZE = 640
_CHOICE = tomllib.loads(Path(__file__).with_name("choice.toml").read_text("utf-8"))
_PEOPLE, _FEELINGS, _KEPT = (frozenset(_CHOICE[part].split()) for part in ("people", "feelings", "kept"))
_SKIPPED = re.compile("|".join(_CHOICE["skipped"]))
_UNUSED_GROUPS = {None, 2, 8, 9}  # components, symbols, flags
Row = dict[str, Any]


def main(modules: Path) -> None:
    shapes = _json(modules / "@iconify-json/fluent-emoji/icons.json")["icons"]
    names = _json(modules / "@iconify-json/fluent-emoji-flat/chars.json")
    chinese = {row["hexcode"]: row for row in _json(modules / "emojibase-data/zh/data.json")}
    index: dict[str, Row] = {}
    for row in _json(modules / "emojibase-data/en/data.json"):
        name = _name(row, names)
        if name in shapes and _wanted(name, row.get("group")):
            body = shapes.get(f"{name}-{_CHOICE['tone']}", shapes[name])["body"]
            _rastered(body).save(PACK / f"{name}.webp", "WEBP", quality=82, alpha_quality=90, method=4)
            index[name] = _entry(row, chinese.get(row["hexcode"], {}))
    (PACK / "index.json").write_text(json.dumps(index, ensure_ascii=False), "utf-8")
    cv2.imwrite(str(PACK / "land.png"), _land(_json(modules / "world-atlas/land-110m.json")))
    _seal()


def _json(path: Path) -> Any:  # noqa: ANN401 - the sources are untyped JSON
    return json.loads(path.read_text("utf-8"))


def _name(row: Row, names: dict[str, str]) -> str:
    code = row["hexcode"].lower()
    plain = re.sub(r"[^a-z0-9]+", "-", row["label"].lower().replace("\u2019", "")).strip("-")
    return names.get(code) or names.get(code.replace("-fe0f", "")) or plain


def _wanted(name: str, group: int | None) -> bool:
    if group in _UNUSED_GROUPS or (group == 1 and name not in _PEOPLE) or (group == 0 and name not in _FEELINGS):
        return False
    return name in _KEPT or not _SKIPPED.search(name)


def _rastered(body: str) -> Image.Image:
    head = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    svg = f'<svg {head} viewBox="0 0 32 32" width="{SIZE}" height="{SIZE}">{body}</svg>'
    image = Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True)))).convert("RGBA")
    return image.crop(image.getchannel("A").point(lambda alpha: 255 if alpha > 8 else 0).getbbox())


def _entry(row: Row, chinese: Row) -> Row:
    english = [row["label"].lower(), *(tag.lower() for tag in row.get("tags", []))]
    return {
        "g": row["group"],
        "sg": row["subgroup"],
        "en": english,
        "zh": [chinese.get("label", ""), *chinese.get("tags", [])],
    }


def _land(topology: Row) -> NDArray[np.uint8]:
    """Continents as a 720 x 360 bit mask, from delta-coded arcs."""
    scale, move = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [np.cumsum(np.array(arc), 0) * scale + move for arc in topology["arcs"]]
    mask = np.zeros((360, 720), np.uint8)
    for shape in topology["objects"]["land"]["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        for polygon in polygons:
            rings = [np.concatenate([arcs[k] if k >= 0 else arcs[~k][::-1] for k in ring]) for ring in polygon]
            pixels = [np.round(np.stack([(r[:, 0] + 180) * 2, (90 - r[:, 1]) * 2], 1)).astype(np.int32) for r in rings]
            cv2.fillPoly(mask, pixels, 255)
    return mask


def _seal() -> None:
    files = sorted(path for path in PACK.iterdir() if path.name != "SHA256SUMS")
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files]
    (PACK / "SHA256SUMS").write_text("".join(lines), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
