"""What a fork asks to be made: the same scenes in another shape, look or voice, or told in other words. Pure.

Another language needs its own words: Philo translates nothing. Pictures stay, whatever is said over them.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from philo_contracts.job import Job
from philo_contracts.shapes import Plan, Scene, VideoConfig
from philo_gateway.editing.plans import altered, forked
from philo_gateway.editing.refusals import (
    NO_SCENE,
    OTHER_COUNT,
    TOO_LONG,
    UNPLANNED,
    UNTRANSLATED,
)
from philo_gateway.editing.shapes import ForkRequest, SceneWords
from philo_gateway.jobs.shapes import MAX_SCRIPT
from philo_kernel.http.problems import Conflict, Unprocessable


class Fork(NamedTuple):
    config: VideoConfig
    plan: Plan


def fork_of(job: Job, wish: ForkRequest) -> Fork:
    """Raises `Conflict` for a job that has no scenes yet, and `Unprocessable` for what cannot be forked so."""
    if not job.scenes:
        raise Conflict(UNPLANNED)
    config = altered(job.config, wish.config)
    if "scenes" in wish.config.model_fields_set and config.scenes not in {None, len(job.scenes)}:
        raise Unprocessable(OTHER_COUNT, errors=[("/config/scenes", OTHER_COUNT)])
    words = words_of(job, wish.scenes)
    language = config.language or job.language or "en"
    translated = language != (job.language or "en")
    if translated and len(words) < len(job.scenes):
        raise Unprocessable(UNTRANSLATED, errors=[("/config/language", UNTRANSLATED)])
    if translated and "voice" not in wish.config.model_fields_set:
        config = config.model_copy(update={"voice": None})
    plan = retold(forked(job, config), words, language if translated else None)
    if sum(len(scene.narration) for scene in plan.scenes) > MAX_SCRIPT:
        raise Unprocessable(TOO_LONG, errors=[("/scenes", TOO_LONG)])
    title = wish.title or plan.title
    return Fork(config, plan.model_copy(update={"title": title, "retitled": title != plan.title}))


def words_of(job: Job, scenes: list[SceneWords]) -> dict[str, SceneWords]:
    """By scene. Raises `Unprocessable` for a scene that the film has not."""
    known = {scene.id for scene in job.scenes}
    errors = [(f"/scenes/{at}/id", NO_SCENE) for at, scene in enumerate(scenes) if scene.id not in known]
    if errors:
        raise Unprocessable(NO_SCENE, errors=errors)
    return {scene.id: scene for scene in scenes}


def retold(plan: Plan, words: dict[str, SceneWords], language: str | None) -> Plan:
    """The plan with these words. In another `language` no scene keeps its own voice, chapter or strip."""
    scenes = tuple(told(scene, words.get(scene.id), language) for scene in plan.scenes)
    changed = tuple(new.id for new, old in zip(scenes, plan.scenes, strict=True) if otherwise(new, old))
    return plan.model_copy(update={"scenes": scenes, "changed": changed, "language": language or plan.language})


def told(scene: Scene, words: SceneWords | None, language: str | None) -> Scene:
    change: dict[str, Any] = {}
    if words:
        change |= {"narration": words.narration, "title": words.title or scene.title}
    if language:
        change |= {"language": language, "voice": None, "chapter": None, "strip": None}
    return scene.model_copy(update=change)


def otherwise(new: Scene, old: Scene) -> bool:
    return (new.narration, new.title) != (old.narration, old.title)
