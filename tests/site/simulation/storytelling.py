"""Lives the stories of `stories.toml`: each line is a deed of a person, or what should be so on that day."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from dukao.site.ledger.models import TaskState
from dukao.site.refusals import Refused
from dukao.site.simulating.papers import Row, unit_names
from dukao.site.simulating.world import Team, World, found_place
from dukao.site.supervision.closing.actions import (
    Application,
    Item,
    apply_for_close,
    sign_completion,
    verify_completion,
)
from dukao.site.supervision.closing.scope import checklist_of, evidence_on
from dukao.site.supervision.closing.standing import StandingPaper, draft_standing, sign_standing
from dukao.site.supervision.filing.actions import Words, confirm_filings, save_filing
from dukao.site.supervision.filing.evidence_actions import NewEvidence, add_evidence
from dukao.site.supervision.filing.ruling import accept_filings, return_filing
from dukao.site.supervision.jobs.running import run_jobs
from dukao.site.supervision.models import (
    Completion,
    EvidenceKind,
    Filing,
    FilingStage,
    Notice,
    PlanKind,
    StandingKind,
    Subject,
)
from dukao.site.supervision.planning.actions import approve_plan, send_plan
from dukao.site.supervision.planning.words import PlanWords
from dukao.site.supervision.practice import BEIJING, adopt_preset
from dukao.site.supervision.pressing.actions import answer_notice, check_notice, sign_notice

TABLE = Path(__file__).with_name("stories.toml")
CHECKS = ("进度", "报送灯", "核验", "文书")
SECOND = 40  # where the units of second leads begin
YEAR = 2024


@dataclass(frozen=True)
class Line:
    """One line of a story: when, what, with which words behind it."""

    at: datetime
    verb: str
    rest: tuple[str, ...]


@dataclass(frozen=True)
class Story:
    """A task's year: its words, who leads it, its plan as written, its lines in their order."""

    name: str
    task: str
    place: int
    leads: int
    partner: str
    plan: dict[str, Any]
    lines: tuple[Line, ...]

    @property
    def checks(self) -> tuple[Line, ...]:
        """What should be so."""
        return tuple(one for one in self.lines if one.verb in CHECKS)


