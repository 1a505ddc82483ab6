"""What a film takes: words to judge and to speak, pictures to paint, and who is asked for them. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil

from philo_contracts.job import Job, SceneState
from philo_contracts.shapes import MOST_SCENES, Picture, Plan, Scene, Value, VideoConfig
from philo_gateway.jobs.scenes import MAX_SCENE
from philo_gateway.jobs.shapes import JobRequest
from philo_gateway.money.prices import Maker, Service
from philo_gateway.money.rates import IDEOGRAPH, SCENE, heard, lasting, planned, slowed

WRITTEN_SCENES, WRITTEN_SECONDS = 6, 8.0
"""What a language model makes of a prompt."""
INSTRUCTIONS, ANSWER, OF_A_SCENE = 700, 400, 160
"""Tokens: what a model is told besides the text, what it answers besides the scenes, and for each of them."""
LETTERS_A_TOKEN = 4
LETTERS_A_SECOND = 14
"""That are spoken at natural speed."""
VOICE = ("voice", "speed", "pronunciations")


class Needs(Value):
    """Of one job. `spoken` and `drawn` are seconds that have to be made anew; `duration` is the whole film's."""

    duration: float
    scenes: int
    first: float
    """Seconds that its first scene is heard for."""
    spoken: float
    letters: int
    """Characters that have to be spoken anew."""
    drawn: float
    pictures: int
    judged: int = 0
    """Characters whose words nobody has approved yet."""
    read: str = ""
    """The text that has to be understood, or a prompt of which one has to be written."""
    music: bool = False


class Use(Value):
    """Work for somebody who takes money."""

    maker: Maker
    quantities: dict[str, float]


def needs_of_wish(wish: JobRequest, *, writes: bool) -> Needs:
    """`writes`: a language model makes a script of a prompt; without one the prompt itself is narrated."""
    config, text = wish.config, wish.text
    if wish.prompt and writes:
        scenes = config.scenes or WRITTEN_SCENES
        said, letters = (
            slowed(scenes * WRITTEN_SECONDS, config.speed),
            round(scenes * WRITTEN_SECONDS * LETTERS_A_SECOND),
        )
    else:
        said, letters = heard(text, config.speed), len(text)
        scenes = len(wish.scenes or ()) or config.scenes or scenes_of(text)
    own = sum(scene.picture_asset_id is not None for scene in wish.scenes or ())
    duration = lasting(said, scenes, config)
    return Needs(
        duration=duration,
        scenes=scenes,
        first=max(said / scenes, 1.0),
        spoken=said,
        letters=letters,
        drawn=duration,
        pictures=scenes - own,
        judged=len(text),
        read="" if wish.scenes else text,
        music=composed(config),
    )


def scenes_of(text: str) -> int:
    """How many a text is cut into. A slower voice makes them longer, and not more."""
    return min(MOST_SCENES, max(1, ceil(len(text) / MAX_SCENE), round(planned(text) / SCENE)))


def composed(config: VideoConfig) -> bool:
    """Whether the film has music that somebody has to make."""
    return config.music.enabled and config.music.track_asset_id is None


def needs_of_plan(plan: Plan, job: Job, config: VideoConfig) -> Needs:
    """Of a film made of the film of `job`: what did not change is found again."""
    said = {scene.id: heard(scene.narration, pace_of(scene, config)) for scene in plan.scenes}
    spoken = [scene for scene in plan.scenes if otherwise(scene, job, config)]
    shown = [scene for scene in plan.scenes if scene.picture is None or (scene.picture != shown_in(scene, job))]
    changed = {scene.id for scene in (*spoken, *shown)}
    duration = lasting(sum(said.values()), len(plan.scenes), config)
    return Needs(
        duration=duration,
        scenes=len(plan.scenes),
        first=said[plan.scenes[0].id],
        spoken=sum(said[scene.id] for scene in spoken),
        letters=sum(len(scene.narration) for scene in spoken),
        drawn=sum(said[scene] for scene in changed) if looks_the_same(config, job.config) else duration,
        pictures=sum(scene.picture is None for scene in shown),
        judged=sum(
            len(scene.narration) + len(scene.visual_prompt) for scene in plan.scenes if scene.id in plan.changed
        ),
        music=composed(config) and (bool(spoken) or otherwise_composed(plan, job, config)),
    )


def otherwise_composed(plan: Plan, job: Job, config: VideoConfig) -> bool:
    """Whether its music is asked for otherwise, or has to be as long as a film of another length."""
    beside = [lasting(0.0, len(plan.scenes), one) for one in (config, job.config)]
    return config.music != job.config.music or beside[0] != beside[1]


def pace_of(scene: Scene | SceneState, config: VideoConfig) -> int:
    return config.speed if scene.speed is None else scene.speed


def otherwise(scene: Scene, job: Job, config: VideoConfig) -> bool:
    """Whether it is spoken anew."""
    before = job.scene(scene.id)
    same = before and (before.narration, before.speaker, before.speed) == (scene.narration, scene.voice, scene.speed)
    return not same or any(getattr(config, name) != getattr(job.config, name) for name in VOICE)


def shown_in(scene: Scene, job: Job) -> Picture | None:
    before = job.scene(scene.id)
    return before.shown if before else None


def looks_the_same(one: VideoConfig, other: VideoConfig) -> bool:
    """How it is spoken is not seen."""
    heard_only = dict.fromkeys(VOICE)
    return one.model_copy(update=heard_only) == other.model_copy(update=heard_only)


def uses(needs: Needs, config: VideoConfig, makers: Sequence[Maker]) -> Iterator[Use]:
    """Whom the job will ask, and for how much. Nobody, where Philo does all of it itself."""
    if needs.judged and (moderator := of(makers, "moderation")):
        yield Use(maker=moderator, quantities={"characters": needs.judged})
    if needs.read and (reader := of(makers, "text")):
        told, answered = tokens(needs.read) + INSTRUCTIONS, ANSWER + OF_A_SCENE * needs.scenes
        yield Use(maker=reader, quantities={"input_tokens": told, "output_tokens": answered})
    if needs.letters and (voice := of(makers, "speech")):
        yield Use(maker=voice, quantities={"characters": needs.letters})
    if needs.pictures and config.pictures != "drawn":
        painter = of(makers, "picture", config.pictures) or Maker("picture", config.pictures, None)
        yield Use(maker=painter, quantities={"pictures": needs.pictures})
    if needs.music and config.music.provider != "philo":
        composer = of(makers, "music", config.music.provider) or Maker("music", config.music.provider, None)
        yield Use(maker=composer, quantities={"seconds": round(needs.duration, 1)})


def of(makers: Sequence[Maker], service: Service, provider: str | None = None) -> Maker | None:
    return next((one for one in makers if one.service == service and provider in {None, one.provider}), None)


def tokens(text: str) -> int:
    """About as many as a language model counts: a token for four letters, or for one ideograph."""
    ideographs = len(IDEOGRAPH.findall(text))
    return ideographs + (len(text) - ideographs) // LETTERS_A_TOKEN
