"""The values that facts and the HTTP surface share. Times are seconds, sizes are pixels."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints


class Value(BaseModel):
    """A frozen value; a field that is not known is an error, not noise."""

    model_config = ConfigDict(frozen=True, extra="forbid")


MOST_SCENES = 40
"""Of a film."""

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
"""A BCP 47 tag, lower-case primary language: `en`, `zh`, `pt-BR`."""

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
"""One line of text a person reads at a glance: a title, a name."""


class Mood(StrEnum):
    """What a scene feels like. Palette, camera and music are chosen by it."""

    NEUTRAL = "neutral"
    CALM = "calm"
    HAPPY = "happy"
    SAD = "sad"
    DRAMATIC = "dramatic"
    EPIC = "epic"
    SCARY = "scary"
    MYSTERIOUS = "mysterious"
    ROMANTIC = "romantic"
    SERIOUS = "serious"


class Aspect(StrEnum):
    WIDE = "16:9"
    TALL = "9:16"
    SQUARE = "1:1"
    PORTRAIT = "4:5"


class Priority(StrEnum):
    HIGH = "high"
    DEFAULT = "default"
    LOW = "low"


class Tier(StrEnum):
    """What somebody has subscribed to; `free` is what everybody has."""

    FREE = "free"
    VIP = "vip"
    STUDIO = "studio"


class Subtitles(Value):
    burn_in: bool = True
    highlight: Literal["word", "none"] = "word"
    font_asset_id: UUID | None = Field(default=None, description="A font of `GET /assets` to write them with.")


MusicProvider = Literal["philo", "musicgen", "replicate", "mubert"]


class MusicWish(Value):
    """`mood` unset follows the film; `enabled` false leaves the voice alone."""

    enabled: bool = True
    mood: Mood | None = None
    genre: str = Field(default="ambient", max_length=40)
    provider: MusicProvider = Field(
        default="philo", description="Who composes. Where another is away or not set up, Philo does, and says so."
    )
    track_asset_id: UUID | None = Field(
        default=None, description="A track of `GET /assets` to play instead, cut or repeated to the film's length."
    )


class Cards(Value):
    """Which words stand alone in the film: the opening title, chapters, names and places, the end."""

    title: bool = True
    chapters: bool = True
    lower_thirds: bool = True
    end: bool = True


Transition = Literal["auto", "crossfade", "cut", "stage_change", "torn_paper", "soft_wipe", "dip_to_dark"]


class VideoConfig(Value):
    """How a film shall look and sound. Every field has a default that gives a good film."""

    language: Language | None = Field(default=None, description="Language of the script; detected when unset.")
    scenes: int | None = Field(
        default=None, ge=1, le=MOST_SCENES, description="How many scenes; chosen by the text when unset."
    )
    voice: str | None = Field(
        default=None, max_length=80, description="A voice of `GET /voices`; by language when unset."
    )
    speed: int = Field(default=50, ge=0, le=100, description="Pace of the voice; 50 is natural.")
    aspect: Aspect = Aspect.WIDE
    resolution: Literal["480p", "720p", "1080p", "2160p"] = "720p"
    fps: Literal[24, 25, 30, 50, 60] = 30
    style: Literal["paper", "ink", "chalk", "noir", "linocut", "watercolour"] = "paper"
    pictures: Literal["drawn", "openai", "stability"] = Field(
        default="drawn", description="Who makes the pictures. Philo draws them itself, without any key, when unset."
    )
    depth: bool = Field(default=True, description="Near things move before far ones. Drawn pictures only.")
    subtitles: Subtitles = Subtitles()
    music: MusicWish = MusicWish()
    transition: Transition = Field(
        default="auto", description="How one scene becomes the next; chosen by its mood and place when it is auto."
    )
    cards: Cards = Field(
        default=Cards(),
        description="The opening title, chapter cards, names on a strip, the end: each can be left out.",
    )
    pronunciations: dict[Annotated[str, Field(min_length=1, max_length=80)], Annotated[str, Field(max_length=200)]] = (
        Field(default={}, max_length=200, description="Words as they are written, and as they shall be said.")
    )


class Blob(Value):
    """Something in the object store."""

    key: str
    size_bytes: int = Field(ge=0)
    media_type: str


class Brought(Value):
    """What the film's owner brought for all of it: the music to play, the font of its subtitles."""

    track: Blob | None = None
    font: Blob | None = None


