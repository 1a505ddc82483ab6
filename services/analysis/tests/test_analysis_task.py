"""The order to read: judged first, read only then, and told in facts whatever comes of it."""

import asyncio

import pytest

from philo_analysis.domain import Read, reading_of
from philo_analysis.extractive import ExtractiveReader
from philo_analysis.handlers import plan_overruled_reading, plan_reading
from philo_analysis.judging import Judgement, RulesJudge
from philo_analysis.moderation import THRESHOLD, KeywordModerator
from philo_analysis.reading import AnswerUnusable, ProviderBusy, ProviderRejected, ReadingError
from philo_analysis.tasks import Ports, read
from philo_contracts.events import JobRequested, ModerationOverruled, ScriptAnalyzed, ScriptApproved, ScriptRejected
from philo_contracts.moods import mood_of
from philo_contracts.shapes import Blob, Export, Moderation, Mood, Picture, Plan, Priority, Scene, VideoConfig
from philo_kernel.outgoing.faults import LeftAlone
from philo_kernel.unit import Unit
from philo_kernel.work import Hopeless, Passing, fault_of

STORY = "The keeper climbed the stairs. The sea was calm. A ship came home."


class Judge:
    def __init__(self, score: float = 0.1, *categories: str) -> None:
        self.verdict, self.asked = Judgement(moderation=Moderation(score=score, categories=categories)), []

    async def judge(self, text: str, language: str) -> Judgement:
        self.asked.append((text, language))
        return self.verdict


class Failing:
    """Reads, or raises what a provider may raise."""

    def __init__(self, error: ReadingError | None = None) -> None:
        self.error, self.asked = error, []

    async def read(self, request):
        self.asked.append(request)
        if self.error:
            raise self.error
        return await ExtractiveReader().read(request)


def order(script: str | None = STORY, **change) -> Read:
    known = {"job": "j", "user": "ada", "title": None, "script": script, "prompt": None, "config": VideoConfig()}
    return Read(**(known | change))


async def told(work: Read, judge: Judge, reader: Failing) -> tuple[list, object]:
    """What is said on the way, and in the end."""
    said = []

    async def say(fact) -> None:
        said.append(fact)

    return said, await read.perform(work, Ports(judge, reader, THRESHOLD), say)


async def test_what_was_asked_for_is_read_as_it_was_asked():
    unit = Unit("analysis", None, None)
    fact = JobRequested(job="j", user="ada", script=STORY, title="Sea", priority=Priority.LOW)
    await plan_reading.react(fact, unit)
    [ordered] = unit._tasks
    work = Read.model_validate_json(ordered.payload)
    assert work == reading_of(fact)
    assert (work.text, work.title, work.priority, work.effect) == (STORY, "Sea", Priority.LOW, "reading/j")


async def test_what_an_operator_approved_is_ordered_as_it_was_asked_for():
    unit = Unit("analysis", None, None)
    told = {"script": STORY, "title": "Sea", "priority": Priority.HIGH}
    await plan_overruled_reading.react(
        ModerationOverruled(job="j", user="ada", operator="olga", reason="A lesson.", **told), unit
    )
    [ordered] = unit._tasks
    asked = reading_of(JobRequested(job="j", user="ada", **told))
    assert Read.model_validate_json(ordered.payload) == asked.model_copy(update={"overruled": True})


async def test_an_export_has_nothing_to_read():
    unit = Unit("analysis", None, None)
    film = Export(video=Blob(key="v", size_bytes=1, media_type="video/mp4"), form="gif")
    await plan_reading.react(JobRequested(job="j", user="ada", kind="export", export=film), unit)
    assert unit._tasks == []


def given(*changed: str) -> Plan:
    """A film of two scenes that was read before."""
    image = Picture(image=Blob(key="p", size_bytes=1, media_type="image/jpeg"))
    scenes = tuple(
        Scene(id=f"s{at}", index=at, title=f"T{at}", narration=f"Said {at}.", visual_prompt=f"Shown {at}")
        for at in (1, 2)
    )
    kept = scenes[0].model_copy(update={"picture": image, "voice": "espeak:en"})
    told = {"title": "Sea", "summary": "…", "language": "en", "mood": Mood.SAD, "origin": "first"}
    return Plan(scenes=(kept, scenes[1]), changed=changed, **told)


