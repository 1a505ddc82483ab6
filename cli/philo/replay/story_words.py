"""What a fact says, in English."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from philo.visible import visible
from philo_contracts.events import KNOWN
from philo_kernel.replay.story import Moment

Data = Mapping[str, Any]
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
ERASED = "said something that is erased"
UNREADABLE = "said something that nobody can read: a key is lost"
ASIDE = frozenset({"SceneProgressed", "PreviewGrew", "PreviewExtended", "CostRecorded", "DeadlineReached"})
"""Facts that nobody misses who reads the story for the first time; news of progress are left out as well."""
PATTERNS: dict[str, str] = {
    "JobQueued": "accepted, and waits for its turn",
    "JobModerating": "its words are being checked",
    "JobRefused": "refused: {fault}",
    "JobStarted": "its words are fine; it is being made",
    "JobPlanned": "planned “{title}”, {scenes}",
    "SceneVoiced": "scene {scene} has its voice, {duration}",
    "ScenePainted": "scene {scene} has its picture",
    "SceneProgressed": "scene {scene}: {done} of {total} frames",
    "SceneDrawn": "scene {scene} is filmed",
    "PreviewGrew": "scene {scene} can be watched",
    "MusicAdded": "has its music, {duration}",
    "CostRecorded": "{actual} USD spent of {reserved} put aside",
    "JobCompleted": "finished: {width}×{height}, {duration}",
    "JobFailed": "failed: {fault}",
    "JobRetried": "tried once more, attempt {attempt}: {reason}",
    "JobCancelled": "stopped: {reason}",
    "DeadlineReached": "it is time to see whether it still moves",
    "SceneRedrawStarted": "scene {scene} is being made again by job {child}",
    "SceneRedrawAbandoned": "scene {scene} stays as it was: {reason}",
    "FilmRevised": "revision {revision} of the film, {duration}",
    "ModerationOverruled": "an operator let it pass: {reason}",
    "ModerationUpheld": "an operator left it refused: {reason}",
    "ModerationStarted": "begins to check its words",
    "ScriptApproved": "finds nothing wrong with its words",
    "ScriptRejected": "rejects its words: {fault}",
    "ScriptAnalyzed": "read it: “{title}”, {scenes} in {language}",
    "AnalysisFailed": "could not read it: {fault}",
    "AudioSynthesized": "spoke scene {scene}, {duration}, by {provider}{reused}",
    "SynthesisFailed": "could not speak: {fault}",
    "MusicComposed": "composed {duration} of {mood} music{reused}",
    "MusicFailed": "found no music, it goes on without: {fault}",
    "PictureMade": "painted scene {scene}, by {provider}{reused}",
    "TimelinePlanned": "knows how long the film will be: {duration}",
    "FrameRendered": "drew {done} of {total} frames of scene {scene}",
    "SceneRendered": "filmed scene {scene}, {frames} frames{reused}",
    "PreviewExtended": "scene {scene} is ready to be watched",
    "SoundMixed": "mixed the sound{reused}",
    "PartsLost": "found parts missing, attempt {attempt}",
    "VideoRendered": "joined the film: {width}×{height}, {duration}",
    "VideoExported": "exported it: {width}×{height}, {duration}",
    "RenderFailed": "could not film it: {fault}",
    "LanguageModelCalled": "asked {call}",
    "SoundProviderCalled": "asked {call}",
    "PictureProviderCalled": "asked {call}",
    "WebhookDelivered": "told a webhook of {event}, attempt {attempts}",
    "WebhookFailed": "could not tell a webhook of {event}: {reason}",
}


def words(moment: Moment) -> str:
    """One line, for a terminal as well. A fact that is newer than this program is told by its name."""
    if moment.data is None:
        return ERASED if moment.erased else UNREADABLE
    if moment.type == "JobRequested":
        return one_line(requested(moment.data))
    pattern = PATTERNS.get(moment.type)
    return one_line(pattern.format_map(Spoken(moment.data)) if pattern else CAMEL.sub(" ", moment.type).lower())


def minor(moment: Moment) -> bool:
    """Whether it is left out at first."""
    kind = KNOWN.get(moment.type)
    return moment.type in ASIDE or bool(kind and kind.progress)


class Spoken(dict[str, str]):
    """The values of a fact as they are spoken; one that is not there is a gap, never an error."""

    def __init__(self, data: Data) -> None:
        super().__init__({name: spoken(name, value) for name, value in data.items()})

    def __missing__(self, name: str) -> str:
        return "" if name == "reused" else "…"


def spoken(name: str, value: Any) -> str:  # noqa: ANN401 - any JSON
    say: Callable[[Any], str] = SAID.get(name, str)
    return say(value) if value is not None else "…"


def many(count: int, thing: str, things: str = "") -> str:
    """`1 fact`, `2 facts`."""
    return f"{count:,} {thing if count == 1 else things or f'{thing}s'}"


def counted(scenes: list[Any]) -> str:
    return many(len(scenes), "scene")


def call(told: Data) -> str:
    return f"{told.get('provider')} for {told.get('service')}, which {told.get('outcome')} in {told.get('seconds')} s"


SAID: dict[str, Callable[[Any], str]] = {
    "scenes": counted,
    "duration": lambda seconds: f"{seconds:.1f} s",
    "fault": lambda fault: str(fault.get("message", fault.get("code"))),
    "reused": lambda reused: ", found made already" if reused else "",
    "call": call,
}


def requested(data: Data) -> str:
    of = f"a script of {len(data['script']):,} characters" if data.get("script") else "a prompt"
    kind = str(data.get("kind", "video")).replace("_", " ")
    if data.get("parent"):
        of = f"job {data['parent']}"
    return f"{data.get('user', 'somebody')} asks for a {kind} of {of}"


def one_line(text: str) -> str:
    return visible(" ".join(text.split()))
