"""What render knows of a film, and what is due next. Pure.

Voices, pictures, chunks and music arrive in any order, even before the plan: each is kept by its scene, and an order
is due when everything it needs is there. Fan-in is a set of scene ids, never a counter.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from philo_contracts.events import (
    AudioSynthesized,
    Event,
    JobRequested,
    MusicComposed,
    MusicFailed,
    PartsLost,
    PictureMade,
    SceneRendered,
    ScriptAnalyzed,
    SoundMixed,
    TimelinePlanned,
)
from philo_contracts.shapes import Blob, Brought, Mood, Picture, Priority, Scene, Value, VideoConfig
from philo_render.film import Material, Narration, places, timing
from philo_render.film.crossings import around, choose
from philo_render.orders import Draw, Join, Mix, Paint, Voice

Due = Paint | Draw | Mix | Join | TimelinePlanned


class Plan(Value):
    """What the script became."""

    title: str
    mood: Mood
    priority: Priority
    config: VideoConfig
    scenes: tuple[Scene, ...]
    warnings: tuple[str, ...] = ()
    origin: str | None = None


class Film(Value):
    """Everything heard of one job's film so far."""

    job: str
    plan: Plan | None = None
    voices: dict[str, Voice] = {}
    pictures: dict[str, Picture] = {}
    chunks: dict[str, tuple[Blob, ...]] = {}
    music: Blob | None = None
    music_settled: bool = False
    sound: Blob | None = None
    warnings: dict[str, tuple[str, ...]] = {}
    """What was told of a scene's picture."""
    music_warnings: tuple[str, ...] = ()
    brought: Brought | None = None
    """What the film's owner brought for all of it, once that is told."""
    attempt: int = 1
    """Which join of it is next or at work: one more whenever parts of it were lost."""
    given: frozenset[str] = frozenset()
    """What was ordered or said already."""
    traces: dict[str, str] = {}
    """Where in its trace was told what orders wait for (`waiting.py`); empty while nobody records it."""

    def with_(self, **change: object) -> Film:
        return self.model_copy(update=change)


def learn(film: Film, fact: Event) -> Film:  # noqa: PLR0911 - one answer a fact
    """The film after one more fact about it."""
    match fact:
        case ScriptAnalyzed():
            planned = Plan.model_validate(fact.model_dump(include=set(Plan.model_fields)))
            given = {scene.id: scene.picture for scene in planned.scenes if scene.picture}
            settled = film.music_settled or not fact.config.music.enabled
            return film.with_(plan=planned, music_settled=settled, pictures=given | film.pictures)
        case AudioSynthesized():
            voice = Voice(audio=fact.audio, duration=fact.duration, words=fact.words)
            return film.with_(voices=film.voices | {fact.scene: voice})
        case PictureMade():
            told = film.warnings | {fact.scene: fact.warnings} if fact.warnings else film.warnings
            return film.with_(pictures=film.pictures | {fact.scene: fact.shown}, warnings=told)
        case SceneRendered():
            return film.with_(chunks=film.chunks | {fact.scene: fact.chunks})
        case SoundMixed():
            return film.with_(sound=fact.sound)
        case MusicComposed():
            return film.with_(music=fact.music, music_settled=True, music_warnings=fact.warnings)
        case MusicFailed():
            return film.with_(music_settled=True)
        case JobRequested():
            return film.with_(brought=fact.brought)
        case PartsLost() if fact.attempt == film.attempt:
            return without(film, fact)
        case _:
            return film


def without(film: Film, lost: PartsLost) -> Film:
    """What was lost is due once more, and the join after it."""
    due_again = {"join", *(f"draw/{scene}" for scene in lost.scenes), *(["mix"] if lost.sound else [])}
    return film.with_(
        attempt=film.attempt + 1,
        chunks={scene: chunks for scene, chunks in film.chunks.items() if scene not in lost.scenes},
        sound=None if lost.sound else film.sound,
        given=film.given - due_again,
    )


def due(film: Film) -> Iterator[tuple[str, Due]]:
    """What may be done now and was not asked for yet, each with the name under which it is remembered."""
    if film.plan is None or (film.brought is None and names_assets(film.plan.config)):
        return
    for ask in (paintings, timeline, drawings, mixing, joining):
        yield from ask(film, film.plan)


def names_assets(config: VideoConfig) -> bool:
    """Whether its owner brought something for all of it: the request tells what that is."""
    return config.music.track_asset_id is not None or config.subtitles.font_asset_id is not None


def font_of(film: Film, planned: Plan) -> Blob | None:
    """What the subtitles are written with, where they are written and it is not the install's own."""
    return film.brought.font if film.brought and planned.config.subtitles.burn_in else None


def paintings(film: Film, planned: Plan) -> Iterator[tuple[str, Due]]:
    """Each picture knows the scenes before it, so that no two of a film look alike."""
    for index, scene in enumerate(planned.scenes):
        name = f"paint/{scene.id}"
        if name not in film.given and scene.picture is None:
            before = planned.scenes[: index + 1]
            yield name, Paint(job=film.job, priority=planned.priority, scenes=before, config=planned.config)


