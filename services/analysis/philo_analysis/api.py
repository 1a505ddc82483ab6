"""`/analyses`: how a script would be told, read at once and without any provider. Nothing of it is kept.

Only gateway asks, which knows who does and has looked at what is sent. A language model is asked in jobs alone, where
its price is known and written down.
"""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel

from philo_analysis.extractive import ExtractiveReader
from philo_analysis.reading import ReadingError, ReadingRequest
from philo_contracts.shapes import Scene
from philo_kernel.http.problems import Unprocessable

router = APIRouter(prefix="/api/v1/analyses", tags=["analyses"])
READER = ExtractiveReader()


class AnalysisTold(BaseModel):
    title: str
    summary: str
    language: str
    characters: tuple[str, ...]
    themes: tuple[str, ...]
    scenes: tuple[Scene, ...]


@router.post("")
async def read_script(wish: ReadingRequest) -> AnalysisTold:
    """Read a script word for word."""
    try:
        reading = await READER.read(wish)
    except ReadingError as error:
        raise Unprocessable(str(error)) from error
    return AnalysisTold.model_validate(reading.model_dump(include=set(AnalysisTold.model_fields)))
