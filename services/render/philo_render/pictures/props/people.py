"""The wardrobe: who appears in stories, alone and in groups."""

from __future__ import annotations

from dataclasses import dataclass, replace

from philo_render.pictures.figure import Dress, draw_figure
from philo_render.pictures.held import Item
from philo_render.pictures.pack import Kind
from philo_render.pictures.prop import Prop, Spot
from philo_render.pictures.stage import Stage

_WARDROBE = {
    "keeper": Dress("#2f4a6b", "cap", beard=True, item="can", night_item="lantern"),
    "fisherman": Dress("#e0a63a", "cap", beard=True, item="rod"),
    "tea-farmer": Dress("#4d7a6d", "straw", beard=True, item="basket"),
    "elder": Dress("#6f5a4a", "none", hair="#eae6de", beard=True, item="staff"),
    "grandmother": Dress("#7d4a5e", "bun", hair="#e6e2dc", item="basket", skirt=True),
    "man": Dress("#3f5f73", "brim"),
    "woman": Dress("#b4564e", "bun", skirt=True),
    "boy": Dress("#4a7fa5", "cap", young=True),
    "girl": Dress("#d9695f", "bun", young=True, skirt=True),
    "traveller": Dress("#7a5b3e", "hood", item="staff", night_item="lantern"),
    "farmer": Dress("#8a6a45", "brim", item="basket"),
    "king": Dress("#8c2f3f", "crown", beard=True, item="staff", skirt=True),
    "queen": Dress("#6b3f7a", "crown", skirt=True),
    "soldier": Dress("#5a4a44", "helmet", item="spear"),
    "monk": Dress("#c9803a", "none", hair="#e3b48f", item="staff", skirt=True),
    "passer-by": Dress("#4a5f78", "bun", item="umbrella", skirt=True),
    "scholar": Dress("#5f6f8c", "bun", item="book", skirt=True),
}


def _single(name: str) -> Prop:
    dress = _WARDROBE[name]
    size = 0.70 if dress.young else 1.0
    return Prop(name, Kind.PERSON, lambda stage, spot: draw_figure(stage, spot, dress), size=size)


@dataclass(frozen=True)
class _Member:
    who: str
    dx: float
    height: float
    facing: int = 1
    coat: str | None = None
    item: Item | None = None


_GROUPS = {
    "children": (_Member("girl", -0.34, 0.66), _Member("boy", 0.02, 0.74), _Member("girl", 0.36, 0.58, -1, "#e3a53c")),
    "storyteller": (
        _Member("girl", -0.62, 0.56),
        _Member("boy", -0.26, 0.62),
        _Member("girl", -0.98, 0.64, 1, "#e3a53c"),
        _Member("elder", 0.34, 1.0, -1),
    ),
    "fishermen": (
        _Member("fisherman", -0.30, 1.0, 1, None, "basket"),
        _Member("fisherman", 0.26, 0.92, -1, "#3f6f84", "none"),
    ),
    "couple": (_Member("man", -0.17, 1.0), _Member("woman", 0.17, 0.93, -1)),
    "family": (_Member("man", -0.30, 1.0), _Member("woman", 0.30, 0.94, -1), _Member("girl", 0.0, 0.60)),
    "soldiers": (_Member("soldier", -0.38, 0.94), _Member("soldier", 0.0, 1.0), _Member("soldier", 0.38, 0.94)),
    "crowd": (
        _Member("woman", -0.52, 0.92),
        _Member("farmer", -0.22, 1.0),
        _Member("elder", 0.40, 0.96, -1),
        _Member("woman", 0.10, 0.90, -1, "#4f7f78"),
        _Member("boy", 0.66, 0.66, -1),
    ),
}


def _group(name: str) -> Prop:
    members = _GROUPS[name]
    ends = [side * (m.dx + side * 0.20 * m.height) for m in members for side in (-1, 1)]
    reach = max(ends)

    def draw(stage: Stage, spot: Spot) -> None:
        """Nobody is cut off: the group is moved, and made smaller if need be."""
        height = min(spot.height, 0.46 * stage.width / reach)
        half = reach * height
        middle = min(max(spot.x, half + 0.03 * stage.width), stage.width * 0.97 - half)
        for m in members:
            x = middle + spot.facing * m.dx * height
            place = Spot(x, spot.base, height * m.height, m.facing * spot.facing)
            dress = _WARDROBE[m.who]
            draw_figure(stage, place, replace(dress, coat=m.coat or dress.coat, item=m.item or dress.item))

    return Prop(name, Kind.PERSON, draw)


PROPS = (*(_single(name) for name in _WARDROBE), *(_group(name) for name in _GROUPS))
