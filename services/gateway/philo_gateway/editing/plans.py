"""What an edit, a fork or a restored take asks to be made. Pure.

A plan holds every scene of the film. One that shows what it showed before is found again, and not made anew.
"""

from __future__ import annotations

from typing import Any, TypeVar

from philo_contracts.job import Job, SceneState
from philo_contracts.shapes import Picture, Plan, Scene, Value, VideoConfig

WORDS = frozenset({"title", "narration", "visual_prompt"})
"""What a person may have written: it is judged before anything is made of it."""
DEPICTED = frozenset({"narration", "visual_prompt"})
"""What the picture was drawn from."""
LOOK = ("aspect", "style", "pictures")
"""A picture is drawn for these."""


Setting = TypeVar("Setting", bound=Value)


class NothingChanges(Exception):
    """The scene is like that already."""


def filmed(state: SceneState) -> Scene:
    """The scene as it was filmed, with the picture that it showed."""
    words = {"title", "narration", "visual_prompt", "mood", "tags", "language", "speed", "chapter", "strip"}
    same = state.model_dump(include={"id", "index", "revision", *words})
    return Scene(**same, voice=state.speaker, picture=state.shown)


def plan_of(job: Job, scenes: tuple[Scene, ...], changed: tuple[str, ...] = ()) -> Plan:
    return Plan(
        title=job.title or "",
        summary=job.summary,
        language=job.language or "en",
        mood=job.mood,
        scenes=scenes,
        changed=changed,
        origin=job.origin or job.id,
    )


def edited(job: Job, state: SceneState, change: dict[str, Any], picture: Picture | None) -> Plan:
    """The film with one scene otherwise. `change` holds fields of `Scene`, `picture` an upload to be shown.

    A picture that Philo drew is drawn anew when the words it was drawn from change; what a person uploaded stays until
    they ask for something else. Raises `NothingChanges`.
    """
    before = filmed(state)
    after = before.model_copy(update=change | {"picture": picture or kept(state.shown, before, change)})
    if after == before:
        raise NothingChanges
    new = any(getattr(after, name) != getattr(before, name) for name in WORDS)
    return replaced(job, after.model_copy(update={"revision": before.revision + 1}), (after.id,) if new else ())


def kept(shown: Picture | None, before: Scene, change: dict[str, Any]) -> Picture | None:
    other = {name for name in DEPICTED & change.keys() if change[name] != getattr(before, name)}
    uploaded = shown is not None and shown.asset is not None
    return None if other and not (uploaded and other == {"narration"}) else shown


def restored(job: Job, state: SceneState, take: SceneState) -> Plan:
    """The film with a scene as it was in an earlier take: nothing is new in it, so that all is found again."""
    return replaced(job, filmed(take).model_copy(update={"revision": state.revision + 1}), ())


def replaced(job: Job, scene: Scene, changed: tuple[str, ...]) -> Plan:
    return plan_of(job, tuple(scene if one.id == scene.id else filmed(one) for one in job.scenes), changed)


def forked(job: Job, config: VideoConfig) -> Plan:
    """The same scenes for another film. What was drawn for another look is drawn anew; uploads are kept."""
    other = any(getattr(config, name) != getattr(job.config, name) for name in LOOK)
    return plan_of(job, tuple(without_drawing(filmed(one)) if other else filmed(one) for one in job.scenes))


def without_drawing(scene: Scene) -> Scene:
    uploaded = scene.picture is not None and scene.picture.asset is not None
    return scene if uploaded else scene.model_copy(update={"picture": None})


def altered(config: Setting, wish: Setting) -> Setting:
    """The config with all that was sent in `wish`, and with nothing that was not."""
    change: dict[str, Any] = {}
    for name in wish.model_fields_set:
        old, new = getattr(config, name), getattr(wish, name)
        change[name] = altered(old, new) if isinstance(old, Value) and isinstance(new, Value) else new
    return config.model_copy(update=change)
