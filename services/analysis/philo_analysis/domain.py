"""The order to read a text, and what is said of the answer. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from philo_analysis.reading import Reading, ReadingRequest, SceneTooLong
from philo_contracts.events import JobRequested, ModerationOverruled, ScriptAnalyzed, ScriptRejected
from philo_contracts.moods import mood_of
from philo_contracts.shapes import Fault, Moderation, Plan, Scene, VideoConfig
from philo_kernel.work import Work

MOST_SPOKEN = 10_000
"""Characters of a scene: with the times of its words it has to fit into one message."""


class Read(Work):
    """Check a text, then understand it. A film with a plan was understood before: only what is new in it is checked."""

    user: str
    title: str | None
    script: str | None
    prompt: str | None
    config: VideoConfig
    plan: Plan | None = None
    overruled: bool = False
    """An operator approved what a judge had rejected."""

    @property
    def effect(self) -> str:
        return f"reading/{self.job}/overruled" if self.overruled else f"reading/{self.job}"

    @property
    def text(self) -> str:
        """What has to be read; empty when that was done before."""
        return self.script or self.prompt or ""

    @property
    def new_words(self) -> str:
        """What has to be judged: all that is shown or heard and that somebody wrote. Empty when nothing of it is new.

        How words are said is judged with every film, for a fork may say its old words otherwise.
        """
        told = (unjudged(self.plan),) if self.plan else (self.title or "", self.text)
        music = self.config.music
        asked = music.genre if music.provider != "philo" else ""  # a hired composer is told in these words
        return "\n".join(words for words in (*told, asked, *self.config.pronunciations.values()) if words)


def reading_of(event: JobRequested | ModerationOverruled) -> Read:
    return Read(
        job=event.job,
        priority=event.priority,
        user=event.user,
        title=event.title,
        script=event.script,
        prompt=event.prompt,
        config=event.config,
        plan=event.plan,
        overruled=isinstance(event, ModerationOverruled),
    )


def unjudged(plan: Plan) -> str:
    """All that a person may have written into the scenes that changed: what is said, shown and written over it.

    Where every scene is new the film's title is as well, and where it says so.
    """
    new = [scene for scene in plan.scenes if scene.id in plan.changed]
    title = plan.title if plan.retitled or len(new) == len(plan.scenes) else ""
    return "\n".join(words for words in (title, *(words for scene in new for words in written(scene))) if words)


def written(scene: Scene) -> Iterator[str]:
    yield from (scene.title, scene.narration, scene.visual_prompt)
    for card in (scene.chapter, scene.strip):
        yield from (card.text, card.note) if card else ()


def request_of(work: Read) -> ReadingRequest:
    return ReadingRequest(
        kind="script" if work.script else "prompt",
        text=work.text,
        title=work.title,
        language=work.config.language,
        scenes=work.config.scenes,
    )


def rejected(work: Read, moderation: Moderation) -> ScriptRejected:
    found = ", ".join(moderation.categories) or "its words"
    words = f"This text may not become a film ({found}). Change it and send it again, or ask an operator to look at it."
    return ScriptRejected(job=work.job, moderation=moderation, fault=Fault(code="moderation_rejected", message=words))


def analyzed(work: Read, reading: Reading) -> ScriptAnalyzed:
    """Raises `SceneTooLong`."""
    if max(len(scene.narration) for scene in reading.scenes) > MOST_SPOKEN:
        words = (
            f"A scene would have more than {MOST_SPOKEN:,} characters. End sentences with marks, so that it can be cut."
        )
        raise SceneTooLong(words)
    return ScriptAnalyzed(
        job=work.job,
        user=work.user,
        priority=work.priority,
        config=work.config,
        title=reading.title,
        summary=reading.summary,
        language=reading.language,
        mood=mood_of(reading.scenes),
        characters=reading.characters,
        themes=reading.themes,
        scenes=reading.scenes,
        provider=reading.usage.provider,
        model=reading.usage.model,
        warnings=reading.notices,
    )


def as_planned(work: Read, plan: Plan) -> ScriptAnalyzed:
    """The plan as it was given, scene by scene."""
    return ScriptAnalyzed(
        job=work.job,
        user=work.user,
        priority=work.priority,
        config=work.config,
        provider="given",
        **{name: getattr(plan, name) for name in ("title", "summary", "language", "mood", "scenes", "origin")},
    )
