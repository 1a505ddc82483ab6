"""Looks at what services bring along: fonts to write with, voices to speak with."""

from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Protocol

from philo.doctor.finding import Finding, fine, note, wrong

INSTALL = "`uv sync --all-groups` brings it."


class Face(Protocol):
    """A font by the package that it comes with."""

    @property
    def package(self) -> str: ...
    @property
    def path(self) -> str: ...


def look(models: Path) -> list[Finding]:
    """`models` is where prepared voices are kept. Services are imported here: the other commands do without."""
    from PIL import features  # noqa: PLC0415

    from philo_render.film import fonts as known  # noqa: PLC0415
    from philo_tts.voices.added import UnfitVoice, added, installed, model_of  # noqa: PLC0415

    faces = [face for face in vars(known).values() if isinstance(face, known.Face)]
    speaking: set[str] = {voice.provider for voice in installed(models)}
    broken: dict[str, str] = {}
    for voice in added(models):
        try:
            model_of(voice.id, models)
        except (UnfitVoice, OSError) as error:
            broken[voice.id] = str(error)
    return [fonts(faces, shaped=bool(features.check("raqm"))), voices(speaking, broken)]


def fonts(faces: Iterable[Face], *, shaped: bool) -> Finding:
    """`shaped`: whether letters can be joined as Arabic and Indic scripts want it."""
    every = list(faces)
    missing = sorted({f"{face.package} ({face.path.rpartition('/')[2]})" for face in every if not there(face)})
    if missing:
        return wrong("fonts", f"missing: {', '.join(missing)}; what they write would be boxes", INSTALL)
    if not shaped:
        return wrong(
            "fonts", "Pillow was built without raqm: some scripts cannot be written", "Install Pillow's wheel."
        )
    return fine("fonts", f"{len(every)} faces at hand")


def there(face: Face) -> bool:
    try:
        return (files(face.package) / "fonts" / "ofl" / face.path).is_file()
    except ModuleNotFoundError:
        return False


def voices(speaking: set[str], broken: dict[str, str]) -> Finding:
    """`speaking` are the offline engines that are installed, `broken` are voices whose models are not what was added."""
    if broken:
        told = "; ".join(f"{voice}: {why}" for voice, why in broken.items())
        return wrong("voices", f"damaged: {told}", "`philo voices add` brings a model again.")
    if not speaking:
        return wrong("voices", "no offline voice is installed: without a key nothing can be spoken", INSTALL)
    if missing := {"piper", "espeak"} - speaking:
        words = {"piper": "natural English", "espeak": "Chinese and most other languages"}
        lost = ", ".join(f"{words[name]} ({name})" for name in sorted(missing))
        return note("voices", f"without a key nobody speaks {lost}", INSTALL)
    return fine("voices", "offline engines at hand: espeak, piper")
