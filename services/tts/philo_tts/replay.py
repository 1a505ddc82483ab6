"""Tts as replay puts it together: what was spoken and composed is found again, and nobody speaks or plays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping

from philo_contracts.events import AudioSynthesized, MusicComposed
from philo_contracts.shapes import Mood
from philo_kernel.outgoing.calls import Hear
from philo_kernel.replay.composition import Composition, Terms
from philo_kernel.replay.forbidden import forbidden, forbidden_ports
from philo_kernel.replay.rerun_answers import Answers, RecordedObjects
from philo_tts.domain import Recording
from philo_tts.hiring import Unplayed
from philo_tts.music.tracks import FittedTrack
from philo_tts.music_providers.composer import Take, Wish
from philo_tts.music_providers.fallback import Reason, Uncomposed
from philo_tts.ports import Ports
from philo_tts.reactions import HANDLERS, LISTENS_TO, TASKS
from philo_tts.settings import TtsSettings
from philo_tts.tasks import OWN_INSTEAD
from philo_tts.voices.local import LocalSpeaker


def composition(terms: Terms | None = None, answers: Answers | None = None) -> Composition:  # noqa: ARG001 - none decides
    return Composition("tts", LISTENS_TO, HANDLERS, TASKS, ports_of(answers) if answers else forbidden_ports(Ports))


def terms_of(told: Mapping[str, str]) -> Terms:  # noqa: ARG001 - none of them decides here
    return {}


def ports_of(answers: Answers) -> Ports:
    """The speaker only says who would speak: voices that were added here are known to it."""
    folder = TtsSettings.model_fields["tts_models"].default
    return forbidden_ports(
        Ports,
        speaker=LocalSpeaker(forbidden("children"), folder),
        recordings=RecordedSpeech(answers),
        musician=RecordedMusician(answers),
        composers=RecordedComposers(answers),
        objects=RecordedObjects(answers),
    )


class RecordedSpeech:
    """What was spoken, by the name of its object. Equal scenes are answered in the order in which they were spoken."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._known: dict[str, list[AudioSynthesized]] = defaultdict(list)
        for fact in answers.said(AudioSynthesized):
            self._known[fact.audio.key].append(fact)

    async def once(self, key: str, make: Callable[[], Awaitable[Recording]]) -> tuple[Recording, bool]:  # noqa: ARG002
        """Nothing is made: what is not known was not spoken then."""
        known = self._known.get(key)
        if not known:
            raise self._answers.unknown(f"{key} to be spoken, which was not spoken then")
        fact = known.pop(0) if len(known) > 1 else known[0]
        told = fact.model_dump(include={"audio", "duration", "words", "provider", "voice"})
        return Recording.model_validate(told), fact.reused


class RecordedMusician:
    """Plays nothing: only the name counts under which it is kept. What did not fit then does not fit now."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    async def play(self, mood: Mood, seconds: float, genre: str, seed: int) -> bytes:  # noqa: ARG002 - a port's signature
        return b""

    async def fit(self, track: bytes, seconds: float) -> FittedTrack:  # noqa: ARG002 - a port's signature
        why = own_instead(self._answers, seconds)
        if why is not None:
            raise Unplayed(why)
        return FittedTrack(b"", None, 0)


class RecordedComposers:
    """Those who composed for money, and the words of those who did not."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    def in_hand(self, order: str) -> None:  # noqa: ARG002 - a port's signature
        return None

    def keep(self, order: str, take: Take) -> None:
        """Nothing is lost that would have to be kept."""

    async def compose(self, provider: str, wish: Wish, tell: Hear) -> Take | Uncomposed:  # noqa: ARG002 - a port's signature
        if not any(one.duration == wish.seconds for one in self._answers.said(MusicComposed)):
            raise self._answers.unknown(f"{provider} to compose {wish.seconds} seconds, which was not composed then")
        why = own_instead(self._answers, wish.seconds)
        return Take(b"", wish.seconds, provider, "") if why is None else Uncomposed(provider, Reason.FAILING, "", why)


def own_instead(answers: Answers, seconds: float) -> str | None:
    """Why Philo played itself what somebody else was to provide; None where it did not."""
    warnings = (warning for one in answers.said(MusicComposed) if one.duration == seconds for warning in one.warnings)
    return next((warning.removeprefix(OWN_INSTEAD) for warning in warnings if warning.startswith(OWN_INSTEAD)), None)
