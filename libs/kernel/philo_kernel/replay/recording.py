"""A job as it was: what every service said of it, what it had heard, what providers answered. One file to keep and pass on.

The file is a ZIP archive that any tool opens: a page in words, `recording.json`, and facts and notes as lines of JSON.
It holds the texts of a person. It holds no key, password or address of a server.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from pydantic import BaseModel, ConfigDict

from philo_contracts.envelope import Envelope
from philo_kernel.private_file import private_file

FORMAT = 1
"""Raise it when a file that is written could not be read by the versions before."""
SUFFIX = ".philo.zip"
PAGE = """\
A recording of one job of Philo, made to be run again: philo replay run THIS-FILE

THE TEXTS OF A PERSON ARE IN IT: the script, everything that was made of it, and what language models answered.
Handle it as you would handle the script itself. No key, no password and no server's address is in it.

recording.json   which job, when this was recorded, and what settings the services decided with
facts.jsonl      every fact of the job, in the order in which they were said; how long the work took that they came of
around.jsonl     the film that the job edits, where it edits one
handled.jsonl    when each handler of each service took a fact up
parked.jsonl     what a handler could not handle, and why
messages.jsonl   what people were told of it; old news of progress are dropped with time
objects/         what providers made that facts only name: pictures that were bought
"""
M = TypeVar("M", bound="Line")


class Line(BaseModel):
    model_config = ConfigDict(frozen=True)


class Said(Line):
    """A fact in its place in its service's store, with the times of the work it came of, if it came of any."""

    position: int
    at: datetime
    ordered_at: datetime | None = None
    begun_at: datetime | None = None
    attempts: int | None = None
    fact: Envelope


class Handled(Line):
    """When a handler took a fact up: the time of the transaction, which may have been one for many."""

    service: str
    handler: str
    event: UUID
    at: datetime


class Stuck(Line):
    """A fact that a handler could not handle."""

    service: str
    handler: str
    event: UUID
    error: str


class Message(Line):
    """What a service told a person of the job, as JSON."""

    service: str
    at: datetime
    name: str
    body: str


class About(Line):
    """What a recording says of itself. `terms` are by service."""

    format: int = FORMAT
    job: str
    recorded_at: datetime
    version: str
    terms: dict[str, dict[str, Any]] = {}


class NoRecording(Exception):
    """This file cannot be run; the words say why."""


class Recording(BaseModel):
    """`facts` are all services' in the order of their times; each knows by `source` who said it."""

    about: About
    facts: tuple[Said, ...]
    around: tuple[Envelope, ...] = ()
    handled: tuple[Handled, ...] = ()
    parked: tuple[Stuck, ...] = ()
    messages: tuple[Message, ...] = ()
    objects: dict[str, bytes] = {}

    def of(self, service: str) -> list[Said]:
        return [one for one in self.facts if one.fact.source == service]

    def blobs(self) -> Iterator[Mapping[str, Any]]:
        """Every object that a fact names."""
        for one in (*(said.fact for said in self.facts), *self.around):
            yield from blobs_in(one.data)


def blobs_in(value: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, dict):
        if value.keys() == {"key", "size_bytes", "media_type"}:
            yield value
        else:
            for inner in value.values():
                yield from blobs_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from blobs_in(inner)


def write(recording: Recording, path: Path) -> None:
    """For its owner's eyes alone; whole, or not at all. Raises OSError."""
    with private_file(path) as file, ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", PAGE)
        archive.writestr("recording.json", recording.about.model_dump_json(indent=2))
        for name, lines in (
            ("facts", recording.facts),
            ("around", recording.around),
            ("handled", recording.handled),
            ("parked", recording.parked),
            ("messages", recording.messages),
        ):
            archive.writestr(f"{name}.jsonl", "".join(f"{line.model_dump_json()}\n" for line in lines))
        for key, body in sorted(recording.objects.items()):
            archive.writestr(f"objects/{key}", body)


def read(path: Path) -> Recording:
    """Raises `NoRecording` in words."""
    try:
        with ZipFile(path) as archive:
            return read_from(archive)
    except OSError as error:
        raise NoRecording(f"{path} cannot be read: {error.strerror}.") from error
    except (BadZipFile, KeyError, ValueError, EOFError, RuntimeError, zlib.error) as error:
        raise NoRecording(f"{path} is no recording of a job, or it is damaged ({type(error).__name__}).") from error


def read_from(archive: ZipFile) -> Recording:
    about = About.model_validate_json(archive.read("recording.json"))
    if about.format != FORMAT:
        words = f"It was recorded in format {about.format}, and this version of Philo reads format {FORMAT}."
        raise NoRecording(f"{words} Run it with the version that wrote it, {about.version}, or record it again.")
    return Recording(
        about=about,
        facts=tuple(lines(archive, "facts", Said)),
        around=tuple(Envelope.model_validate_json(line) for line in raw(archive, "around")),
        handled=tuple(lines(archive, "handled", Handled)),
        parked=tuple(lines(archive, "parked", Stuck)),
        messages=tuple(lines(archive, "messages", Message)),
        objects={
            name.removeprefix("objects/"): archive.read(name)
            for name in archive.namelist()
            if name.startswith("objects/")
        },
    )


def lines(archive: ZipFile, name: str, kind: type[M]) -> Iterable[M]:
    return (kind.model_validate_json(line) for line in raw(archive, name))


def raw(archive: ZipFile, name: str) -> list[str]:
    return [line for line in archive.read(f"{name}.jsonl").decode().split("\n") if line]
