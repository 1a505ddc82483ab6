"""Reading without any provider: deterministic, and every word is the script's own."""

from __future__ import annotations

import asyncio
from functools import partial

from philo_analysis.reading import NothingToRead, Reading, ReadingRequest, Usage, scene_id
from philo_analysis.scenes.cutting import cut, units
from philo_analysis.scenes.moods import moods
from philo_analysis.scenes.people import characters
from philo_analysis.scenes.pictures import visual_prompts
from philo_analysis.scenes.summary import summary, themes
from philo_analysis.scenes.tags import tags
from philo_analysis.scenes.titles import film_title, scene_titles
from philo_analysis.text.cleaning import Script, clean
from philo_analysis.text.languages import detect
from philo_analysis.text.sentences import split
from philo_contracts.shapes import Scene

PROVIDER, MODEL = "extractive", "philo-extractive-1"
_LONGEST_LINE = 200


class ExtractiveReader:
    """The offline `Reader`. It cannot write: a prompt is narrated itself, with the notice `prompt_narrated`."""

    async def read(self, request: ReadingRequest) -> Reading:
        """Read beside the event loop, for a long text takes a second."""
        offline = partial(read, title=request.title, language=request.language, scenes=request.scenes)
        reading = await asyncio.to_thread(offline, request.text)
        notices = ("prompt_narrated",) if request.kind == "prompt" else ()
        return reading.model_copy(update={"notices": notices})


def read(script: str, *, title: str | None = None, language: str | None = None, scenes: int | None = None) -> Reading:
    """Understand a script: 1 to 40 scenes whose narrations, put together, are its sentences.

    `scenes` is met as far as there are sentences and clauses. Raises NothingToRead when there is no word.
    """
    clean_script = readable(script)
    text = clean_script.text
    language = language or detect(text)
    narrations = cut(units(clean_script), scenes)
    sentences = [sentence for paragraph in clean_script.paragraphs for sentence in split(paragraph.text)]
    return Reading(
        title=as_line(title or clean_script.title or film_title(text)),
        summary=summary(sentences),
        language=language,
        characters=characters(text),
        themes=themes(text),
        scenes=_scenes(narrations, language),
        usage=Usage(provider=PROVIDER, model=MODEL),
    )


def readable(script: str) -> Script:
    """The clean script. Raises NothingToRead when a voice would find no word in it."""
    clean_script = clean(script)
    if not any(character.isalnum() for character in clean_script.text):
        raise NothingToRead("The text has no words to narrate. Send a script with at least one sentence.")
    return clean_script


def as_line(text: str) -> str:
    """A title that fits one line of at most 200 characters."""
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_LINE else text[: _LONGEST_LINE - 1].rstrip() + "…"


def _scenes(narrations: tuple[str, ...], language: str) -> tuple[Scene, ...]:
    tagged = tags(narrations)
    told = zip(
        scene_titles(narrations),
        narrations,
        visual_prompts(narrations, tagged, language),
        moods(narrations, tagged),
        tagged,
        strict=True,
    )
    return tuple(
        Scene(
            id=scene_id(index), index=index, revision=1, title=as_line(name), narration=narration,
            visual_prompt=prompt, mood=mood, tags=names, language=language,
        )
        for index, (name, narration, prompt, mood, names) in enumerate(told)
    )  # fmt: skip
