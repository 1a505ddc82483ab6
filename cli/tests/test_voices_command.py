import json
import tarfile
import zipfile

import pytest
from typer.testing import CliRunner

from philo.main import app
from philo.voices import VoiceError, beside, gathered

NAME = "de_DE-thorsten-medium.onnx"
CONFIG = json.dumps({"audio": {"sample_rate": 22_050}, "phoneme_id_map": {}, "language": {"code": "de_DE"}})


@pytest.fixture
def model(tmp_path):
    folder = tmp_path / "here"
    folder.mkdir()
    (folder / NAME).write_bytes(b"a model")
    (folder / f"{NAME}.json").write_text(CONFIG)
    return folder / NAME


def test_a_voice_that_is_added_is_listed(model, tmp_path, monkeypatch):
    monkeypatch.setenv("TTS_MODELS", str(tmp_path / "models"))
    said = CliRunner().invoke(app, ["voices", "add", str(model), "--gender", "male"])
    assert (said.exit_code, "piper:de_DE-thorsten-medium speaks de-DE" in said.output) == (0, True)
    listed = CliRunner().invoke(app, ["voices", "list", "--language", "de"])
    assert "piper:de_DE-thorsten-medium" in listed.output
    assert "piper:en_US" not in listed.output


def test_a_wheel_and_a_tarball_hold_a_voice(model, tmp_path):
    wheel, tarball = tmp_path / "voice-1-py3-none-any.whl", tmp_path / "voice.tar.gz"
    with zipfile.ZipFile(wheel, "w") as packed:
        for path in (model, model.with_name(f"{NAME}.json")):
            packed.write(path, f"voice/assets/{path.name}")
    with tarfile.open(tarball, "w:gz") as packed:
        packed.add(model.parent, "../elsewhere")
    for archive in (wheel, tarball):
        folder = tmp_path / f"for-{archive.name}"
        folder.mkdir()
        files = gathered(str(archive), folder)
        assert (files.model.read_bytes(), files.config.read_text()) == (b"a model", CONFIG)
        assert files.model.is_relative_to(folder)


def test_a_model_without_its_configuration_is_refused(model):
    model.with_name(f"{NAME}.json").unlink()
    with pytest.raises(VoiceError, match=r"thorsten-medium\.onnx\.json should lie beside"):
        beside(model)


@pytest.mark.parametrize("source", ["no such thing!", "-r evil.txt"])
def test_what_names_nothing_is_refused(source, tmp_path):
    with pytest.raises(VoiceError, match="no file, no URL"):
        gathered(source, tmp_path)
