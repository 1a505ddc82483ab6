from pathlib import Path

import pytest

from philo_tts.speech import speak_plan

TABLES = sorted((Path(__file__).parent / "spoken").glob("*.tsv"))


def rows():
    for table in TABLES:
        for line in table.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("# "):
                yield pytest.param(table.stem, *line.split("\t"), id=f"{table.stem}:{line.partition(chr(9))[0]}")


@pytest.mark.parametrize(("language", "shown", "spoken"), list(rows()))
def test_a_shown_word_is_said_as_a_person_would(language, shown, spoken):
    gap = "" if language == "zh" else " "
    assert "|".join(gap.join(token.spoken) for token in speak_plan(shown, language)) == spoken
