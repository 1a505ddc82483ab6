"""From narrations to chunks: what every frame shows, decided before anything is drawn. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from philo_contracts.shapes import Heading, VideoConfig, Word
from philo_render.film.chunk import Card, Chunk, Shot, Transition
from philo_render.film.crossings import crossing_frames
from philo_render.film.cues import Cue, cut, timed
from philo_render.film.dividing import divided
from philo_render.film.extent import Extent, Narration, extent, half_gap, shown_before, wished
from philo_render.film.format import Format
from philo_render.film.rhythm import RHYTHM
from philo_render.film.shots import Stretch, shots_of
from philo_render.film.timeline import Placed, Timeline
from philo_render.film.words import setting
from philo_render.film.writing import measure

FAREWELLS = {
    "en": "The End", "zh": "剧终", "de": "Ende", "fr": "Fin", "es": "Fin", "it": "Fine", "pt": "Fim", "nl": "Einde",
    "sv": "Slut", "pl": "Koniec", "tr": "Son", "ru": "Конец", "uk": "Кінець", "el": "Τέλος", "vi": "Hết", "th": "จบ",
    "ar": "النهاية", "fa": "پایان", "he": "סוף", "hi": "समाप्त", "bn": "সমাপ্ত", "ta": "முற்றும்", "ja": "おわり", "ko": "끝",
}  # fmt: skip
"""What the last card says; in other languages the picture just fades."""


def plan(
    narrations: Sequence[Narration], config: VideoConfig, title: str, *, format_: Format | None = None
) -> Timeline:
    """The whole film as data. Pure: equal arguments, equal timeline. At least one narration.

    `format_` overrules the size and the clock that `config` asks for, for previews.
    """
    if not narrations:
        raise ValueError("A film needs at least one narration.")
    placed: list[Placed] = []
    frame = 0
    for index in range(len(narrations)):
        filmed = _Filmed(narrations, index, config, title, format_ or Format.of(config))
        placed.append(filmed.placed(frame))
        frame += placed[-1].frames
    return Timeline(format=format_ or Format.of(config), title=title, placed=tuple(placed))


class Place(NamedTuple):
    """Where a scene lies in the film, in frames of the film: it begins, its voice begins, it ends."""

    first: int
    voice: int
    end: int


def places(
    narrations: Sequence[Narration | None], config: VideoConfig, *, format_: Format | None = None
) -> Iterator[Place]:
    """Scene after scene, for a fraction of the work of `plan`: words are not set, pictures need not be known.

    A scene is placed by itself and those before it; of those behind it only their number is read.
    """
    clock, frame = format_ or Format.of(config), 0
    for index in range(len(narrations)):
        filmed = _Filmed(narrations, index, config, "", clock)
        cut = frame + filmed.half_in
        end = cut + filmed.extent.frames - filmed.half_out
        yield Place(frame, cut + filmed.extent.voice, end)
        frame = end


class Timing(NamedTuple):
    """Seconds: how long the film is, and when each voice begins."""

    duration: float
    voices: tuple[float, ...]


def timing(narrations: Sequence[Narration], config: VideoConfig, *, format_: Format | None = None) -> Timing:
    """What `plan` would say of the clock."""
    clock = format_ or Format.of(config)
    placed = list(places(narrations, config, format_=clock))
    return Timing(clock.seconds(placed[-1].end), tuple(clock.seconds(place.voice) for place in placed))


def scene_of(
    narrations: Sequence[Narration | None],
    index: int,
    config: VideoConfig,
    title: str,
    *,
    format_: Format | None = None,
) -> tuple[Chunk, ...]:
    """The chunks of scene `index` alone. Only it and the narration before it are read; the others may be None."""
    return divided(_Filmed(narrations, index, config, title, format_ or Format.of(config)).whole())


class _Filmed:
    """One scene with what it must know of its neighbour. Times of the scene count from its cut."""

    def __init__(
        self, narrations: Sequence[Narration | None], index: int, config: VideoConfig, title: str, format_: Format
    ) -> None:
        self.config, self.cards, self.title, self.index, self.format = config, config.cards, title, index, format_
        self.count = len(narrations)
        self.own = _present(narrations[index], index)
        self.previous = _present(narrations[index - 1], index - 1) if index else None
        self.extent = self._extent(self.own, index)
        self.half_in, self.half_out = (frames // 2 for frames in self._crossings(self.own, index))

    def placed(self, frame: int) -> Placed:
        scene = self.own.scene
        return Placed(
            scene=scene.id,
            title=scene.title,
            first_frame=frame,
            cut_frame=frame + self.half_in,
            voice_frame=frame + self.half_in + self.extent.voice,
            chunks=divided(self.whole()),
            cues=self.cues,
        )

    def whole(self) -> Chunk:
        """All frames of the scene as one, not divided yet."""
        burn = self.config.subtitles.burn_in
        return Chunk(
            format=self.format,
            frames=self.half_in + self.extent.frames - self.half_out,
            shots=self._shots(self.own, self.index, self.half_in),
            transition=self._transition(),
            cues=self.cues if burn else (),
            highlight=self.config.subtitles.highlight,
            title=self._title(),
            ending=self._ending(),
            cards=tuple(self._cards()),
        )

    def _crossings(self, narration: Narration, index: int) -> tuple[int, int]:
        """Frames of the transitions into and out of a scene."""
        names = (wished(name, self.config) for name in (narration.entrance, narration.exit))
        into, out = (crossing_frames(name, self.format) for name in names)
        return into if index else 0, out if index < self.count - 1 else 0

    def _extent(self, narration: Narration, index: int) -> Extent:
        before, after = (half_gap(frames, self.format) for frames in self._crossings(narration, index))
        ends = {"first": index == 0, "last": index == self.count - 1}
        return extent(narration, self.cards, self.format, (before, after), **ends)

    def _opening(self, narration: Narration, index: int) -> float:
        return shown_before(narration.scene, self.cards, first=index == 0)

    def _shots(self, narration: Narration, index: int, origin: int) -> tuple[Shot, ...]:
        """The scene's shots; `origin` is the frame of its cut. Moves reach over the transitions on both sides."""
        reach = self._extent(narration, index)
        before, after = (frames // 2 for frames in self._crossings(narration, index))
        stretch = Stretch(
            first=-before,
            last=reach.frames + after,
            opening=self.format.frames(self._opening(narration, index)),
            ending=reach.frames - reach.end_frames,
            blend=0 if self.config.transition == "cut" else 2 * self.format.frames(RHYTHM.reframe / 2),
            built=self._built(narration, index),
        )
        words = _shifted(narration.words, self.format.seconds(reach.voice))
        return shots_of(narration, words, stretch, self.format, origin)

    def _built(self, narration: Narration, index: int) -> int:
        """The film's first stage is built behind its title, of whatever can be moved apart."""
        if index or not self.cards.title or narration.material.kind != "layers":
            return 0
        return self.format.frames(RHYTHM.title + RHYTHM.goes)

    def _transition(self) -> Transition | None:
        if self.previous is None or not self.half_in:
            return None
        former = self._extent(self.previous, self.index - 1)
        shots = self._shots(self.previous, self.index - 1, self.half_in - former.frames)
        return Transition(name=wished(self.own.entrance, self.config), frames=2 * self.half_in, outgoing=shots[-1])

    @cached_property
    def cues(self) -> tuple[Cue, ...]:
        """Words are shown between the transitions, never over them."""
        origin = self.format.seconds(self.half_in + self.extent.voice)
        words = _shifted(self.own.words, origin)
        rule = measure("".join(word.text for word in words), self.format.shape)
        stop = self.half_in + self.extent.frames - self.half_out - self.extent.end_frames
        return timed(cut(setting(words, rule), rule), (0, stop), self.format)

    def _title(self) -> Card | None:
        if self.index or not self.cards.title:
            return None
        return Card(text=self.title, first_frame=0, end_frame=self.format.frames(RHYTHM.title))

    def _cards(self) -> Iterator[Card]:
        """A chapter's card ends where the voice may begin; a strip comes when all that is over."""
        scene, after = self.own.scene, self.half_in + self.format.frames(self._opening(self.own, self.index))
        if scene.chapter and self.cards.chapters:
            first = max(2 * self.half_in, after - self.format.frames(RHYTHM.chapter))
            yield _card("chapter", scene.chapter, (first, after))
        first = max(2 * self.half_in, after) + self.format.frames(RHYTHM.strip_after)
        stop = self.half_in + self.extent.frames - self.half_out - self.extent.end_frames
        end = min(stop, first + self.format.frames(RHYTHM.strip))
        if scene.strip and self.cards.lower_thirds:
            yield _card("strip", scene.strip, (first, end))

    def _ending(self) -> Card | None:
        if not self.extent.end_frames:
            return None
        end = self.half_in + self.extent.frames
        words = FAREWELLS.get(self.own.scene.language.split("-")[0], "") if self.cards.end else ""
        return Card(text=words, first_frame=end - self.extent.end_frames, end_frame=end)


def _present(narration: Narration | None, index: int) -> Narration:
    if narration is None:
        raise ValueError(f"The narration of scene {index} is needed for this chunk.")
    return narration


def _card(kind: Literal["chapter", "strip"], heading: Heading, span: tuple[int, int]) -> Card:
    return Card(kind=kind, text=heading.text, note=heading.note, first_frame=span[0], end_frame=span[1])


def _shifted(words: Sequence[Word], seconds: float) -> tuple[Word, ...]:
    """Rounded to the microsecond, so that keys do not hang on the last bit of a float."""
    return tuple(
        Word(text=w.text, start=round(w.start + seconds, 6), end=round(max(w.start, w.end) + seconds, 6)) for w in words
    )
