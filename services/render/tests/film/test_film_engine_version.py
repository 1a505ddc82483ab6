"""Chunks of another engine are not taken for ours: whatever changes pixels is named in their keys."""

from importlib.metadata import packages_distributions

from philo_render.film import ENGINE_VERSION, fonts
from philo_render.film.fonts import Face


def test_every_package_of_letters_is_part_of_the_engine_version():
    packages = {face.package for face in vars(fonts).values() if isinstance(face, Face) and face.package}
    installed = packages_distributions()
    named = {part.rsplit("-", 1)[0] for part in ENGINE_VERSION.split("+")}
    assert len(packages) > 1
    assert {installed[package][0].replace("_", "-") for package in packages} <= named
