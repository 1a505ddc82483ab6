"""What is sealed opens for its owner, with one of the keys, and for nobody else."""

import pytest

from philo_kernel.sealing import Sealer, Unsealable

OLD, NEW = "o" * 32, "n" * 32


def test_what_is_sealed_opens_for_its_owner_and_shows_nothing():
    sealed = Sealer(NEW).seal("whisper", "ada/1")
    assert "whisper" not in sealed
    assert Sealer(NEW).opened(sealed, "ada/1") == "whisper"


def test_nothing_is_sealed_twice_to_the_same_text():
    assert Sealer(NEW).seal("whisper", "ada/1") != Sealer(NEW).seal("whisper", "ada/1")


def test_an_older_key_still_opens_what_it_sealed():
    sealed = Sealer(OLD).seal("whisper", "ada/1")
    assert Sealer(NEW, OLD).opened(sealed, "ada/1") == "whisper"


@pytest.mark.parametrize("owner", ["bob/1", "ada/2", ""])
def test_it_does_not_open_for_somebody_else(owner):
    with pytest.raises(Unsealable):
        Sealer(NEW).opened(Sealer(NEW).seal("whisper", "ada/1"), owner)


@pytest.mark.parametrize("spoil", [lambda text: text[:-8], lambda text: "A" + text[1:], lambda _: "", lambda _: "é"])
def test_what_was_changed_does_not_open(spoil):
    sealed = Sealer(NEW).seal("whisper", "ada/1")
    changed = spoil(sealed)
    if changed == sealed:
        changed = "B" + sealed[1:]
    with pytest.raises(Unsealable):
        Sealer(NEW).opened(changed, "ada/1")


def test_another_key_does_not_open_it():
    with pytest.raises(Unsealable):
        Sealer(OLD).opened(Sealer(NEW).seal("whisper", "ada/1"), "ada/1")
