"""What clients send about jobs, and what they are told beside the job itself."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from philo_contracts.job import Status
from philo_contracts.shapes import MOST_SCENES, Line, Priority, VideoConfig
from philo_gateway.jobs.scenes import MAX_SCENE, SceneWish
from philo_gateway.spelling import Spelled

MAX_SCRIPT = 100_000
Script = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_SCRIPT),
    Field(description=f"The words of the film, at most {MAX_SCRIPT:,} characters.", examples=["Once upon a time …"]),
]
Scalar = str | int | float | bool | None
Note = Annotated[str, StringConstraints(max_length=500)] | int | float | bool | None


class JobRequest(Spelled):
    """Ask for a film. Exactly one of `script`, `prompt` and `scenes`. Without `priority` it has that of its owner's
    tier."""

    kind: Literal["video"] = "video"
    script: Script | None = None
    prompt: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4_000)] | None = None
    scenes: list[SceneWish] | None = Field(
        default=None,
        min_length=1,
        max_length=MOST_SCENES,
        description="The film scene by scene, such as `POST /analyses` tells them; needs `config.language`.",
    )
    title: Line | None = None
    project_id: UUID | None = None
    user_id: Annotated[str, StringConstraints(max_length=200)] | None = Field(
        default=None, description="Whom you make it for, in your own words; kept in its metadata. It stays yours."
    )
    priority: Priority = Priority.DEFAULT
    max_retries: int | None = Field(
        default=None, ge=0, le=10, description="How often its work is tried again by itself; 3 when unset."
    )
    retry_delay_seconds: float | None = Field(
        default=None, ge=0, le=3600, description="The longest rest before the first of these tries; 60 when unset."
    )
    metadata: dict[Annotated[str, StringConstraints(max_length=60)], Note] = Field(default_factory=dict, max_length=50)
    config: VideoConfig = VideoConfig()

    @model_validator(mode="after")
    def one_source(self) -> Self:
        if sum(source is not None for source in (self.script, self.prompt, self.scenes)) != 1:
            raise PydanticCustomError("one_source", "Send a script, a prompt or scenes: one of them.")
        return self

    @model_validator(mode="after")
    def scenes_that_are_whole(self) -> Self:
        if self.scenes is None:
            return self
        if self.config.language is None:
            raise PydanticCustomError("language_of_scenes", "Say in config.language which language the scenes are in.")
        if self.config.scenes not in {None, len(self.scenes)}:
            raise PydanticCustomError("as_many_scenes", "Leave config.scenes out: there are as many as you send.")
        if len(self.text) > MAX_SCRIPT:
            raise PydanticCustomError("too_long", "A film has at most 100,000 characters. Make its scenes shorter.")
        return self

    @property
    def text(self) -> str:
        """All that is told, or what it is to be made of."""
        return self.script or self.prompt or "\n\n".join(scene.narration for scene in self.scenes or ())

    @model_validator(mode="after")
    def enough_scenes(self) -> Self:
        needed = -(-len(self.script or "") // MAX_SCENE)
        if self.config.scenes and self.config.scenes < needed:
            words = "A script of this length needs at least {needed} scenes. Ask for more, or let the text decide."
            raise PydanticCustomError("enough_scenes", words, {"needed": needed})
        return self


class Words(BaseModel):
    """What happened as a code with values, to be told in the reader's language."""

    code: str
    values: dict[str, Scalar]


class HistoryLine(BaseModel):
    """One fact of a job's life. `main` marks what a person wants to read; `elapsed` is seconds since the job began."""

    version: int
    event: str
    from_: Status | None = Field(serialization_alias="from")
    to: Status
    reason: str | None
    at: datetime
    elapsed: float
    scene_id: str | None
    main: bool
    words: Words
    causation_id: UUID | None
    trace_id: str | None
