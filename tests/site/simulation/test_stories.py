"""The stories worked out by hand, each lived through the site's actions: lights and notices on their days."""

from collections.abc import Iterator

import pytest

from dukao.site.supervision.models import Notice
from dukao.site.supervision.seeing.queries import lights_of
from tests.site.simulation import evaluator
from tests.site.simulation.facts import gather_facts
from tests.site.simulation.storytelling import Line, Stage, Story, live_stories, papers_of, read_stories

LIGHTS = {
    "绿": "green",
    "绿晚": "green",
    "黄": "yellow",
    "红": "red",
    "受阻": "blocked",
    "不可判": "unknown",
    "无时限": "undated",
    "不亮灯": "none",
}
MARKS = {"blue": "蓝", "yellow": "黄", "red": "红", "talk": "约", "bulletin": "通", "letter": "商"}


def test_the_stories_come_to_what_was_worked_out_by_hand(db: None) -> None:
    stage, stories = live_stories()
    wrong = [line for story in stories for line in _wrong(stage, story)]
    assert not wrong, "\n".join(wrong)
    facts = gather_facts(stage.world.place_id, stage.world.year)
    wrong = [line for story in stories for line in _wrong_to_the_evaluator(stage, story, facts)]
    assert not wrong, "\n".join(wrong)
    assert {one.rung for one in Notice.objects.all()} >= {"blue", "yellow", "red", "letter"}


def test_there_are_thirty_stories_or_more_and_each_says_something() -> None:
    stories, _ = read_stories()
    assert len(stories) >= 30
    assert len({story.task for story in stories}) == len(stories)
    assert all(story.checks for story in stories)


def _wrong(stage: Stage, story: Story) -> Iterator[str]:
    for line in story.checks:
        if line.verb == "文书":
            drafted = papers_of(stage, story).filter(drafted_at__lt=evaluator.end_of(line.at.date()))
            said = [MARKS[one.rung] for one in drafted]
            if said != [one for one in line.rest if one != "无"]:
                yield f"{story.name} {line.at:%m-%d} 文书 {said}"
        else:
            yield from _wrong_light(stage, story, line)


def _wrong_light(stage: Stage, story: Story, line: Line) -> Iterator[str]:
    task = stage.tasks[story.name]
    lit = lights_of([task], line.at.date())[task]
    judged = {"进度": lit.progress, "报送灯": lit.filing, "核验": lit.verified}[line.verb]
    light, says = line.rest[0], "".join(line.rest[1:])
    reason = judged.reason.replace(" ", "")
    if (judged.light.value, says in reason, judged.is_late) != (LIGHTS[light], True, light == "绿晚"):
        yield f"{story.name} {line.at:%m-%d} {line.verb} {light} {says}：{judged.light} {judged.reason}"


def _wrong_to_the_evaluator(stage: Stage, story: Story, facts: dict[str, object]) -> Iterator[str]:
    """The naive evaluator comes to what was worked out by hand, too."""
    task = next(one for one in facts["tasks"] if one["id"] == stage.tasks[story.name])  # type: ignore[attr-defined]
    for line in story.checks:
        known = evaluator.end_of(line.at.date())
        if line.verb == "文书":
            continue
        if line.verb == "进度":
            said = evaluator.progress(facts, task, line.at.date(), known).light
        else:
            judges = {"报送灯": evaluator.filing, "核验": evaluator.verification}
            said = judges[line.verb](facts, task, known)
        if said != LIGHTS[line.rest[0]]:
            yield f"{story.name} {line.at:%m-%d} {line.verb} {line.rest[0]}：{said}"


@pytest.mark.parametrize("verb", ["报", "节点", "退回", "办结", "暂缓", "签发", "答复", "改方案"])
def test_every_sort_of_deed_is_in_some_story(verb: str) -> None:
    stories, _ = read_stories()
    assert any(line.verb == verb or verb in line.rest for story in stories for line in story.lines)
