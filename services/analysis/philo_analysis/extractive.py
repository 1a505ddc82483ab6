"""Reading without any provider: deterministic, and every word is the script's own."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial

from philo_analysis.reading import NothingToRead, Reading, ReadingRequest, Usage, scene_id
from philo_analysis.scenes.cards import cards
from philo_analysis.scenes.cast import Cast, cast
from philo_analysis.scenes.cutting import cut, units
from philo_analysis.scenes.film_titles import film_title
from philo_analysis.scenes.moods import moods
from philo_analysis.scenes.passages import Passage
from philo_analysis.scenes.people import characters
from philo_analysis.scenes.pictures import visual_prompts
from philo_analysis.scenes.summary import summary, themes
from philo_analysis.scenes.tags import tags
from philo_analysis.scenes.titles import scene_titles
from philo_analysis.text.cleaning import Script, clean
from philo_analysis.text.languages import detect
from philo_contracts.shapes import Scene

PROVIDER, MODEL = "extractive", "philo-extractive-2"
PROMPT_NARRATED = "prompt_narrated"
_LONGEST_LINE = 200


class ExtractiveReader:
    """The offline `Reader`. It cannot write: a prompt is narrated itself, with the notice `prompt_narrated`."""

    async def read(self, request: ReadingRequest) -> Reading:
        """Read beside the event loop, for a long text takes a second."""
        offline = partial(read, title=request.title, language=request.language, scenes=request.scenes)
        reading = await asyncio.to_thread(offline, request.text)
        notices = (PROMPT_NARRATED, *reading.notices) if request.kind == "prompt" else reading.notices
        return reading.model_copy(update={"notices": notices})


def read(script: str, *, title: str | None = None, language: str | None = None, scenes: int | None = None) -> Reading:
    """Understand a script: 1 to 40 scenes whose narrations, put together, are its sentences.

    `scenes` is met as far as there are sentences and clauses. Raises NothingToRead when there is no word.
    """
    clean_script = readable(script)
    language = language or detect(clean_script.text)
    passages = cut(units(clean_script), scenes)
    tagged = tags([told.depicted for told in passages], [bool(told.heading) for told in passages])
    people = cast(passages, language)
    name = as_line(title or clean_script.title or film_title(passages, tagged, people, language))
    return Reading(
        title=name,
        summary=summary([sentence for paragraph in clean_script.paragraphs for sentence in paragraph.sentences]),
        language=language,
        characters=characters(people),
        themes=themes(passages),
        scenes=_scenes(passages, tagged, people, language, name),
        usage=Usage(provider=PROVIDER, model=MODEL),
        notices=clean_script.notices,
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


def _scenes(
    passages: Sequence[Passage], tagged: Sequence[tuple[str, ...]], people: Cast, language: str, title: str
) -> tuple[Scene, ...]:
    told = zip(
        scene_titles(passages, people, language),
        passages,
        visual_prompts(passages, tagged, people, language),
        moods(passages, tagged),
        tagged,
        cards(passages, people, language, title),
        strict=True,
    )
    return tuple(
        Scene(
            id=scene_id(index), index=index, revision=1, title=as_line(name), narration=passage.narration,
            visual_prompt=prompt, mood=mood, tags=names, language=language, chapter=chapter, strip=strip,
        )
        for index, (name, passage, prompt, mood, names, (chapter, strip)) in enumerate(told)
    )  # fmt: skip
