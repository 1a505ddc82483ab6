"""Every fact of Philo, by the service that says it."""

from philo_contracts.events.analysis import (
    AnalysisFailed,
    ModerationStarted,
    ScriptAnalyzed,
    ScriptApproved,
    ScriptRejected,
)
from philo_contracts.events.auth import ApiKeyIssued, ApiKeyRevoked, UserRegistered
from philo_contracts.events.base import KNOWN, Event
from philo_contracts.events.gateway import (
    JobCancelled,
    JobCompleted,
    JobFailed,
    JobModerating,
    JobPlanned,
    JobQueued,
    JobRefused,
    JobRequested,
    JobStarted,
    MusicAdded,
    SceneDrawn,
    ScenePainted,
    SceneProgressed,
    SceneVoiced,
)
from philo_contracts.events.render import (
    FrameRendered,
    PictureMade,
    RenderFailed,
    SceneRendered,
    TimelinePlanned,
    VideoRendered,
)
from philo_contracts.events.tts import AudioSynthesized, MusicComposed, MusicFailed, SynthesisFailed

__all__ = [
    "KNOWN",
    "AnalysisFailed",
    "ApiKeyIssued",
    "ApiKeyRevoked",
    "AudioSynthesized",
    "Event",
    "FrameRendered",
    "JobCancelled",
    "JobCompleted",
    "JobFailed",
    "JobModerating",
    "JobPlanned",
    "JobQueued",
    "JobRefused",
    "JobRequested",
    "JobStarted",
    "ModerationStarted",
    "MusicAdded",
    "MusicComposed",
    "MusicFailed",
    "PictureMade",
    "RenderFailed",
    "SceneDrawn",
    "ScenePainted",
    "SceneProgressed",
    "SceneRendered",
    "SceneVoiced",
    "ScriptAnalyzed",
    "ScriptApproved",
    "ScriptRejected",
    "SynthesisFailed",
    "TimelinePlanned",
    "UserRegistered",
    "VideoRendered",
]
