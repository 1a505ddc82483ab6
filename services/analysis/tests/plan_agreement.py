"""How far a plan is the one that was wished for: shares from 0 to 1, sample by sample."""

import re
import tomllib
from bisect import bisect_right
from itertools import accumulate
from pathlib import Path

from philo_analysis.extractive import read
from philo_contracts.moods import mood_of

SAMPLES = Path(__file__).parent / "samples"
WISHES = tomllib.loads((SAMPLES / "wishes.toml").read_text(encoding="utf-8"))


def agreement(name):
    """Shares of borders (F1), moods, what is shown, titles, people, and of what is rightly left unsaid."""
    wish, reading = WISHES[name], read((SAMPLES / f"{name}.txt").read_text(encoding="utf-8"))
    return {
        "borders": borders(wish, reading),
        "moods": moods(wish, reading),
        "shown": shown(wish, reading),
        "titles": titles(wish, reading),
        "people": people(wish, reading),
        "unsaid": unsaid(wish, reading),
    }


def borders(wish, reading):
    told = "".join(squeezed(scene.narration) for scene in reading.scenes)
    starts = set(accumulate(len(squeezed(scene.narration)) for scene in reading.scenes[:-1]))
    wished = {place(told, scene) for scene in wish["scenes"]} - {0}
    right = len(starts & wished)
    return 2 * right / (len(starts) + len(wished))


def moods(wish, reading):
    felt = [scene_at(wish, reading, scene).mood.value in scene["mood"] for scene in wish["scenes"]]
    return share([*felt, mood_of(reading.scenes).value in wish["mood"]])


def shown(wish, reading):
    rows = [
        (scene_at(wish, reading, scene).visual_prompt.lower(), words)
        for scene in wish["scenes"]
        for words in scene.get("shows", [])
    ]
    return share([any(word.lower() in prompt for word in words) for prompt, words in rows])


def titles(wish, reading):
    own = [
        scene_at(wish, reading, scene).title.lower() in map(str.lower, scene["titled"])
        for scene in wish["scenes"]
        if "titled" in scene
    ]
    return share([reading.title in wish["titles"], *own])


def people(wish, reading):
    known = " | ".join(reading.characters).lower()
    return share([one.lower() in known for one in wish.get("characters", [])] or [True])


def unsaid(wish, reading):
    told = " ".join(scene.narration for scene in reading.scenes)
    silent = [words not in told for words in wish.get("unspoken", [])]
    return share([*silent, *(code in reading.notices for code in wish.get("notices", []))] or [True])


def scene_at(wish, reading, wished):
    """The scene that tells the middle of a wished one."""
    told = "".join(squeezed(scene.narration) for scene in reading.scenes)
    ends = list(accumulate(len(squeezed(scene.narration)) for scene in reading.scenes))
    starts = [place(told, scene) for scene in wish["scenes"]]
    index = wish["scenes"].index(wished)
    end = starts[index + 1] if index + 1 < len(starts) else len(told)
    return reading.scenes[min(bisect_right(ends, (starts[index] + end) // 2), len(ends) - 1)]


def place(told, scene):
    found = told.lower().find(squeezed(scene["from"]).lower())
    assert found >= 0, scene["from"]
    return found


def squeezed(text):
    return re.sub(r"\s", "", text)


def share(held):
    return sum(held) / len(held)
