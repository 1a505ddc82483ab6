"""What pictures, voice, music and film look add to a film of flat pictures with plain subtitles: `make bench-look`.

The demo's script, made twice by render's own engine in one thread. `plain`: its pictures are given as JPEGs and its
voice as FLAC; plain subtitles, cuts, no cards, no music. `whole`: everything as a film has it by default, with the
voice spoken, the pictures drawn in depth and the music composed. Only work is counted, not imports and the loading of
the voice, which a worker pays once. Seconds of CPU.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from benchmarks.render import report
from benchmarks.render.measure import measured
from benchmarks.render.stages import Stages, watched
from philo_analysis.extractive import read
from philo_contracts.shapes import Cards, MusicWish, Scene, Subtitles, VideoConfig, Word
from philo_render import crew, film, pictures
from philo_render.crew.paint import QUALITY, focus_of, jpeg
from philo_render.film import layers
from philo_render.film.chunk import Material
from philo_render.orders import OVERSIZE
from philo_tts.music import as_flac, compose, render
from philo_tts.voices import narration
from philo_tts.voices.encoding import flac

BEGIN, END = "<!-- written by make bench-look: begin -->", "<!-- written by make bench-look: end -->"
GOAL = 1.25
RESOLUTIONS = ("720p", "1080p")
VOICES = str(Path.home() / ".cache" / "philo" / "voices")
PLAIN: dict[str, Any] = {
    "depth": False,
    "subtitles": Subtitles(highlight="none"),
    "music": MusicWish(enabled=False),
    "transition": "cut",
    "cards": Cards(title=False, chapters=False, lower_thirds=False, end=False),
}
PARTS = ("voice", "pictures", "music", "decode", "pack", "draw", "x264", "sound", "AAC", "join", "other")
Measured = Callable[[str, Callable[..., Any]], Callable[..., Any]]


def script() -> tuple[str, tuple[Scene, ...]]:
    """The demo's title and scenes."""
    told = read((files("philo") / "scripts" / "demo.en.txt").read_text(encoding="utf-8"))
    return told.title, told.scenes


def size_of(config: VideoConfig) -> tuple[int, int]:
    """Pixels of a picture, as the service draws it."""
    format_ = film.Format.of(config)
    return round(format_.width * OVERSIZE) // 2 * 2, round(format_.height * OVERSIZE) // 2 * 2


def speak(scene: Scene, folder: Path) -> tuple[float, tuple[Word, ...]]:
    """The voice's length and words; its sound lies in `folder`."""
    said = narration.speak(scene.narration, "en", None, 50, VOICES)
    (folder / f"{scene.id}.flac").write_bytes(flac(said))
    return len(said.pcm) / said.rate, said.words


def composed(scenes: Sequence[Scene], size: tuple[int, int]) -> list[pictures.Composition]:
    found: list[pictures.Composition] = []
    for scene in scenes:
        used = tuple(one.backdrop for one in found)
        found.append(pictures.compose(scene, size, seed=scene.index, avoid=used))
    return found


def given(folder: Path, resolution: str) -> None:
    """Voices and flat pictures, made beforehand."""
    _, scenes = script()
    spoken = {scene.id: speak(scene, folder) for scene in scenes}
    told = {name: [seconds, [word.model_dump() for word in words]] for name, (seconds, words) in spoken.items()}
    (folder / "spoken.json").write_text(json.dumps(told), encoding="utf-8")
    size = size_of(VideoConfig.model_validate({"resolution": resolution}))
    for scene, composition in zip(scenes, composed(scenes, size), strict=True):
        (folder / f"{scene.id}.jpg").write_bytes(jpeg(pictures.draw(composition, size), QUALITY))


def plain(folder: Path, resolution: str, stages: Measured) -> float:  # noqa: ARG001 - it has no stages of its own
    """Film what is given; returns the film's seconds."""
    title, scenes = script()
    scenes = tuple(scene.model_copy(update={"chapter": None, "strip": None}) for scene in scenes)
    config = VideoConfig.model_validate({"resolution": resolution} | PLAIN)
    spoken = json.loads((folder / "spoken.json").read_text(encoding="utf-8"))
    told = [
        film.Narration(
            scene=scene,
            duration=spoken[scene.id][0],
            words=tuple(Word(**word) for word in spoken[scene.id][1]),
            material=Material(key=scene.id),
        )
        for scene in scenes
    ]
    sources = {scene.id: (folder / f"{scene.id}.jpg").read_bytes() for scene in scenes}
    return filmed(told, title, config, sources, folder, None)


