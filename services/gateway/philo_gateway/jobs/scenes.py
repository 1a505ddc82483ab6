"""A film of scenes that its owner has written: nobody reads them, all of their words are judged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from sqlalchemy.ext.asyncio import AsyncSession

from philo_contracts.moods import mood_of
from philo_contracts.shapes import Heading, Line, Mood, Picture, Plan, Scene
from philo_gateway.assets.pictures import picture_of

MAX_SCENE = 5_000
"""Characters that one scene may have to hold: with the times of its words it still fits into one message."""
LONGEST_PROMPT = 1_000
LONGEST_TITLE = 200
Tag = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]


class SceneWish(BaseModel):
    """One scene as it shall be told. Without `visual_prompt` its picture is drawn from what is said."""

    model_config = ConfigDict(extra="forbid")

    narration: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_SCENE)]
    title: Line | None = None
    visual_prompt: Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_PROMPT)] = ""
    picture_asset_id: UUID | None = Field(default=None, description="A picture or footage of `GET /assets` to show.")
    mood: Mood = Mood.NEUTRAL
    tags: tuple[Tag, ...] = Field(default=(), max_length=20)
    chapter: Heading | None = Field(default=None, description="It opens a chapter. Nobody speaks it.")
    strip: Heading | None = Field(default=None, description="Who, where or when this is, on a strip.")


async def plan_of(
    session: AsyncSession, user: str, job: str, scenes: Sequence[SceneWish], title: str | None, language: str
) -> Plan:
    """The film's plan. Raises `NotFound`, `Unprocessable` or `Conflict` for an upload that cannot be shown."""
    assets = [scene.picture_asset_id for scene in scenes]
    pictures = [await picture_of(session, user, asset) if asset else None for asset in assets]
    told = tuple(scene_of(*one, language) for one in zip(range(len(scenes)), scenes, pictures, strict=True))
    return Plan(
        title=title or told[0].title,
        language=language,
        mood=mood_of(told),
        scenes=told,
        changed=tuple(scene.id for scene in told),
        origin=job,
    )


def scene_of(index: int, wish: SceneWish, picture: Picture | None, language: str) -> Scene:
    said = " ".join(wish.narration.split())
    return Scene(
        id=f"s{index + 1:02d}",
        index=index,
        title=wish.title or said[:LONGEST_TITLE],
        visual_prompt=wish.visual_prompt or said[:LONGEST_PROMPT],
        language=language,
        picture=picture,
        **wish.model_dump(include={"narration", "mood", "tags", "chapter", "strip"}),
    )
