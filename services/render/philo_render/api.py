"""`/looks`: how a film can look, and a picture of each. Anybody may ask; nothing of anyone's is in it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel, Field

from philo_kernel.http.problems import NotFound, ServiceUnavailable
from philo_kernel.work import Passing
from philo_render.exhibition import JPEG, Exhibition
from philo_render.pictures import Look

router = APIRouter(prefix="/api/v1/looks", tags=["looks"])
FRESH = "public, max-age=60"
KEPT = "public, max-age=86400"


class LookShown(BaseModel):
    id: str = Field(description="What `style` of a job's `config` asks for.")
    name: str
    description: str
    sample_url: str = Field(description="The same scene in every look, JPEG.")


class LooksShown(BaseModel):
    items: list[LookShown]


def shown(look: Look) -> LookShown:
    url = f"{router.prefix}/{look.name}/sample"
    return LookShown(id=look.name, name=look.name.capitalize(), description=look.title, sample_url=url)


@router.get("")
async def list_looks(request: Request, response: Response) -> LooksShown:
    """The looks that Philo draws in, each with a sample."""
    response.headers["Cache-Control"] = FRESH
    return LooksShown(items=[shown(look) for look in exhibition(request).looks()])


@router.get("/{look}/sample", response_class=Response, responses={200: {"content": {JPEG: {}}}})
async def see_look(request: Request, look: Annotated[str, Path(max_length=40)]) -> Response:
    """A picture in this look. Drawn once, then kept."""
    try:
        sample = await exhibition(request).sample(look)
    except LookupError as error:
        raise NotFound(f"There is no look {look!r}. `GET {router.prefix}` lists those there are.") from error
    except Passing as error:
        raise ServiceUnavailable("The object store does not answer. Try again in a moment.", retry_after=1) from error
    return Response(sample, media_type=JPEG, headers={"Cache-Control": KEPT, "X-Content-Type-Options": "nosniff"})


def exhibition(request: Request) -> Exhibition:
    found: Exhibition = request.app.state.exhibition
    return found
