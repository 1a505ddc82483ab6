"""`/voices`: who can speak here, and what each sounds like. Anybody may ask; nothing of anyone's is in it."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, Field

from philo_kernel.http.problems import NotFound, ServiceUnavailable
from philo_kernel.objects import MissingObject
from philo_kernel.work import Hopeless, Passing
from philo_tts.speaking import FLAC
from philo_tts.voices.catalogue import Gender, Voice, speaks
from philo_tts.voices.exhibition import Exhibition

router = APIRouter(prefix="/api/v1/voices", tags=["voices"])
FRESH = "public, max-age=60"
KEPT = "public, max-age=86400"


class VoiceShown(BaseModel):
    id: str = Field(description="What `voice` of a job or a scene asks for.")
    provider: Literal["piper", "espeak"]
    language: str = Field(description="BCP 47.")
    gender: Gender
    name: str
    natural: bool = Field(description="Neural; others sound synthetic.")
    sample_url: str = Field(description="A sentence in this voice, FLAC.")


class VoicesShown(BaseModel):
    items: list[VoiceShown]


def shown(voice: Voice) -> VoiceShown:
    told = {name: getattr(voice, name) for name in VoiceShown.model_fields if name != "sample_url"}
    return VoiceShown(**told, sample_url=f"{router.prefix}/{voice.id}/sample")


@router.get("")
async def list_voices(
    request: Request,
    response: Response,
    language: Annotated[str | None, Query(max_length=35, description="Only voices that speak it.")] = None,
) -> VoicesShown:
    """The voices that are installed; the first of a language is what it has unless a job asks for another."""
    response.headers["Cache-Control"] = FRESH
    found = exhibition(request).voices()
    return VoicesShown(items=[shown(voice) for voice in found if language is None or speaks(voice, language)])


@router.get("/{voice}/sample", response_class=Response, responses={200: {"content": {FLAC: {}}}})
async def hear_voice(request: Request, voice: Annotated[str, Path(max_length=120)]) -> Response:
    """A sentence in this voice. Spoken once, then kept."""
    try:
        sample = await exhibition(request).sample(voice)
    except LookupError as error:
        raise NotFound(f"There is no voice {voice!r}. `GET {router.prefix}` lists those there are.") from error
    except Hopeless as error:
        raise ServiceUnavailable(f"This voice cannot speak now: {error}", retry_after=60) from error
    except (Passing, MissingObject) as error:
        raise ServiceUnavailable("The object store does not answer. Try again in a moment.", retry_after=1) from error
    return Response(sample, media_type=FLAC, headers={"Cache-Control": KEPT, "X-Content-Type-Options": "nosniff"})


def exhibition(request: Request) -> Exhibition:
    found: Exhibition = request.app.state.exhibition
    return found