def timeline(film: Film, planned: Plan) -> Iterator[tuple[str, Due]]:
    """The film's length is known as soon as every scene is spoken; pictures do not change it."""
    if "timeline" in film.given or any(scene.id not in film.voices for scene in planned.scenes):
        return
    spoken = [narration(film, scene, Material(key="")) for scene in planned.scenes]
    whole = timing(spoken, planned.config)
    wish = planned.config.music
    yield (
        "timeline",
        TimelinePlanned(
            job=film.job,
            duration=whole.duration,
            starts=whole.voices,
            mood=wish.mood or planned.mood,
            genre=wish.genre,
            music=wish.enabled,
            origin=planned.origin,
            provider=wish.provider,
            track=film.brought.track if film.brought else None,
        ),
    )


def drawings(film: Film, planned: Plan) -> Iterator[tuple[str, Due]]:
    """A scene is drawn when it and the one before it, which it dissolves from, are spoken and painted.

    All before it are spoken by then, so its place in the film is known.
    """
    spoken = list(takewhile(lambda scene: scene.id in film.voices, planned.scenes))
    told: list[Narration | None] = [narration(film, scene, Material(key="")) for scene in spoken]
    told += [None] * (len(planned.scenes) - len(spoken))
    for index, (scene, place) in enumerate(zip(spoken, places(told, planned.config), strict=False)):
        name = f"draw/{scene.id}"
        needed = planned.scenes[max(0, index - 1) : index + 1]
        if name in film.given or any(not ready(film, one) for one in needed):
            continue
        yield (
            name,
            Draw(
                job=film.job,
                priority=planned.priority,
                scene=scene.id,
                revision=scene.revision,
                title=planned.title,
                config=planned.config,
                index=index,
                count=len(planned.scenes),
                around=tuple(filmed(film, one) for one in needed),
                sources=tuple(source_of(film, one) for one in needed),
                place=place,
                audio=film.voices[scene.id].audio,
                attempt=film.attempt,
                font=font_of(film, planned),
            ),
        )


def mixing(film: Film, planned: Plan) -> Iterator[tuple[str, Due]]:
    """The sound does not wait for pictures."""
    if "mix" in film.given or not film.music_settled or any(scene.id not in film.voices for scene in planned.scenes):
        return
    yield (
        "mix",
        Mix(
            job=film.job,
            priority=planned.priority,
            config=planned.config,
            narrations=tuple(narration(film, scene, Material(key="")) for scene in planned.scenes),
            audio=tuple(film.voices[scene.id].audio for scene in planned.scenes),
            music=film.music,
            attempt=film.attempt,
        ),
    )


def joining(film: Film, planned: Plan) -> Iterator[tuple[str, Due]]:
    complete = all(scene.id in film.chunks and ready(film, scene) for scene in planned.scenes)
    if complete and film.sound and film.music_settled and "join" not in film.given:
        yield "join", join_of(film, planned, film.sound)


def join_of(film: Film, planned: Plan, sound: Blob) -> Join:
    return Join(
        job=film.job,
        priority=planned.priority,
        title=planned.title,
        config=planned.config,
        narrations=tuple(filmed(film, scene) for scene in planned.scenes),
        chunks=tuple(chunk for scene in planned.scenes for chunk in film.chunks[scene.id]),
        owners=tuple(scene.id for scene in planned.scenes for _ in film.chunks[scene.id]),
        opening=source_of(film, planned.scenes[0]),
        sound=sound,
        music=film.music is not None,
        warnings=(*planned.warnings, *told_of(film, planned)),
        attempt=film.attempt,
        font=font_of(film, planned),
    )


def told_of(film: Film, planned: Plan) -> Iterator[str]:
    """What its owner should know of the pictures, and of the music."""
    for scene in planned.scenes:
        yield from film.warnings.get(scene.id, ())
    yield from film.music_warnings


def ready(film: Film, scene: Scene) -> bool:
    return scene.id in film.voices and scene.id in film.pictures


def filmed(film: Film, scene: Scene) -> Narration:
    shown = film.pictures[scene.id]
    return narration(film, scene, material_of(shown, source_of(film, scene)), shown.focus)


def source_of(film: Film, scene: Scene) -> Blob:
    """The object that the scene is filmed from."""
    shown = film.pictures[scene.id]
    if shown.footage:
        return shown.footage.film
    depth = film.plan is not None and film.plan.config.depth
    return shown.layers if shown.layers and depth else shown.image


def material_of(shown: Picture, source: Blob) -> Material:
    if shown.footage:
        return Material(key=source.key, kind="footage", start=shown.footage.start, end=shown.footage.end)
    return Material(key=source.key, kind="layers" if source == shown.layers else "flat")


def narration(film: Film, scene: Scene, material: Material, focus: tuple[float, float] = (0.5, 0.5)) -> Narration:
    voice, planned = film.voices[scene.id], film.plan
    names = choose(planned.scenes, planned.config.transition) if planned else ()
    entrance, leaving = around(names, scene.index)
    return Narration(
        scene=scene,
        duration=voice.duration,
        words=voice.words,
        material=material,
        focus=focus,
        entrance=entrance,
        exit=leaving,
    )