def read_stories() -> tuple[list[Story], list[datetime]]:
    """The stories of the table, and when the jobs run."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    stories = [
        Story(
            one["name"],
            one["task"],
            place,
            one.get("leads", 1),
            one.get("partner", ""),
            one.get("plan", {}),
            tuple(_line(line) for line in one["days"].strip().splitlines()),
        )
        for place, one in enumerate(table["stories"])
    ]
    return stories, [datetime.combine(_day(day), time(8), BEIJING) for day in table["jobs"]]


def _line(text: str) -> Line:
    when, verb, *rest = text.split()
    day, _, hour = when.partition("T")
    at = time.fromisoformat(hour) if hour else time(10)
    return Line(datetime.combine(_day(day), at, BEIJING), verb, tuple(rest))


def _day(text: str) -> date:
    return date.fromisoformat(text if len(text) == 10 else f"{YEAR}-{text}")


@dataclass
class Stage:
    """Where the stories are played."""

    world: World
    tasks: dict[str, int]  # name of the story → its task
    teams: dict[str, list[Team]]


def live_stories() -> tuple[Stage, list[Story]]:
    """Play all stories at once, each deed at its moment; the jobs on their mornings."""
    stories, jobs = read_stories()
    names = unit_names(2 * SECOND)
    rows = [
        Row(
            one.task,
            tuple(names[one.place + at * SECOND] for at in range(one.leads)),
            (names[-1],) if one.partner else (),
            partner=one.partner,
        )
        for one in stories
    ]
    world = found_place(rows, seed=1)
    stage = Stage(world, {}, {})
    by_name = {team.name: team for team in world.teams.values()}
    for story, row in zip(stories, rows, strict=True):
        stage.tasks[story.name] = TaskState.objects.at(None).get(text=f"{story.task}。").task_id
        stage.teams[story.name] = [by_name[lead] for lead in row.leads]
    deeds: list[tuple[datetime, int, Callable[[], object]]] = []
    for at in jobs:
        deeds.append((at, 0, lambda at=at: run_jobs(at=at, now=at)))  # type: ignore[misc]
    for story in stories:
        for line in story.lines:
            if line.verb not in CHECKS:
                deeds.append((line.at, 1, lambda story=story, line=line: _do(stage, story, line)))  # type: ignore[misc]
    for _, _, deed in sorted(deeds, key=lambda one: one[:2]):
        deed()
    return stage, stories


def _do(stage: Stage, story: Story, line: Line) -> None:
    verb, rest = line.verb, list(line.rest)
    if verb == "拒绝":
        verb = rest.pop(0)
        try:
            DEEDS[verb](stage, story, line.at, rest)
        except Refused:
            return
        raise AssertionError(f"{story.name}：{line.at:%m-%d} {verb} 没有被拒绝")
    DEEDS[verb](stage, story, line.at, rest)


def _plan(stage: Stage, story: Story, at: datetime, rest: list[str]) -> None:
    _put_in_force(stage, story, _words(story), at)


def _words(story: Story) -> PlanWords:
    plan = story.plan
    return PlanWords(
        PlanKind(plan["kind"]),
        visible="年底看得见",
        target=plan.get("target"),
        base=plan.get("base"),
        unit_of_measure=plan.get("unit", ""),
        curve=plan.get("curve", ""),
        delay=plan.get("delay", 0),
        deadline=_day(plan["deadline"]) if "deadline" in plan else None,
        steps=tuple((name, _day(due)) for name, due in plan.get("steps", ())),
    )


def _put_in_force(stage: Stage, story: Story, words: PlanWords, at: datetime) -> None:
    by = stage.teams[story.name][0].liaison
    plan = send_plan(stage.tasks[story.name], words, by=by, at=at)
    approve_plan(plan.pk, by=stage.world.head, at=at)


def _change(stage: Stage, story: Story, at: datetime, rest: list[str]) -> None:
    words = _words(story)
    moved = tuple((name, _day(rest[1]) if name == rest[0] else due) for name, due in words.steps)
    changed = PlanWords(words.kind, visible=words.visible, steps=moved, change_why="批复推迟")
    _put_in_force(stage, story, changed, at)


def _report(stage: Stage, story: Story, at: datetime, rest: list[str]) -> None:
    """报 7.2 截至 03-31 佐证 statistic 另一家."""
    unit = story.plan["unit"]
    true_on = _day(rest[rest.index("截至") + 1]) if "截至" in rest else None
    words = Words("按方案推进", true_on=true_on, values={"完成数": (float(rest[0]), unit)})
    _file(stage, story, at, words, rest)


def _step(stage: Stage, story: Story, at: datetime, rest: list[str]) -> None:
    _file(stage, story, at, Words("完成节点", steps={rest[0]: _day(rest[1])}), rest)


def _text(stage: Stage, story: Story, at: datetime, rest: list[str]) -> None:
    _file(stage, story, at, Words("正在推进"), rest)


def _blocked(stage: Stage, story: Story, at: datetime, rest: list[str]) -> None:
    _file(stage, story, at, Words("暂停", problem=rest[0], is_blocked=True), [])


def _file(stage: Stage, story: Story, at: datetime, words: Words, rest: list[str]) -> None:
    pk = _send(stage, story, at, words, rest)
    accept_filings([pk], by=stage.world.clerk, at=at)


def _send(stage: Stage, story: Story, at: datetime, words: Words, rest: list[str]) -> int:
    """Fill in the last open filing of the task, prove it, and let the head confirm it; its id."""
    team = stage.teams[story.name][-1 if "另一家" in rest else 0]
    open_ = Filing.objects.filter(
        task_id=stage.tasks[story.name], unit_id=team.unit_id, round__closed_at=None
    )
    filing = open_.filter(stage__in=("empty", "returned")).order_by("round__period_end").last()
    assert filing, f"{story.name}：{at:%m-%d} 没有可填的报送"
    save_filing(filing.pk, words, filing.version, by=team.liaison, at=at)
    if "佐证" in rest:
        kind = EvidenceKind(rest[rest.index("佐证") + 1])
        add_evidence(filing.pk, NewEvidence(kind, f"{story.name}的佐证"), by=team.liaison, at=at)
    confirm_filings([filing.pk], by=team.head, at=at)
    return int(filing.pk)


def _confirmed(stage: Stage, story: Story, at: datetime, rest: list[str]) -> None:
    _send(stage, story, at, Words("正在推进"), rest)


def _accept(stage: Stage, story: Story, at: datetime, rest: list[str]) -> None:
    waiting = Filing.objects.get(task_id=stage.tasks[story.name], stage=FilingStage.CONFIRMED)
    accept_filings([waiting.pk], by=stage.world.clerk, at=at)


def _return(stage: Stage, story: Story, at: datetime, rest: list[str]) -> None:
    waiting = Filing.objects.get(task_id=stage.tasks[story.name], stage=FilingStage.CONFIRMED)
    return_filing(waiting.pk, "请写明数据", by=stage.world.clerk, at=at)


def _apply(stage: Stage, story: Story, at: datetime, rest: list[str]) -> None:
    state = TaskState.objects.at(None).select_related("task").get(task_id=stage.tasks[story.name])
    items = [Item(one, True) for one in checklist_of(state.task).items]
    proofs = [one.pk for one in evidence_on(state.task_id)]
    words = Application(_day(rest[0]), "已经完成", items, proofs)
    apply_for_close(state.task_id, words, by=stage.teams[story.name][0].head, at=at)


def _verify(stage: Stage, story: Story, at: datetime, rest: list[str]) -> None:
    verify_completion(_completion(stage, story), "现场看过", by=stage.world.clerk, at=at)


def _close(stage: Stage, story: Story, at: datetime, rest: list[str]) -> None:
    sign_completion(_completion(stage, story), is_shown=False, by=stage.world.head, at=at)


def _completion(stage: Stage, story: Story) -> int:
    return int(Completion.objects.get(task_id=stage.tasks[story.name]).pk)


def _suspend(stage: Stage, story: Story, at: datetime, rest: list[str]) -> None:
    _stand(stage, story, at, StandingKind.SUSPENDED)


def _resume(stage: Stage, story: Story, at: datetime, rest: list[str]) -> None:
    _stand(stage, story, at, StandingKind.RESUMED)


def _stand(stage: Stage, story: Story, at: datetime, kind: StandingKind) -> None:
    paper = StandingPaper(kind, "纪要〔2024〕9号", at.date(), "规划调整")
    standing = draft_standing(stage.tasks[story.name], paper, by=stage.world.clerk, at=at)
    sign_standing(standing.pk, by=stage.world.head, at=at)


def _sign(stage: Stage, story: Story, at: datetime, rest: list[str]) -> None:
    pk = papers_of(stage, story).last()
    assert pk
    check_notice(pk.pk, by=stage.world.clerk, at=at)
    sign_notice(pk.pk, by=stage.world.head, at=at)


def _answer(stage: Stage, story: Story, at: datetime, rest: list[str]) -> None:
    paper = papers_of(stage, story).last()
    assert paper
    answer_notice(paper.pk, "原因和措施", by=stage.teams[story.name][0].liaison, at=at)


def _adopt(stage: Stage, story: Story, at: datetime, rest: list[str]) -> None:
    scope, preset = rest
    adopt_preset(Subject.LIGHTS, scope, preset, since=at.date(), why="试用", by=stage.world.clerk, at=at)


def papers_of(stage: Stage, story: Story) -> Any:
    """The notices about a story's task, the first drafted first."""
    return Notice.objects.filter(tasks=stage.tasks[story.name]).order_by("drafted_at", "pk")


DEEDS: dict[str, Callable[[Stage, Story, datetime, list[str]], None]] = {
    "方案": _plan,
    "改方案": _change,
    "报": _report,
    "节点": _step,
    "文字": _text,
    "受阻": _blocked,
    "报送": _confirmed,
    "补报": _confirmed,
    "采用": _accept,
    "退回": _return,
    "申请": _apply,
    "核验办结": _verify,
    "办结": _close,
    "暂缓": _suspend,
    "恢复": _resume,
    "签发": _sign,
    "答复": _answer,
    "采用规则": _adopt,
}