def whole(folder: Path, resolution: str, stages: Measured) -> float:
    """Speak, draw, compose and film; returns the film's seconds."""
    title, scenes = script()
    config = VideoConfig.model_validate({"resolution": resolution})
    spoken = stages("voice", lambda: {scene.id: speak(scene, folder) for scene in scenes})()
    shown = stages("pictures", lambda: painted(scenes, size_of(config)))()
    names = film.choose(scenes, config.transition)
    told = [
        film.Narration(
            scene=scene,
            duration=spoken[scene.id][0],
            words=spoken[scene.id][1],
            material=Material(key=scene.id, kind="layers"),
            focus=shown[scene.id][1],
            entrance=film.around(names, scene.index)[0],
            exit=film.around(names, scene.index)[1],
        )
        for scene in scenes
    ]
    seconds = film.timing(told, config).duration
    music = folder / "music.flac"
    music.write_bytes(
        stages("music", lambda: as_flac(render(compose(scenes[0].mood, seconds, genre="ambient", seed=1))))()
    )
    return filmed(told, title, config, {name: body for name, (body, _) in shown.items()}, folder, music)


def painted(scenes: Sequence[Scene], size: tuple[int, int]) -> dict[str, tuple[bytes, tuple[float, float]]]:
    """Each scene's picture in depth groups, and where the camera looks; its JPEG is made as the service makes it."""
    shown = {}
    for scene, composition in zip(scenes, composed(scenes, size), strict=True):
        groups = pictures.draw_layers(composition, size)
        jpeg(groups.flat(), QUALITY)
        shown[scene.id] = layers.packed(groups), focus_of(composition)
    return shown


def filmed(
    told: Sequence[film.Narration],
    title: str,
    config: VideoConfig,
    sources: film.Sources,
    folder: Path,
    music: Path | None,
) -> float:
    timeline, stock = film.plan(told, config, title), film.Stock()
    bodies = [film.draw_chunk(chunk, sources, stock=stock) for chunk in film.chunks(timeline)]
    samples = timeline.frames * film.RATE // timeline.format.fps
    voices = [film.Voice(start, folder / f"{name}.flac") for name, start in timeline.voices.items()]
    with film.mix(voices, music, samples / film.RATE) as sound:
        film.keep(film.encoding(sound.blocks(), samples), samples, folder / "sound")
    film.join(bodies, film.EncodedSound(folder / "sound").packets(), folder / "film.mp4", timeline.format)
    return timeline.duration


def child(kind: str, folder: Path, resolution: str) -> dict[str, float]:
    """One way of making the film; seconds of CPU by part, and the film's own."""
    crew.prepare()
    narration.speak("Ready.", "en", None, 50, VOICES)
    stages = Stages()
    watched(stages)
    duration = {"plain": plain, "whole": whole}[kind](folder, resolution, stages)
    stages("other", lambda: None)()
    return {"film": duration} | dict(stages.seconds)


def table(found: dict[str, dict[str, dict[str, float]]]) -> str:
    rows = ["| CPU s | film s | all | " + " | ".join(PARTS) + " |", "| --- " * (len(PARTS) + 3) + "|"]
    told = []
    for resolution, (flat, full) in ((one, (both["plain"], both["whole"])) for one, both in found.items()):
        for name, costs in (("plain", flat), ("whole", full)):
            parts = " | ".join(f"{costs.get(part, 0.0):.2f}" for part in PARTS)
            rows.append(f"| {resolution}, {name} | {costs['film']:.1f} | {spent(costs):.1f} | {parts} |")
        ratio = spent(full) / spent(flat)
        second = ratio * flat["film"] / full["film"]
        met = "yes" if ratio <= GOAL else "**no**"
        told.append(f"| {resolution} | ≤ {GOAL} | {ratio:.2f} | {met} | {second:.2f} |")
    goals = [
        "| whole ÷ plain | asked | measured | met | for a second of film |",
        "| --- | --- | --- | --- | --- |",
        *told,
    ]
    return "\n".join([f"Measured {datetime.now(UTC):%Y-%m-%d}, one thread, one run.", "", *goals, "", *rows])


def spent(costs: dict[str, float]) -> float:
    return sum(costs.get(part, 0.0) for part in PARTS)


def main() -> None:
    found: dict[str, dict[str, dict[str, float]]] = {}
    for resolution in RESOLUTIONS:
        with tempfile.TemporaryDirectory(prefix="philo-bench-") as folder:
            given(Path(folder), resolution)
            found[resolution] = {
                kind: measured("benchmarks.look", kind, folder, resolution).said for kind in ("plain", "whole")
            }
    told = table(found)
    print(told)
    report.write(told, (BEGIN, END))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(child(sys.argv[1], Path(sys.argv[2]), sys.argv[3])))
    else:
        main()
