"""A model's answer: judged, and made into a reading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, zip_longest

from philo_analysis.extractive import as_line
from philo_analysis.providers.prompts import CutScript, Look, Told, WrittenScript
from philo_analysis.reading import Reading, Usage, scene_id
from philo_analysis.scenes.cards import Cards, cards
from philo_analysis.scenes.cast import cast
from philo_analysis.scenes.choosing import MOST_SPOKEN
from philo_analysis.scenes.passages import Passage, Unit, passage
from philo_analysis.scenes.people import MOST as MOST_PEOPLE
from philo_analysis.scenes.summary import MOST_THEMES
from philo_analysis.scenes.tags import MOST as MOST_TAGS
from philo_analysis.scenes.tags import tags
from philo_analysis.text.characters import join
from philo_analysis.text.languages import detect
from philo_contracts.shapes import Scene

_LONGEST_PROMPT = 1_000
_LANGUAGE = re.compile(r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")


def fault_of_cuts(answer: CutScript, sentences: Sequence[str], wanted: int | None) -> str | None:
    """Why the cuts cannot be used: they must begin at 1, grow, stay inside the script and be as many as wanted.

    When the model chooses how many, none may be longer than a scene is.
    """
    firsts = [scene.first for scene in answer.scenes]
    if firsts[0] != 1:
        return "the first scene must begin at sentence 1."
    if any(later <= earlier for earlier, later in pairwise(firsts)) or firsts[-1] > len(sentences):
        return f"scenes must begin at growing numbers from 1 to {len(sentences)}."
    if wanted is not None and len(firsts) != wanted:
        return f"there must be exactly {wanted} scenes, not {len(firsts)}."
    if wanted is None and max(map(len, cut_narrations(answer, sentences))) > MOST_SPOKEN:
        return f"no scene may have more than {MOST_SPOKEN} characters."
    return None


def fault_of_writing(answer: WrittenScript, wanted: int | None) -> str | None:
    """Why a written script cannot be used: every narration must have words, and scenes be as many as wanted."""
    if not all(any(map(str.isalnum, scene.narration)) for scene in answer.scenes):
        return "every narration must have words."
    if wanted is not None and len(answer.scenes) != wanted:
        return f"there must be exactly {wanted} scenes, not {len(answer.scenes)}."
    return None


def cut_narrations(answer: CutScript, sentences: Sequence[str]) -> tuple[str, ...]:
    """The script's own sentences, put into the scenes that the answer cuts."""
    firsts = [scene.first - 1 for scene in answer.scenes]
    return tuple(join(tuple(sentences[start:end])) for start, end in pairwise([*firsts, len(sentences)]))


def cut_headings(answer: CutScript, units: Sequence[Unit]) -> tuple[str, ...]:
    """The heading that opens a part in each scene; "" where none does."""
    firsts = [scene.first - 1 for scene in answer.scenes]
    return tuple(passage(units[start:end]).heading for start, end in pairwise([*firsts, len(units)]))


def language_of(answer: WrittenScript) -> str:
    """What the model says it wrote in, if that is a language tag; else what its words look like."""
    said = answer.language.strip()
    return said if _LANGUAGE.match(said) else detect("\n".join(scene.narration for scene in answer.scenes))


def reading_of(
    answer: Told,
    looks: Sequence[Look],
    narrations: Sequence[str],
    language: str,
    title: str | None,
    usage: Usage,
    notices: tuple[str, ...] = (),
    headings: Sequence[str] = (),
) -> Reading:
    """The reading that an answer tells. `looks`, `narrations` and `headings`, if there are any, are of the same scenes.

    What stands on cards is taken from the script's own words, as it is without a model.
    """
    own, name = tags(narrations), as_line(title or answer.title)
    told = [Passage(words, head) for words, head in zip_longest(narrations, headings, fillvalue="")]
    written = cards(told, cast(told, language), language, name)
    return Reading(
        title=name,
        summary=answer.summary,
        language=language,
        characters=_listed(answer.characters, MOST_PEOPLE),
        themes=_listed(answer.themes, MOST_THEMES),
        scenes=tuple(
            _scene(index, look, narration, own[index], language, written[index])
            for index, (look, narration) in enumerate(zip(looks, narrations, strict=True))
        ),
        usage=usage,
        notices=notices,
    )


def _listed(given: list[str], most: int) -> tuple[str, ...]:
    """Names without empty ones and repetitions."""
    return tuple(list(dict.fromkeys(" ".join(name.split()) for name in given if name.strip()))[:most])


def _scene(index: int, look: Look, narration: str, own: tuple[str, ...], language: str, written: Cards) -> Scene:
    chapter, strip = written
    return Scene(
        id=scene_id(index),
        index=index,
        revision=1,
        title=look.title,
        narration=narration,
        visual_prompt=look.visual_prompt[:_LONGEST_PROMPT],
        mood=look.mood,
        tags=_tidy(look.tags, own),
        language=language,
        chapter=chapter,
        strip=strip,
    )


def _tidy(given: list[str], own: tuple[str, ...]) -> tuple[str, ...]:
    """Two to five tags in lower case, none twice; what is missing comes from the narration."""
    cleaned = list(dict.fromkeys(" ".join(tag.lower().split())[:40] for tag in given if tag.strip()))[:MOST_TAGS]
    return tuple(cleaned if len(cleaned) > 1 else list(dict.fromkeys([*cleaned, *own]))[:MOST_TAGS])
