"""The port `Reader`: what is asked of it, what it answers, and how it fails."""

from __future__ import annotations

from typing import Annotated, Literal, Protocol

from pydantic import Field, StringConstraints

from philo_contracts.shapes import MOST_SCENES, Fault, Language, Line, Scene, Value
from philo_kernel.outgoing.faults import Failing, Refused, Rejected


class ReadingRequest(Value):
    """A text to be read. A `script` is narrated word for word; a `prompt` asks for a script to be written."""

    kind: Literal["script", "prompt"] = "script"
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
    title: Line | None = None
    language: Language | None = None
    scenes: int | None = Field(default=None, ge=1, le=MOST_SCENES)


class Usage(Value):
    """What a reading took. Offline reading takes no tokens."""

    provider: str
    model: str
    input_tokens: int = Field(default=0, ge=0)
    output_tokens: int = Field(default=0, ge=0)
    requests: int = Field(default=0, ge=0)


class Reading(Value):
    """A text understood: 1 to 40 scenes in order, whose narrations are the words of the film.

    `notices` are codes of what a person should know: `prompt_narrated` when a prompt could not be turned into a
    script and is narrated itself, `code_left_out` when blocks of code stood in the script, which nobody speaks.
    """

    title: Line
    summary: str
    language: Language
    characters: tuple[str, ...]
    themes: tuple[str, ...]
    scenes: Annotated[tuple[Scene, ...], Field(min_length=1, max_length=MOST_SCENES)]
    usage: Usage
    notices: tuple[str, ...] = ()


class Reader(Protocol):
    """Understands a text. Raises a `ReadingError`, or `LeftAlone` when its provider has failed too often, and never
    anything else that a text or a provider can cause."""

    async def read(self, request: ReadingRequest) -> Reading: ...


def scene_id(index: int) -> str:
    """The stable id of the scene at `index`: `s01` is the first."""
    return f"s{index + 1:02d}"


class ReadingError(Exception):
    """The text could not be read. `str(error)` is for people; `code` and `retryable` are for programs."""

    code: str = "reading_failed"
    retryable: bool = False

    def fault(self) -> Fault:
        return Fault(code=self.code, message=str(self), retryable=self.retryable)


class NothingToRead(ReadingError):
    """The text has no words."""

    code = "nothing_to_read"


class SceneTooLong(ReadingError):
    """A scene holds more than one recording may."""

    code = "scene_too_long"


class ProviderFailing(ReadingError, Failing):
    """The provider may answer another time. `after` is the seconds it asked to be left alone, if it said."""

    code = "language_provider_failing"
    retryable = True

    def __init__(self, words: str, after: float | None = None) -> None:
        super().__init__(words, self.code, after=after)


class ProviderBusy(ProviderFailing):
    """The provider asked to be left alone for a while (429)."""

    code = "language_provider_busy"


class ProviderUnavailable(ProviderFailing):
    """The provider cannot be reached or fails (5xx)."""

    code = "language_provider_unavailable"


class ProviderTimedOut(ProviderFailing):
    """The provider did not answer in time."""

    code = "language_provider_timed_out"


class AnswerUnusable(ProviderFailing):
    """The model's answer was not what was asked for, twice."""

    code = "language_model_unusable"


class ProviderRejected(ReadingError, Rejected):
    """The provider does not accept what it is asked: a wrong key, an unknown model, no credit (4xx)."""

    code = "language_provider_rejected"

    def __init__(self, words: str) -> None:
        super().__init__(self.code, words)


class TextRefused(ReadingError, Refused):
    """The provider is well, and does nothing with this text."""

    code = "language_provider_refused"

    def __init__(self, words: str) -> None:
        super().__init__(self.code, words)


class AnswerDeclined(TextRefused):
    """The model declined to answer, or a content filter stopped it."""

    code = "language_model_declined"


class AnswerCutShort(TextRefused):
    """The model's answer was longer than it may be."""

    code = "language_model_cut_short"
