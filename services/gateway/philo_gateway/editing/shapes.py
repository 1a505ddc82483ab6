"""What clients send to make a film of a film, and what they are told of takes and revisions."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from philo_contracts.shapes import Line, VideoConfig
from philo_gateway.jobs.scenes import MAX_SCENE

FOLLOWING = frozenset({"voice", "speed"})
"""Fields in which null means something: the scene follows the film."""


class SceneEdit(BaseModel):
    """What shall be otherwise in a scene; what is left out stays. `voice` and `speed` of null follow the film."""

    model_config = ConfigDict(extra="forbid")

    narration: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_SCENE)] | None = (
        None
    )
    visual_prompt: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1_000)] | None = (
        None
    )
    title: Line | None = None
    picture_asset_id: UUID | None = Field(default=None, description="A picture or footage of `GET /assets` to show.")
    voice: Annotated[str, StringConstraints(max_length=80)] | None = None
    speed: int | None = Field(default=None, ge=0, le=100)

    @model_validator(mode="after")
    def something(self) -> Self:
        if not self.change() and self.picture_asset_id is None:
            raise PydanticCustomError("something", "Say what shall be otherwise: send at least one field.")
        return self

    def change(self) -> dict[str, Any]:
        """The fields of a scene that were sent; a voice of no letters is no voice of its own."""
        sent = self.model_dump(include=self.model_fields_set - {"picture_asset_id"})
        told = {name: value for name, value in sent.items() if value is not None or name in FOLLOWING}
        return told | ({"voice": told["voice"] or None} if "voice" in told else {})


class SceneWords(BaseModel):
    """What is said in a scene of a fork. Its picture stays."""

    model_config = ConfigDict(extra="forbid")

    id: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    narration: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_SCENE)]
    title: Line | None = None


class ForkRequest(BaseModel):
    """The same film otherwise: what `config` leaves out stays as it is there, and so do the words of scenes that
    `scenes` leaves out. Another language needs the words of every scene, and a title in it is as well."""

    model_config = ConfigDict(extra="forbid")

    config: VideoConfig = VideoConfig()
    title: Line | None = None
    scenes: list[SceneWords] = Field(default=[], max_length=200)


class ExportRequest(BaseModel):
    """The film in another form: a WebM of all of it, or a GIF of up to 15 seconds from `start` on (4 unless sent)."""

    model_config = ConfigDict(extra="forbid")

    form: Literal["webm", "gif"]
    start: float = Field(default=0, ge=0)
    seconds: float | None = Field(default=None, gt=0, le=15)

    @model_validator(mode="after")
    def cut_only_where_it_can_be(self) -> Self:
        if self.form == "webm" and (self.start or self.seconds):
            words = "A WebM is made of the whole film. Leave start and seconds out, or ask for a GIF."
            raise PydanticCustomError("whole_only", words)
        return self


class TakeResource(BaseModel):
    """A scene as it was in one of the film's revisions."""

    take: int
    title: str
    narration: str
    visual_prompt: str
    voice: str | None
    speed: int | None
    duration: float | None
    thumbnail_url: str | None
    created_at: datetime
    current: bool


class RevisionResource(BaseModel):
    """The film as it once was. `job_id` is the job that made it."""

    revision: int
    job_id: str
    created_at: datetime
    current: bool
    output_url: str
    signed_url: str
    signed_url_expires_at: datetime
    preview_url: str | None
    duration: float
    width: int
    height: int
    fps: int
    size_bytes: int