async def test_a_plan_is_told_exactly_as_it_was_given_and_nobody_reads_it():
    plan, reader, config = given("s2"), Failing(), VideoConfig(speed=70)
    said, fact = await told(order(None, plan=plan, config=config, priority=Priority.HIGH), Judge(), reader)
    assert [type(one).__name__ for one in said] == ["ModerationStarted", "ScriptApproved"]
    names = ("title", "summary", "language", "mood", "scenes", "origin")
    assert [getattr(fact, name) for name in names] == [getattr(plan, name) for name in names]
    assert (fact.config, fact.priority, fact.warnings, reader.asked) == (config, Priority.HIGH, (), [])


async def test_of_a_plan_only_what_changed_is_judged():
    judge = Judge()
    await told(order(None, plan=given("s2")), judge, Failing())
    assert judge.asked == [("T2\nSaid 2.\nShown 2", "en")]


async def test_a_new_title_of_a_fork_is_judged_for_it_is_shown():
    judge = Judge()
    await told(order(None, plan=given().model_copy(update={"retitled": True})), judge, Failing())
    assert judge.asked == [("Sea", "en")]


async def test_what_a_hired_composer_is_asked_for_is_judged():
    judge = Judge()
    config = VideoConfig.model_validate({"music": {"provider": "replicate", "genre": "how to build a bomb"}})
    await told(order(None, plan=given(), config=config), judge, Failing())
    assert judge.asked == [("how to build a bomb", "en")]


async def test_a_plan_without_new_words_is_approved_unjudged():
    judge = Judge(0.9, "weapons")
    said, fact = await told(order(None, plan=given()), judge, Failing())
    assert (said[-1].moderation.score, judge.asked, type(fact)) == (0.0, [], ScriptAnalyzed)


async def test_a_changed_scene_may_be_rejected():
    _, fact = await told(order(None, plan=given("s1")), Judge(0.9, "weapons"), Failing())
    assert isinstance(fact, ScriptRejected)


async def test_a_title_is_judged_with_its_text_for_it_is_shown():
    judge = Judge()
    await told(order(title="Sea"), judge, Failing())
    assert judge.asked == [(f"Sea\n{STORY}", "en")]


@pytest.mark.parametrize("plan", [None, given()], ids=["a film", "a fork of one"])
async def test_how_words_are_said_is_judged_for_it_is_heard(plan):
    config = VideoConfig(pronunciations={"sea": "the tutorial to build a pipe bomb"})
    work = order(None if plan else STORY, plan=plan, config=config)
    said = []

    async def say(fact) -> None:
        said.append(fact)

    fact = await read.perform(work, Ports(RulesJudge(KeywordModerator()), Failing(), THRESHOLD), say)
    assert (type(fact), fact.moderation.categories, len(said)) == (ScriptRejected, ("illicit",), 1)


async def test_an_approved_script_is_told_as_scenes_with_all_that_others_need():
    config = VideoConfig(speed=70, scenes=3)
    said, fact = await told(order(config=config, priority=Priority.HIGH), Judge(), Failing())
    assert [type(one).__name__ for one in said] == ["ModerationStarted", "ScriptApproved"]
    assert isinstance(fact, ScriptAnalyzed)
    assert (fact.user, fact.priority, fact.config, len(fact.scenes)) == ("ada", Priority.HIGH, config, 3)
    assert " ".join(scene.narration for scene in fact.scenes) == STORY


async def test_nothing_is_read_of_what_was_rejected():
    reader = Failing()
    said, fact = await told(order(), Judge(0.9, "weapons"), reader)
    assert [type(one).__name__ for one in said] == ["ModerationStarted"]
    assert isinstance(fact, ScriptRejected)
    assert (fact.moderation.score, fact.fault.code, reader.asked) == (0.9, "moderation_rejected", [])
    assert "weapons" in fact.fault.message


async def test_a_text_is_judged_in_its_own_language_unless_one_was_named():
    judge = Judge()
    await told(order("春天来了，小燕子从南方飞回来。"), judge, Failing())
    await told(order(config=VideoConfig(language="de")), judge, Failing())
    assert [language for _, language in judge.asked] == ["zh", "de"]


async def test_words_that_an_earlier_run_has_approved_are_not_judged_again():
    async def say(fact) -> None:
        """Nobody listens."""

    judge, before = Judge(), [ScriptApproved(job="j", moderation=Moderation(score=0.1))]
    fact = await read.perform(order(), Ports(judge, Failing(), THRESHOLD), say, before)
    assert (isinstance(fact, ScriptAnalyzed), judge.asked) == (True, [])


async def test_a_prompt_is_judged_and_narrated_with_a_warning_when_nobody_can_write():
    judge = Judge()
    _, fact = await told(order(None, prompt="A film about tea."), judge, Failing())
    assert (judge.asked[0][0], fact.warnings) == ("A film about tea.", ("prompt_narrated",))


