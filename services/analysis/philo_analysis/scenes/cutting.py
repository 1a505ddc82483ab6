"""Where to cut: sentences are put into scenes that last a few seconds and hold one thought."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from philo_analysis.scenes.choosing import best_spans
from philo_analysis.scenes.clauses import MOST_CHARACTERS, bounded, clauses
from philo_analysis.scenes.cohesion import cohesion
from philo_analysis.scenes.pacing import LONGEST, seconds
from philo_analysis.scenes.passages import Passage, Unit, passage
from philo_analysis.scenes.rhythm import ideal_seconds
from philo_analysis.text.characters import join
from philo_analysis.text.cleaning import Paragraph, Script

_HEADING, _PARAGRAPH, _ITEM, _TURN, _SENTENCE, _CLAUSE = -0.8, 0.0, 0.2, 0.15, 0.5, 1.6
_SPEECH, _REPLY, _COUPLET, _VERSE = 0.2, 0.45, 0.25, 0.9
_COHESION = 0.22
_MOST_UNITS = 160
_MOST_PARTS = 60
_MOST_WEIGHED = 1_500
_TURNS = re.compile(
    r"^[\"“]?(?:One|That|The next|Next|Then|Suddenly|But|Later|Finally|Meanwhile|At last|At (?:dawn|night|noon|first)|"
    r"In (?:the )?(?:spring|summer|autumn|winter|morning|evening|end|\d{3,4})|When|After|By|Now|Today|Years|Far|However)\b"
    r"|^[“「]?(?:第二|那天|这时|忽然|突然|后来|接着|终于|从此|有一天|一天|夜|傍晚|清晨|早上|春天|夏天|秋天|冬天|但|可是|然而|雨|到了|很久|今天|如今|现在)"
)


def units(script: Script) -> tuple[Unit, ...]:
    """The sentences of a script in order, priced as places to cut; none lasts much longer than a scene may."""
    found: list[Unit] = []
    before: Paragraph | None = None
    part = ""
    for paragraph in script.paragraphs:
        part = paragraph.heading or part
        found += _units(paragraph, before, part)
        before = paragraph
    return tuple(_by_subject(found))


def cut(all_units: Sequence[Unit], scenes: int | None = None) -> tuple[Passage, ...]:
    """1 to 40 scenes: every unit once, in order.

    `scenes` is met when there are that many sentences and clauses; without it a scene aims at
    6.5 to 8.5 seconds, as the text feels.
    """
    pieces = _pack(_enough(list(all_units), scenes or 1))
    spans = best_spans(pieces, ideal_seconds(all_units), scenes)
    return tuple(passage(pieces[start:end]) for start, end in spans)


def parts(script: Script, scenes: int | None = None) -> tuple[Unit, ...]:
    """What a scene may begin with: the sentences, with long ones parted at clauses as far as `scenes` needs it."""
    return tuple(_enough(list(units(script)), scenes or 1))


def _units(paragraph: Paragraph, before: Paragraph | None, part: str) -> list[Unit]:
    found: list[Unit] = []
    speakers = (paragraph.speaker,) if paragraph.speaker else ()
    for place, sentence in enumerate(paragraph.sentences):
        opens = not place
        price = _outer_price(paragraph, before) if opens else _inner_price(paragraph, place)
        heading = paragraph.heading if opens else ""
        unit = Unit(sentence, seconds(sentence), price, heading, part, speakers, paragraph.is_item, opens)
        found += _parted(unit, LONGEST * 1.2)
    return found


def _outer_price(paragraph: Paragraph, before: Paragraph | None) -> float:
    if paragraph.heading:
        return _HEADING
    if before and before.speaker and paragraph.speaker:
        return _REPLY if before.text.rstrip("\"'”’」").endswith(("?", "？")) else _SPEECH
    return _ITEM if paragraph.is_item and before and before.is_item else _PARAGRAPH


def _inner_price(paragraph: Paragraph, place: int) -> float:
    if paragraph.verse:
        return _COUPLET if place % 2 == 0 else _VERSE
    return _SENTENCE


def _by_subject(found: list[Unit]) -> list[Unit]:
    """Units whose cuts are cheaper where the subject changes. A very long text has more sentences than scenes by far."""
    if len(found) > _MOST_WEIGHED:
        return found
    ties = cohesion([unit.text for unit in found])
    return [
        replace(unit, cut=unit.cut + _COHESION * tie) if _PARAGRAPH <= unit.cut < _CLAUSE else unit
        for unit, tie in zip(map(_at_turn, found), ties, strict=True)
    ]


def _at_turn(unit: Unit) -> Unit:
    return replace(unit, cut=min(unit.cut, _TURN)) if _TURNS.match(unit.text) and unit.cut == _SENTENCE else unit


def _parted(unit: Unit, longest: float) -> list[Unit]:
    """A unit, parted at clauses into pieces of about a scene when it is longer than `longest` seconds."""
    if unit.seconds <= longest and len(unit.text) <= longest * 60:
        return [unit]
    pieces = [piece for clause in _even(clauses(unit.text)) for piece in bounded(clause)]
    return [_piece(unit, text, first=not place) for place, text in enumerate(pieces)]


def _even(texts: list[str]) -> list[str]:
    """Clauses put together again to pieces of like length, none longer than a scene if its clauses are not."""
    lasting = [seconds(text) for text in texts]
    share = sum(lasting) / max(2, round(sum(lasting) / (LONGEST * 0.8)))
    groups: list[list[str]] = [[]]
    heard = 0.0
    for text, time in zip(texts, lasting, strict=True):
        if groups[-1] and abs(heard + time - share) > abs(heard - share):
            groups.append([])
            heard = 0.0
        groups[-1].append(text)
        heard += time
    return [join(group) for group in groups]


def _piece(unit: Unit, text: str, *, first: bool) -> Unit:
    """A part of a unit; only the first opens what the unit opened."""
    if first:
        return replace(unit, text=text, seconds=seconds(text))
    return replace(unit, text=text, seconds=seconds(text), cut=_CLAUSE, heading="", opens=False)


def _enough(pieces: list[Unit], wanted: int) -> list[Unit]:
    """Units parted further at clause ends, longest first, until there are as many as scenes are wanted."""
    whole: set[str] = set()
    while len(pieces) < wanted:
        partable = [place for place, unit in enumerate(pieces) if unit.text not in whole]
        if not partable:
            return pieces
        place = max(partable, key=lambda place: pieces[place].seconds)
        parted = _two(pieces[place])
        whole.update(unit.text for unit in parted if len(parted) == 1)
        pieces[place : place + 1] = parted
    return pieces


def _two(unit: Unit) -> list[Unit]:
    """A unit in two at the clause end nearest its middle."""
    texts = clauses(unit.text)
    if len(texts) < 2:
        return [unit]
    lasting = [seconds(text) for text in texts]
    middle = min(range(1, len(texts)), key=lambda place: abs(2 * sum(lasting[:place]) - sum(lasting)))
    halves = (join(texts[:middle]), join(texts[middle:]))
    return [_piece(unit, text, first=not place) for place, text in enumerate(halves)]


def _pack(pieces: list[Unit]) -> list[Unit]:
    """Neighbours of a very long text put together, so that choosing the cuts stays quick."""
    if len(pieces) <= _MOST_UNITS:
        return pieces
    least = sum(unit.seconds for unit in pieces) / (_MOST_UNITS / 2)
    has_parts = sum(bool(unit.heading) for unit in pieces) <= _MOST_PARTS
    groups: list[list[Unit]] = []
    heard, written = 0.0, 0
    for unit in pieces:
        full = heard + unit.seconds > least or written + len(unit.text) > MOST_CHARACTERS
        if not groups or full or (has_parts and unit.heading):
            groups.append([])
            heard, written = 0.0, 0
        groups[-1].append(unit)
        heard, written = heard + unit.seconds, written + len(unit.text)
    return [_packed(group) for group in groups]


def _packed(group: list[Unit]) -> Unit:
    told = passage(group)
    lasting = sum(unit.seconds for unit in group)
    return replace(group[0], text=told.narration, seconds=lasting, heading=told.heading, speakers=told.speakers)
