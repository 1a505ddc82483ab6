"""What somebody wants, measured against what their tier allows. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from philo_contracts.job import Job, SceneState
from philo_contracts.shapes import Plan, Priority, Scene, Tier, VideoConfig
from philo_gateway.jobs.shapes import JobRequest
from philo_gateway.money.needs import needs_of_wish, pace_of
from philo_gateway.money.rates import heard, lasting
from philo_gateway.quotas.refusals import minutes_used_up, resolution_too_high, voice_not_included
from philo_gateway.quotas.tiers import Limits, Tiers, lowest


@dataclass(frozen=True)
class Wanted:
    """What somebody asks for. `seconds` is how long a film it may become; 0 for what makes no new one.

    `config` is none for what was judged before.
    """

    job: str
    config: VideoConfig | None = None
    seconds: float = 0.0
    voices: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Month:
    """A calendar month, UTC."""

    start: datetime
    end: datetime

    @property
    def day(self) -> date:
        return self.start.date()


def month_of(now: datetime) -> Month:
    start = now.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    following = start.replace(year=start.year + start.month // 12, month=start.month % 12 + 1)
    return Month(start, following)


def tier_at(now: datetime, tier: Tier, starts_at: datetime | None, ends_at: datetime | None) -> Tier:
    """Before and after a subscription everybody is on the free tier."""
    holds = starts_at is not None and starts_at <= now and (ends_at is None or now < ends_at)
    return tier if holds else Tier.FREE


def requested(job: str, wish: JobRequest) -> Wanted:
    """A film of a script, or of a prompt that somebody has yet to make one of."""
    return Wanted(job, wish.config, needs_of_wish(wish, writes=True).duration, voices_of(wish.config))


def planned(job: str, config: VideoConfig, plan: Plan, *, edited: Job | None = None) -> Wanted:
    """A film of scenes that are known. An edit of a film counts for as long as it makes that one longer."""
    said = spoken(plan.scenes, config)
    seconds = max(0.0, said - spoken(edited.scenes, config)) if edited else lasting(said, len(plan.scenes), config)
    return Wanted(job, config, seconds, voices_of(config) | {scene.voice for scene in plan.scenes if scene.voice})


def spoken(scenes: Sequence[Scene | SceneState], config: VideoConfig) -> float:
    return sum(heard(scene.narration, pace_of(scene, config)) for scene in scenes)


def voices_of(config: VideoConfig) -> frozenset[str]:
    return frozenset({config.voice} if config.voice else ())


def priority_of(wish: JobRequest, limits: Limits, waiting: int) -> Priority:
    """What was asked for, else the tier's. Beyond the jobs that a tier has worked at once, others come first."""
    if "priority" in wish.model_fields_set:
        return wish.priority
    return limits.priority if waiting < limits.concurrent_jobs else Priority.LOW


def fitting(wanted: Wanted, limits: Limits, tiers: Tiers) -> None:
    """Raises `TierTooLow`. A voice that no tier has is not ours to judge: tts says that there is none."""
    if wanted.config is None:
        return
    resolution = wanted.config.resolution
    if not limits.shows(resolution):
        needed = lowest(tiers, lambda other: other.shows(resolution))
        raise resolution_too_high(resolution, limits.resolution, needed)
    for voice in sorted(wanted.voices):
        if not limits.speaks(voice) and (needed := speaking(voice, tiers)):
            raise voice_not_included(voice, needed)


def speaking(voice: str, tiers: Tiers) -> Tier | None:
    return lowest(tiers, lambda other: other.speaks(voice))


def within_the_month(seconds: float, limits: Limits, used: float) -> None:
    """`used` is in seconds, with what was promised, also to this one. Raises `QuotaExceeded`."""
    limit = limits.video_minutes * 60
    if seconds and used > limit:
        raise minutes_used_up(used - seconds, limit, seconds)
