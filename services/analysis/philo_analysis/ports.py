"""Who may judge a text."""

from __future__ import annotations

import asyncio
from typing import Protocol

from philo_contracts.shapes import Moderation

from philo_analysis.moderation import moderate


class Moderator(Protocol):
    """Scores a text before anything is made of it. Raises a `ReadingError`."""

    async def judge(self, text: str, language: str) -> Moderation: ...


class KeywordModerator:
    """The rules that come with Philo; long texts are judged beside the event loop."""

    async def judge(self, text: str, language: str) -> Moderation:
        return await asyncio.to_thread(moderate, text, language)
