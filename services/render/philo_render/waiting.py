"""What an order had to wait for, as places in the film's trace: a span has one parent, and a film has many scenes. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from philo_contracts.events import AudioSynthesized, Event, MusicComposed, PictureMade, SceneRendered, SoundMixed
from philo_render.domain import Film

RECORDED = ("-01", "-03")
"""How a `traceparent` ends whose trace is recorded; with 2, its number is random, too."""
NEEDS = {"draw": ("voice", "picture"), "mix": ("voice", "music"), "join": ("chunks", "sound"), "timeline": ("voice",)}
"""By the kind of an order, the kinds of what it waits for: of its own scene, where it has one, else of all."""


def noted(film: Film, fact: Event, traceparent: str | None) -> Film:
    """Where it was told, if that is recorded at all."""
    name = name_of(fact)
    if name is None or not traceparent or not traceparent.endswith(RECORDED):
        return film
    return film.with_(traces=film.traces | {name: traceparent})


def waited_for(film: Film, order: str) -> list[str]:
    """The traceparents of what was there before this order was due; `order` is the name under which it is remembered."""
    return list(dict.fromkeys(places(film, order)))


def places(film: Film, order: str) -> Iterator[str]:
    kind, _, scene = order.partition("/")
    for name, place in film.traces.items():
        needed, _, of_scene = name.partition("/")
        if needed in NEEDS.get(kind, ()) and (not scene or scene == of_scene):
            yield place


def name_of(fact: Event) -> str | None:
    match fact:
        case AudioSynthesized():
            return f"voice/{fact.scene}"
        case PictureMade():
            return f"picture/{fact.scene}"
        case SceneRendered():
            return f"chunks/{fact.scene}"
        case MusicComposed():
            return "music"
        case SoundMixed():
            return "sound"
        case _:
            return None
