"""What the studio is made of: files of others as they were pinned, and words in both languages."""

import hashlib
import json
import re
import tomllib
from pathlib import Path

import pytest

import philo_gateway.studio

STUDIO = Path(philo_gateway.studio.__file__).parent
LOCK = json.loads((STUDIO / "vendor.lock.json").read_text())
PINS = tomllib.loads((STUDIO.parents[1] / "vendor" / "packages.toml").read_text())
WORDS = STUDIO / "page" / "app" / "words"
SOURCES = sorted((STUDIO / "page" / "app").rglob("*.js"))
KEY = re.compile(r"^  '([^']+)':", re.MULTILINE)


def words(language: str) -> set[str]:
    """The keys of all words in a language."""
    return {key for path in WORDS.glob(f"{language}*.js") for key in KEY.findall(path.read_text())}


@pytest.mark.parametrize("laid", LOCK, ids=lambda laid: laid["file"])
def test_a_file_of_others_is_as_it_was_pinned(laid):
    assert hashlib.sha256((STUDIO / laid["file"]).read_bytes()).hexdigest() == laid["sha256"]


def test_every_file_of_others_is_in_the_lock_or_a_licence():
    there = {path.relative_to(STUDIO).as_posix() for path in STUDIO.rglob("vendor/*")}
    known = {laid["file"] for laid in LOCK}
    assert {path for path in there - known if not Path(path).name.startswith("LICENCE.")} == set()


def test_every_package_has_its_licence_beside_it():
    for package in [*PINS["package"], PINS["icons"]]:
        slug = package["name"].replace("@", "").replace("/", "-")
        assert (STUDIO / package["shelf"] / f"LICENCE.{slug}.txt").stat().st_size > 200, package["name"]


def test_the_lock_has_the_versions_that_are_pinned():
    pinned = {package["name"]: package["version"] for package in [*PINS["package"], PINS["icons"]]}
    assert {laid["package"]: laid["version"] for laid in LOCK} == pinned


def test_both_languages_have_the_same_words():
    assert words("en") == words("zh")


def test_every_word_that_the_page_names_is_there():
    named = {key for path in SOURCES for key in re.findall(r"\bt\('([^']+)'", path.read_text())}
    assert named <= words("en")


def test_every_icon_that_the_page_names_is_in_the_sprite():
    sprite = (STUDIO / "page" / "vendor" / "icons.svg").read_text()
    named = {name for path in SOURCES for name in re.findall(r'<\$\{Icon\} name="([^"]+)"', path.read_text())}
    assert named
    assert {name for name in named if f'<symbol id="{name}"' not in sprite} == set()


def test_modules_are_short_and_so_are_their_lines():
    for path in SOURCES:
        lines = path.read_text().splitlines()
        assert len(lines) <= 300, path
        assert max(map(len, lines)) <= 140, path
