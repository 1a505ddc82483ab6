import hashlib
import json

import pytest

from philo_tts.voices import choose
from philo_tts.voices.added import UnfitVoice, add, added, installed, model_of
from philo_tts.voices.catalogue import VOICES

CONFIG = {"audio": {"sample_rate": 16_000}, "phoneme_id_map": {}, "language": {"code": "de_DE"}}


@pytest.fixture
def files(tmp_path):
    model, config = tmp_path / "de_DE-thorsten-medium.onnx", tmp_path / "de_DE-thorsten-medium.onnx.json"
    model.write_bytes(b"a model")
    config.write_text(json.dumps(CONFIG))
    return model, config


def test_an_added_voice_is_installed_and_is_what_its_language_has(files, tmp_path):
    folder = tmp_path / "voices"
    voice = add(*files, folder, source="here", gender="male")
    assert (voice.id, voice.language, voice.name) == ("piper:de_DE-thorsten-medium", "de-DE", "Thorsten")
    assert added(folder) == (voice,)
    assert voice in installed(folder)
    assert choose("de", None, (*VOICES, *added(folder))) == voice


def test_its_files_are_those_that_were_added(files, tmp_path):
    voice = add(*files, tmp_path / "voices", source="here", gender="male")
    model, config = model_of(voice.id, tmp_path / "voices")
    assert (model.read_bytes(), json.loads(config.read_text())) == (b"a model", CONFIG)


def test_a_file_that_was_changed_since_is_refused(files, tmp_path):
    voice = add(*files, tmp_path / "voices", source="here", gender="male")
    (tmp_path / "voices" / "added" / "de_DE-thorsten-medium.onnx").write_bytes(b"another")
    with pytest.raises(UnfitVoice, match="not the file that was added"):
        model_of(voice.id, tmp_path / "voices")


def test_a_checksum_that_is_given_is_held(files, tmp_path):
    right = hashlib.sha256(b"a model").hexdigest()
    with pytest.raises(UnfitVoice, match=right):
        add(*files, tmp_path / "voices", source="here", gender="male", sha256="0" * 64)
    assert added(tmp_path / "voices") == ()
    add(*files, tmp_path / "voices", source="here", gender="male", sha256=right)


@pytest.mark.parametrize("config", ["no json", "[]", "{}"])
def test_what_is_no_configuration_is_refused(files, tmp_path, config):
    files[1].write_text(config)
    with pytest.raises(UnfitVoice, match="no configuration"):
        add(*files, tmp_path / "voices", source="here", gender="male")


@pytest.mark.parametrize("name", ["../x", "piper:../../etc/passwd", "de_DE-nobody-medium"])
def test_a_voice_that_was_not_added_has_no_files(tmp_path, name):
    assert model_of(name, tmp_path) is None


def test_a_voice_of_the_install_is_not_added_again(files, tmp_path):
    model = files[0].rename(tmp_path / "en_US-joe-medium.onnx")
    with pytest.raises(UnfitVoice, match="comes with the install"):
        add(model, files[1], tmp_path / "voices", source="here", gender="male")


def test_a_manifest_that_cannot_be_read_is_no_voice(files, tmp_path):
    add(*files, tmp_path / "voices", source="here", gender="male")
    (tmp_path / "voices" / "added" / "de_DE-thorsten-medium.voice.json").write_text("{")
    assert added(tmp_path / "voices") == ()
