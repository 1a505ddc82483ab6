"""The port `Reader`: one suite over both adapters."""

import pytest
from analysis_endpoint import SCRIPT

from philo_analysis.extractive import ExtractiveReader
from philo_analysis.reading import (
    NothingToRead,
    ReadingRequest,
)


def squeezed(text: str) -> str:
    return "".join(text.split())


class ReaderSuite:
    """What every `Reader` promises. An adapter's class gives the fixture `reader`."""

    async def test_a_script_keeps_every_word_in_order(self, reader):
        reading = await reader.read(ReadingRequest(text=SCRIPT))
        narrated = "".join(scene.narration for scene in reading.scenes)
        assert squeezed(narrated) == squeezed(SCRIPT.removeprefix("The Old Mill"))

    async def test_the_scripts_own_title_is_kept(self, reader):
        assert (await reader.read(ReadingRequest(text=SCRIPT))).title == "The Old Mill"

    async def test_a_given_title_wins(self, reader):
        assert (await reader.read(ReadingRequest(text=SCRIPT, title="Water"))).title == "Water"

    @pytest.mark.parametrize("scenes", [1, 3, 6])
    async def test_as_many_scenes_as_asked(self, reader, scenes):
        assert len((await reader.read(ReadingRequest(text=SCRIPT, scenes=scenes))).scenes) == scenes

    async def test_scene_ids_come_from_their_place(self, reader):
        reading = await reader.read(ReadingRequest(text=SCRIPT, scenes=3))
        assert [(scene.id, scene.index, scene.revision) for scene in reading.scenes] == [
            ("s01", 0, 1),
            ("s02", 1, 1),
            ("s03", 2, 1),
        ]

    async def test_every_scene_is_told_whole(self, reader):
        for scene in (await reader.read(ReadingRequest(text=SCRIPT))).scenes:
            assert scene.title
            assert scene.visual_prompt
            assert 2 <= len(scene.tags) <= 5

    async def test_the_language_is_found(self, reader):
        assert (await reader.read(ReadingRequest(text=SCRIPT))).language == "en"

    async def test_a_given_language_is_kept(self, reader):
        reading = await reader.read(ReadingRequest(text=SCRIPT, language="en-GB"))
        assert {reading.language, *(scene.language for scene in reading.scenes)} == {"en-GB"}

    async def test_a_prompt_becomes_scenes(self, reader):
        assert (await reader.read(ReadingRequest(kind="prompt", text="A film about a river."))).scenes

    async def test_a_text_without_words_is_refused_in_words(self, reader):
        with pytest.raises(NothingToRead, match="no words"):
            await reader.read(ReadingRequest(text="*** ... !!!"))

    async def test_usage_names_who_read(self, reader):
        usage = (await reader.read(ReadingRequest(text=SCRIPT))).usage
        assert usage.provider
        assert usage.model


class TestExtractiveReader(ReaderSuite):
    @pytest.fixture
    def reader(self):
        return ExtractiveReader()

    async def test_a_prompt_is_narrated_and_that_is_said(self, reader):
        reading = await reader.read(ReadingRequest(kind="prompt", text="A cat on a sofa"))
        assert (reading.scenes[0].narration, reading.notices) == ("A cat on a sofa", ("prompt_narrated",))

    async def test_two_readings_are_equal(self, reader):
        assert await reader.read(ReadingRequest(text=SCRIPT)) == await reader.read(ReadingRequest(text=SCRIPT))


class TestOpenAIReader(ReaderSuite):
    @pytest.fixture
    def reader(self, language_model):
        return language_model