class Footage(Value):
    """A stretch of moving pictures: seconds of `film`, whose own sound is left out."""

    film: Blob
    start: float = Field(default=0, ge=0)
    end: float = Field(gt=0)


class Picture(Value):
    """What a scene shows. `layers` holds the same as `image` in groups of depth; `footage` is what `image` is a still of.

    `focus` is what the camera favours, as shares of width and height. `asset` is the upload that it came from, if any.
    """

    image: Blob
    thumbnail: Blob | None = None
    layers: Blob | None = None
    footage: Footage | None = None
    focus: tuple[float, float] = (0.5, 0.5)
    asset: str | None = None


class Word(Value):
    """A word as it is shown, and when it is heard: seconds from the start of its narration."""

    text: str
    start: float = Field(ge=0)
    end: float = Field(ge=0)


class Heading(Value):
    """Words on a card, and a small line beside them: a chapter's name and number, a person and who that is."""

    text: Line
    note: str = Field(default="", max_length=200)


class Scene(Value):
    """One thought of the film: what is said over one picture."""

    id: str
    index: int = Field(ge=0)
    revision: int = Field(default=1, ge=1)
    title: str
    narration: str
    visual_prompt: str
    mood: Mood = Mood.NEUTRAL
    tags: tuple[str, ...] = ()
    language: Language = "en"
    voice: str | None = Field(default=None, max_length=80)
    """The film's own voice when unset."""
    speed: int | None = Field(default=None, ge=0, le=100)
    picture: Picture | None = None
    """What it shows, where that is given: uploaded, or made before. Made of its words otherwise."""
    chapter: Heading | None = None
    """It opens a chapter. Nobody speaks it."""
    strip: Heading | None = None
    """Who, where or when this is, on a strip while it is told."""


class Take(Value):
    """A scene as it was filmed: `scene.picture` is what it showed, `duration` how long it was spoken."""

    scene: Scene
    duration: float
    provider: str | None = None
    """Who made the picture; `given` when it was there before."""


class Plan(Value):
    """A film that was understood before: an edit or a fork of it is not read again.

    `changed` names the scenes whose words nobody has judged yet, and `retitled` says so of the title. `origin` is the
    job that was read first: equal origins have equal music.
    """

    title: str
    retitled: bool = False
    summary: str = ""
    language: Language
    mood: Mood
    scenes: tuple[Scene, ...]
    changed: tuple[str, ...] = ()
    origin: str


class Export(Value):
    """A finished film in another form; `start` and `seconds` cut a part of it."""

    video: Blob
    form: Literal["webm", "gif"]
    start: float = Field(default=0, ge=0)
    seconds: float | None = Field(default=None, gt=0)


class Moderation(Value):
    score: float = Field(ge=0, le=1)
    categories: tuple[str, ...] = ()


class Fault(Value):
    """Why something failed, in words a person can act on."""

    code: str
    message: str
    retryable: bool = False
    scene_id: str | None = None
    attempt: int = Field(default=1, ge=1)
    """Which attempt of its job it has ended: after a retry an older failure means nothing any more."""


class Exchange(Value):
    """One request and its answer, so that it can be answered again without asking: the SHA-256 of what was asked, in
    hexadecimal digits, and what was answered, word for word."""

    asked: str
    status: int
    answered: str


class ProviderCall(Value):
    """One request to somebody who works for money, answered or not: what was used, never what it is worth.

    `quantities` by unit: `input_tokens`, `output_tokens`, `characters`, `pictures`, `seconds`. `charged` is what the
    provider itself says it took, in US dollars. `exchange` is kept of those who answer in words.
    """

    id: str
    scene: str | None = None
    attempt: int = Field(default=1, ge=1)
    service: Literal["text", "moderation", "speech", "music", "picture"]
    provider: str
    model: str | None = None
    outcome: Literal["answered", "refused", "failed"]
    quantities: dict[str, float] = {}
    charged: Decimal | None = None
    seconds: float = Field(ge=0)
    exchange: Exchange | None = None


class Quote(Value):
    """What a job is expected to cost, and what was put aside for it when it was accepted."""

    currency: Literal["USD"] = "USD"
    estimated: Decimal = Decimal("0.0000")
    reserved: Decimal = Decimal("0.0000")


class Cost(Quote):
    """And what it did cost. Of what was put aside, `released` was not needed."""

    actual: Decimal = Decimal("0.0000")
    released: Decimal = Decimal("0.0000")
