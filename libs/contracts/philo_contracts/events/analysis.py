"""Facts of understanding, said by analysis."""

from __future__ import annotations

from philo_contracts.events.base import Event
from philo_contracts.events.calls import ProviderCalled
from philo_contracts.events.hello import HelloAnswered
from philo_contracts.shapes import Fault, Moderation, Mood, Priority, Scene, VideoConfig


class ModerationStarted(Event, source="analysis"):
    job: str
    user: str


class ScriptApproved(Event, source="analysis"):
    job: str
    moderation: Moderation


class ScriptRejected(Event, source="analysis"):
    job: str
    moderation: Moderation
    fault: Fault


class ScriptAnalyzed(Event, source="analysis"):
    """The script as scenes. It carries what those who speak and draw need, so that they ask nobody."""

    job: str
    user: str
    priority: Priority
    config: VideoConfig
    title: str
    summary: str
    language: str
    mood: Mood
    characters: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    scenes: tuple[Scene, ...]
    provider: str
    model: str | None = None
    warnings: tuple[str, ...] = ()
    origin: str | None = None
    """The job that was read first, where this one is an edit or a fork of it."""


class AnalysisFailed(Event, source="analysis"):
    job: str
    fault: Fault


class LanguageModelCalled(ProviderCalled, source="analysis"):
    """A language model or a moderator was asked."""


class AnalysisSaidHello(HelloAnswered, source="analysis"):
    """Analysis hears gateway, and is heard."""
