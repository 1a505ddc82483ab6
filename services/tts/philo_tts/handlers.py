"""A script that was understood is spoken; a film whose length is known gets its music."""

from __future__ import annotations

from philo_contracts.events import ScriptAnalyzed, TimelinePlanned
from philo_kernel.handler import on
from philo_kernel.unit import Unit
from philo_tts.domain import music_of, narration_of


@on(ScriptAnalyzed)
async def plan_narration(event: ScriptAnalyzed, unit: Unit) -> None:
    for scene in event.scenes:
        unit.start(narration_of(scene, event))


@on(TimelinePlanned)
async def plan_music(event: TimelinePlanned, unit: Unit) -> None:
    if event.music:
        unit.start(music_of(event))