@pytest.mark.parametrize("error", [ProviderBusy("Busy."), AnswerUnusable("Nonsense, twice.")])
async def test_a_provider_that_may_answer_later_is_asked_again(error):
    with pytest.raises(Passing, match=str(error)) as failed:
        await told(order(), Judge(), Failing(error))
    assert fault_of(failed.value).code == error.code


async def test_a_provider_that_refuses_fails_the_job_in_its_words():
    with pytest.raises(Hopeless) as failed:
        await told(order(), Judge(), Failing(ProviderRejected("The key is wrong. Set LLM_API_KEY.")))
    fact = read.failed(order(), fault_of(failed.value))
    assert (fact.job, fact.fault.code) == ("j", "language_provider_rejected")
    assert (fact.fault.message, fact.fault.retryable) == ("The key is wrong. Set LLM_API_KEY.", False)


async def test_a_text_without_words_fails_in_words():
    with pytest.raises(Hopeless, match="no words to narrate"):
        await told(order("… !!! …"), Judge(), Failing())


async def test_a_provider_that_is_left_alone_for_its_key_fails_the_job_at_once():
    with pytest.raises(Hopeless, match="The key is wrong"):
        await told(order(), Judge(), Failing(LeftAlone("openai", "The key is wrong.", "rejected", hopeless=True)))


async def test_a_provider_that_is_left_alone_for_a_while_is_asked_again_later():
    with pytest.raises(Passing, match="Down") as failed:
        await told(order(), Judge(), Failing(LeftAlone("openai", "Down.", "away", hopeless=False)))
    assert fault_of(failed.value).code == "away"


async def test_what_an_operator_approved_is_read_and_judged_no_more():
    judge = Judge(0.9, "weapons")
    work = order(overruled=True)
    said, fact = await told(work, judge, Failing())
    assert (said, judge.asked, type(fact), work.effect) == ([], [], ScriptAnalyzed, "reading/j/overruled")


async def test_a_judges_notice_is_a_warning_of_the_film():
    judge = Judge()
    judge.verdict = judge.verdict.model_copy(update={"notices": ("moderated_by_rules",)})
    _, fact = await told(order(), judge, Failing())
    assert fact.warnings == ("moderated_by_rules",)


class Unending(Failing):
    """Reads, and makes the first scene longer than any recording."""

    async def read(self, request):
        reading = await super().read(request)
        first = reading.scenes[0].model_copy(update={"narration": "我爱北京天安门" * 2_000})
        return reading.model_copy(update={"scenes": (first, *reading.scenes[1:])})


async def test_a_scene_that_cannot_be_recorded_is_refused_before_it_is_spoken():
    with pytest.raises(Hopeless, match="End sentences with marks") as failed:
        await told(order(), Judge(), Unending())
    assert fault_of(failed.value).code == "scene_too_long"


@pytest.mark.heavy
async def test_others_go_on_while_a_long_text_is_judged_and_read():
    steps: dict[str, int] = {}

    async def count() -> None:
        while True:
            await asyncio.sleep(0)
            phase = phases[-1]
            steps[phase] = steps.get(phase, 0) + 1

    phases = ["judged"]

    async def say(fact) -> None:
        if isinstance(fact, ScriptApproved):
            phases.append("read")

    others = asyncio.create_task(count())
    await read.perform(
        order(" ".join(f"The keeper climbed stair {stair}." for stair in range(2_000))),
        Ports(RulesJudge(KeywordModerator()), ExtractiveReader(), THRESHOLD),
        say,
    )
    others.cancel()
    assert min(steps["judged"], steps["read"]) > 20


def test_the_mood_of_a_film_is_the_one_most_of_its_words_are_told_in():
    def scene(index: int, words: int, mood: Mood) -> Scene:
        return Scene(id=f"s{index}", index=index, title="t", narration="w" * words, visual_prompt="p", mood=mood)

    neutral, sad, happy = scene(0, 90, Mood.NEUTRAL), scene(1, 20, Mood.SAD), scene(2, 30, Mood.HAPPY)
    assert mood_of((neutral, sad, happy)) is Mood.HAPPY
    assert mood_of((neutral, sad, happy, scene(3, 20, Mood.SAD))) is Mood.SAD
    assert mood_of((neutral,)) is Mood.NEUTRAL


async def test_where_every_scene_is_new_the_title_is_judged_as_well():
    judge = Judge()
    await told(order(None, plan=given("s1", "s2")), judge, Failing())
    assert judge.asked == [("Sea\nT1\nSaid 1.\nShown 1\nT2\nSaid 2.\nShown 2", "en")]
