"""Kafka's jars are there whole or not at all, whoever fetches them and however that ends."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from philo.stack import kafka_jars
from philo.stack.errors import NotInstalled


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """A Maven that has two jars; and a cache of the test's own."""
    asked: list[Path] = []

    def fetched(folder: Path) -> list[Path]:
        asked.append(folder)
        found = [folder / name for name in ("kafka.jar", "slf4j.jar")]
        for jar in found:
            jar.write_text(jar.name)
        return found

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(kafka_jars, "fetched", fetched)
    return asked


def left_over() -> list[str]:
    return [path.name for path in kafka_jars.cached().parent.iterdir() if path.name.startswith("fetch-")]


def test_they_are_fetched_once_whoever_asks_and_however_often(calls: list[Path]) -> None:
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: kafka_jars.jars(), range(4)))
    assert [[jar.read_text() for jar in jars] for jars in found] == [["kafka.jar", "slf4j.jar"]] * 4
    assert len(calls) == 1
    assert left_over() == []


def test_where_the_network_ends_in_the_middle_nothing_is_left_and_the_next_fetches_all(
    calls: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(folder: Path) -> list[Path]:
        (folder / "kafka.jar").write_text("kaf")
        raise ConnectionError("reset by peer")

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(kafka_jars, "fetched", cut)
        with pytest.raises(NotInstalled, match=r"reset by peer.*KAFKA_BOOTSTRAP_SERVERS"):
            kafka_jars.jars()
    assert (kafka_jars.cached().exists(), left_over()) == (False, [])
    assert [jar.read_text() for jar in kafka_jars.jars()] == ["kafka.jar", "slf4j.jar"]


def test_what_a_crash_left_in_the_middle_is_not_taken_for_the_jars_and_does_not_stay(calls: list[Path]) -> None:
    half = kafka_jars.cached().parent / "fetch-half" / "together"
    half.mkdir(parents=True)
    (half / "kafka.jar").write_text("kaf")
    assert [jar.read_text() for jar in kafka_jars.jars()] == ["kafka.jar", "slf4j.jar"]
    assert left_over() == []
