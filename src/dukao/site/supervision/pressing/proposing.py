"""Notices and letters the program drafts (拟稿); a person checks and signs each. Safe to run at any time."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from dukao.progress.values import Judgement
from dukao.site.history.actions import record
from dukao.site.history.values import PROGRAM, Actor
from dukao.site.ledger.models import Responsibility, Role, Status, TaskState
from dukao.site.people.models import PARTNERS, Place, Unit
from dukao.site.supervision.models import Notice, NoticeStage
from dukao.site.supervision.naming import Action
from dukao.site.supervision.practice import practice_of
from dukao.site.supervision.pressing.facts import (
    Fact,
    facts_for_letter,
    facts_of_runs,
    noted_in,
    states_now,
)
from dukao.site.supervision.pressing.ladder import (
    LETTER,
    LETTER_DAYS,
    LETTER_NAME,
    Rung,
    next_rung,
    rungs_of,
)
from dukao.site.supervision.pressing.months import (
    Behind,
    behind_tasks,
    lights_today,
    pressed_leads,
    years_pressed,
)
from dukao.site.supervision.pressing.wording import say_cause, say_letter

_NOTICE_NAME = "督办单"  # as `Action` has it
_WAITING = (NoticeStage.DRAFT, NoticeStage.CHECKED)
_SUPPORT = "请结合职能予以支持，落实情况请告知我们，由政府系统的责任单位填报进度"


@transaction.atomic
def propose_notices(
    place_id: int, *, at: datetime, lights: dict[int, dict[int, Judgement]] | None = None
) -> list[Notice]:
    """Draft what the place's ladder asks for: one paper a unit and rung, with all its tasks.

    A task gets each rung once in a run of lights, goes only up, and waits where a draft lies with the office
    or an answer is not due yet. Partners, what only they lead, and what is closed or suspended get none.
    `lights` are those of the day by year, where they were asked for already.
    """
    place = Place.objects.select_for_update().get(pk=place_id)
    today = localdate(at)
    rungs = rungs_of(practice_of(place_id, today))
    lights = lights_today(place_id, today) if lights is None else lights
    made = []
    for year, judged in lights.items():
        earlier = _earlier(task for task, one in judged.items() if one.is_behind)
        papers = {paper.pk: paper for own in earlier.values() for paper in own}
        noted = noted_in(line for paper in papers.values() for line in paper.facts)
        runs = behind_tasks(place_id, year, judged, noted, today)
        due = _due(runs, pressed_leads(place_id, year, runs), rungs, earlier, at) if runs else {}
        states = states_now({task for tasks in due.values() for task in tasks}) if due else {}
        units = Unit.objects.in_bulk({unit for unit, _ in due})
        for (unit, code), tasks in due.items():
            rung = next(one for one in rungs if one.code == code)
            own = {task: runs[task] for task in tasks}
            made.append(_draft(place, units[unit], rung, year, own, facts_of_runs(own, states), at))
    return made


@transaction.atomic
def propose_letters(place_id: int, *, at: datetime) -> list[Notice]:
    """Draft a 商请函 to each partner for the tasks it leads or supports that no letter has named yet."""
    place = Place.objects.select_for_update().get(pk=place_id)
    today = localdate(at)
    made = []
    for year in years_pressed(place_id, today):
        states = TaskState.objects.at(None).filter(task__place=place, task__year=year, status=Status.ISSUED)
        duties = Responsibility.objects.at(None).filter(
            task_id__in=states.values("task_id"), unit__kind__in=PARTNERS
        )
        parts: dict[int, dict[int, str]] = defaultdict(dict)
        for task, unit, role in duties.values_list("task_id", "unit_id", "role"):
            parts[unit].setdefault(task, "牵头" if role == Role.LEAD else "支持")
        named = set(Notice.objects.filter(place=place, rung=LETTER).values_list("unit_id", "tasks__pk"))
        for unit, own in parts.items():
            fresh = {task: part for task, part in own.items() if (unit, task) not in named}
            if fresh:
                made.append(_draft_letter(place, unit, year, fresh, at))
    return made


def draft(notice: Notice, facts: list[Fact], by: Actor) -> Notice:
    """Put a draft on the record, with what it rests on."""
    notice.facts = facts
    notice.save()
    tasks = [line["task"] for line in facts]
    notice.tasks.add(*tasks)
    about = [("notice", notice.pk), ("unit", notice.unit_id), *(("task", task) for task in tasks)]
    label = said_of(notice, Action.NOTICE_DRAFTED)
    record(Action.NOTICE_DRAFTED, by=by, at=notice.drafted_at, about=about, after=plain(notice), label=label)
    return notice


def said_of(notice: Notice, action: Action) -> str:
    """What was done, by the name of the paper it was done to."""
    return action.label.replace(_NOTICE_NAME, LETTER_NAME) if notice.is_letter else str(action.label)


def plain(notice: Notice) -> dict[str, object]:
    """A notice as plain JSON for the history; what it does not say yet is left out."""
    said = {
        "文书": str(notice),
        "阶段": notice.get_stage_display(),
        "单位": notice.unit.name,
        "事由": notice.cause,
        "要求": notice.asked,
        "答复工作日": notice.days,
        "答复期限": notice.due.isoformat() if notice.due else "",
        "答复": notice.answer,
    }
    return {name: value for name, value in said.items() if value}


def _due(
    runs: dict[int, Behind],
    leads: dict[int, list[int]],
    rungs: tuple[Rung, ...],
    earlier: dict[tuple[int, int], list[Notice]],
    at: datetime,
) -> dict[tuple[int, str], list[int]]:
    """The tasks of each unit that have newly come to a rung: (unit, rung) → tasks."""
    today = localdate(at)
    due: dict[tuple[int, str], list[int]] = defaultdict(list)
    for task, behind in runs.items():
        for unit in leads[task]:
            papers = [one for one in earlier[(task, unit)] if _in_run(one, task, behind)]
            if any(one.stage in _WAITING or _is_in_time(one, at) for one in papers):
                continue
            codes = [rung.code for rung in rungs]
            reached = max((one.rung for one in papers if one.rung in codes), key=codes.index, default=None)
            late = any(
                one.rung == reached and one.stage == NoticeStage.SENT and one.is_late(today) for one in papers
            )
            rung = next_rung(rungs, behind.run, reached=reached, is_unanswered=late)
            if rung:
                due[(unit, rung.code)].append(task)
    return due


def _earlier(tasks: Iterable[int]) -> dict[tuple[int, int], list[Notice]]:
    """The papers there have been about each task and unit, letters left out: one query and its tasks."""
    found: dict[tuple[int, int], list[Notice]] = defaultdict(list)
    papers = Notice.objects.filter(tasks__in=list(tasks)).exclude(rung=LETTER).distinct()
    for paper in papers.only("unit", "rung", "stage", "due", "facts", "drafted_at"):
        for line in paper.facts:
            found[(line["task"], paper.unit_id)].append(paper)
    return found


def _in_run(paper: Notice, task: int, behind: Behind) -> bool:
    """Whether a paper belongs to the run of lights that goes on: drafted since its first month."""
    drafted = f"{localdate(paper.drafted_at):%Y-%m}"
    since = next((line.get("since", drafted) for line in paper.facts if line["task"] == task), drafted)
    return bool(since >= behind.run.since)


def _is_in_time(paper: Notice, at: datetime) -> bool:
    """Whether a signed paper still waits for an answer that is not due yet."""
    return paper.stage == NoticeStage.SENT and paper.due is not None and localdate(at) <= paper.due


def _draft(
    place: Place,
    unit: Unit,
    rung: Rung,
    year: int,
    runs: dict[int, Behind],
    facts: list[Fact],
    at: datetime,
) -> Notice:
    month = min(one.as_of for one in runs.values())
    notice = Notice(
        place=place,
        unit=unit,
        rung=rung.code,
        name=rung.name,
        year=localdate(at).year,
        cause=say_cause(facts),
        asked=rung.asked,
        days=rung.days,
        key=f"{rung.code}:{year}:{month:%Y-%m}:{min(runs)}:{localdate(at):%Y%m%d}",
        drafted_at=at,
    )
    return draft(notice, facts, program_of(place))


def _draft_letter(place: Place, unit_id: int, year: int, parts: dict[int, str], at: datetime) -> Notice:
    facts = facts_for_letter(parts, parts, localdate(at))
    notice = Notice(
        place=place,
        unit=Unit.objects.get(pk=unit_id),
        rung=LETTER,
        name=LETTER_NAME,
        year=localdate(at).year,
        cause=say_letter(year, facts),
        asked=_SUPPORT,
        days=LETTER_DAYS,
        key=f"{LETTER}:{year}:{min(parts)}",
        drafted_at=at,
    )
    return draft(notice, facts, program_of(place))


def program_of(place: Place) -> Actor:
    """The program, acting in a place: its entries are the place's own."""
    return replace(PROGRAM, place=place.code)
