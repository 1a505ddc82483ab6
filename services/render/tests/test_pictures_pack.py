"""The pack arrives whole."""

import hashlib
from importlib.resources import files

from philo_render.pictures.pack import icons, illustration

PACK = files("philo_render.pictures").joinpath("pack")


def test_every_file_of_the_pack_has_its_checksum() -> None:
    listed = dict(reversed(line.split("  ")) for line in PACK.joinpath("SHA256SUMS").read_text().splitlines())
    present = {entry.name for entry in PACK.iterdir()} - {"SHA256SUMS"}
    assert set(listed) == present
    assert all(hashlib.sha256(PACK.joinpath(name).read_bytes()).hexdigest() == known for name, known in listed.items())


def test_every_indexed_illustration_is_there() -> None:
    assert all(PACK.joinpath(f"{name}.webp").is_file() for name in icons())


def test_illustrations_are_premultiplied_rgba() -> None:
    fox = illustration("fox")
    assert fox.shape[2] == 4
    assert (fox[..., :3] <= fox[..., 3:] + 1e-6).all()
