"""The year in progress: lights, rules, plans, rounds and filings, notices, close-outs, standings."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from django.http import HttpResponse
from django.utils.timezone import localdate
from ninja import Query, Router
from pydantic import Field

from dukao.progress.values import Light
from dukao.site.api import year_schemas as schemas
from dukao.site.api.answering import Asked, Paging, give_page
from dukao.site.api.routes import give_list
from dukao.site.ledger.models import TaskState
from dukao.site.people.access import Act, require
from dukao.site.people.models import Unit
from dukao.site.refusals import Refused
from dukao.site.supervision.access import leading_units
from dukao.site.supervision.closing.access import visible_completions, visible_standings
from dukao.site.supervision.errors import Refusal
from dukao.site.supervision.filing.round_page import RoundLine, read_rounds
from dukao.site.supervision.listing import issued_states, promised_plans, visible_filings
from dukao.site.supervision.models import ActionPlan, Completion, Filing, Notice, Standing
from dukao.site.supervision.pressing.access import visible_notices
from dukao.site.supervision.rules.queries import Rule, read_rules
from dukao.site.supervision.seeing.queries import lights_of
from dukao.site.supervision.seeing.values import SAID, Lights

router = Router(tags=["督办"])


class YearAsked(Paging):
    """A list of one year."""

    year: int = Field(ge=1990, le=2100, description="年度")


class LightsAsked(YearAsked):
    """The lights of a year on a day."""

    day: date | None = Field(default=None, description="哪一天结束时的灯，如 2024-09-30；不写就看现在")
    light: Light | None = Field(default=None, description="只要哪一种进度灯；不写为全部")


class CountsAsked(YearAsked):
    """How many stand under each light on a day."""

    day: date | None = Field(default=None, description="哪一天结束时的灯；不写就看现在")


@give_list(
    router, "/lights", schemas.Light, "listLights", "任务的灯和理由", "一天的灯：同一天什么时候问都一样。"
)
def list_lights(request: Asked, paging: Query[LightsAsked]) -> HttpResponse:
    """The three judgements of each issued task the viewer sees."""
    require(request.viewer, Act.SEE_LIGHTS)
    day = _day_of(request, paging.day)
    states = list(issued_states(request.viewer, paging.year))
    if paging.light:
        judged = lights_of([one.task_id for one in states], day, request.moment)
        states = [one for one in states if judged[one.task_id].light is paging.light]

    def lay(page: Iterable[TaskState]) -> list[schemas.Light]:
        shown = list(page)
        lights = lights_of([one.task_id for one in shown], day, request.moment)
        return [_light(one, lights[one.task_id], day) for one in shown]

    return give_page(request, states, paging, lay, schemas.Light)


def _day_of(request: Asked, said: date | None) -> date:
    """The day asked for, today where none is; refused where it lies ahead."""
    today = localdate(request.moment)
    if said and said > today:
        raise Refused(Refusal.DAY_AHEAD, what="所问的日期", day=said, status=422)
    return said or today


def _light(state: TaskState, lights: Lights, day: date) -> schemas.Light:
    progress = lights.progress
    return schemas.Light(
        task_id=state.task_id,
        number=state.task.number or "",
        text=state.text,
        day=day,
        light=progress.light.value,
        light_label=progress.light.word,
        progress=progress.reason,
        rule=progress.rule,
        expected=progress.expected,
        actual=progress.actual,
        filing_light=lights.filing.light.value,
        filing=lights.filing.reason,
        verification_light=lights.verified.light.value,
        verification=lights.verified.reason,
        limit=lights.limit,
        is_closed=lights.is_closed,
        is_late=progress.is_late,
        silent=lights.silent,
    )


@give_list(
    router, "/light-counts", schemas.LightCount, "listLightCounts", "各种灯下的任务数：合计，和各牵头单位的"
)
def list_light_counts(request: Asked, paging: Query[CountsAsked]) -> HttpResponse:
    """How many tasks stand under each light: in all, then by lead unit; what is not lit is not counted."""
    require(request.viewer, Act.SEE_LIGHTS)
    day = _day_of(request, paging.day)
    ids = list(issued_states(request.viewer, paging.year).values_list("task_id", flat=True))
    lights = {task: one for task, one in lights_of(ids, day, request.moment).items() if one.counts}
    leads = leading_units(list(lights))
    names = dict(Unit.objects.filter(place_id=request.viewer.place_id).values_list("pk", "name"))
    counts = Counter((unit, one.light) for task, one in lights.items() for unit in (0, *leads.get(task, ())))
    rows = [
        schemas.LightCount(
            unit_id=unit or None,
            unit=names.get(unit, ""),
            day=day,
            light=light.value,
            light_label=light.word,
            tasks=counts[unit, light],
        )
        for unit in (0, *(pk for pk in names if any(key[0] == pk for key in counts)))
        for light in SAID
        if counts[unit, light]
    ]
    return give_page(request, rows, paging, list, schemas.LightCount)


@give_list(router, "/rules", schemas.Rule, "listRules", "现行的亮灯、报送、督办规则")
def list_rules(request: Asked, paging: Query[Paging]) -> HttpResponse:
    """The rules in force today."""
    require(request.viewer, Act.SEE_LIGHTS)
    rules = read_rules(request.viewer, localdate(request.moment))

    def lay(page: Iterable[Rule]) -> list[schemas.Rule]:
        return [
            schemas.Rule(
                subject=one.subject.value,
                subject_label=str(one.subject.label),
                scope=one.scope,
                scope_label=one.scope_name,
                code=one.code,
                name=one.name,
                words=one.words,
                source=one.source,
                since=one.adoption.since if one.adoption else None,
            )
            for one in page
        ]

    return give_page(request, rules, paging, lay, schemas.Rule)


@give_list(router, "/plans", schemas.Plan, "listPlans", "同意过的推进方案：第一次的承诺和历次变更")
def list_plans(request: Asked, paging: Query[YearAsked]) -> HttpResponse:
    """Every promise of the tasks the viewer sees."""
    require(request.viewer, Act.SEE_PLANS)

    def lay(page: Iterable[ActionPlan]) -> list[schemas.Plan]:
        return [
            schemas.Plan(
                id=one.pk,
                task_id=one.task_id,
                number=one.task.number or "",
                unit_id=one.unit_id,
                unit=one.unit.name,
                order=one.number,
                points=[f"{point.day} {point.share:.0%}" for point in one.points.all()],
                steps=[f"{step.due} {step.name}" for step in one.steps.all()],
                **{name: getattr(one, name) for name in _PLAN},
            )
            for one in page
        ]

    return give_page(request, promised_plans(request.viewer, paging.year), paging, lay, schemas.Plan)


_PLAN = (
    "kind",
    "target",
    "base",
    "unit_of_measure",
    "curve",
    "deadline",
    "visible",
    "actions",
    "change_why",
    "since",
    "until",
)


@give_list(router, "/rounds", schemas.Round, "listRounds", "各期报送")
def list_rounds(request: Asked, paging: Query[Paging]) -> HttpResponse:
    """Every round of the place, for the office."""
    require(request.viewer, Act.SEE_ROUNDS)

    def lay(page: Iterable[RoundLine]) -> list[schemas.Round]:
        return [
            schemas.Round(
                id=one.round.pk,
                units=one.units,
                complete=one.complete,
                asked=one.asked,
                sent=one.sent,
                waiting=one.waiting,
                **{name: getattr(one.round, name) for name in _ROUND},
            )
            for one in page
        ]

    return give_page(request, read_rounds(request.viewer), paging, lay, schemas.Round)


_ROUND = ("year", "label", "period_end", "opened_at", "due_at", "closed_at")


@give_list(router, "/filings", schemas.Filing, "listFilings", "各单位报送的进展")
def list_filings(request: Asked, paging: Query[YearAsked]) -> HttpResponse:
    """Filings of a year's rounds: the office's all, a unit's own and what was taken of its tasks."""
    require(request.viewer, Act.SEE_LIGHTS)

    def lay(page: Iterable[Filing]) -> list[schemas.Filing]:
        return [
            schemas.Filing(
                id=one.pk,
                round=one.round.label,
                task_id=one.task_id,
                number=one.task.number or "",
                unit_id=one.unit_id,
                unit=one.unit.name,
                values=[f"{value.indicator} {value.value:g} {value.unit}" for value in one.values.all()],
                steps=[f"{step.done_on} {step.name}" for step in one.steps.all()],
                filed_at=one.first_confirmed_at,
                **{name: getattr(one, name) for name in _FILING},
            )
            for one in page
        ]

    return give_page(request, visible_filings(request.viewer, paging.year), paging, lay, schemas.Filing)


_FILING = (
    "is_lead",
    "stage",
    "is_unchanged",
    "is_blocked",
    "progress",
    "next_step",
    "problem",
    "help_needed",
    "true_on",
    "ruled_at",
)


@give_list(router, "/notices", schemas.Notice, "listNotices", "督办单、约谈通知和商请函")
def list_notices(request: Asked, paging: Query[Paging]) -> HttpResponse:
    """The papers the viewer may read: drafts are the office's alone."""
    require(request.viewer, Act.SEE_PRESS)
    notices = visible_notices(request.viewer).select_related("unit", "place").prefetch_related("tasks")

    def lay(page: Iterable[Notice]) -> list[schemas.Notice]:
        return [
            schemas.Notice(
                id=one.pk,
                title=str(one),
                unit_id=one.unit_id,
                unit=one.unit.name,
                tasks=list(_numbers(one)),
                **{name: getattr(one, name) for name in _NOTICE},
            )
            for one in page
        ]

    return give_page(request, notices.order_by("-pk"), paging, lay, schemas.Notice)


_NOTICE = ("rung", "year", "stage", "cause", "asked", "due", "signed_at", "answered_at")


def _numbers(notice: Notice) -> Iterator[str]:
    return (task.number or str(task.pk) for task in notice.tasks.all())


@give_list(router, "/close-outs", schemas.CloseOut, "listCloseOuts", "办结申请和经过")
def list_close_outs(request: Asked, paging: Query[YearAsked]) -> HttpResponse:
    """The close-outs the viewer may read, the latest first."""
    require(request.viewer, Act.SEE_CLOSINGS)
    found = visible_completions(request.viewer).filter(task__year=paging.year)
    found = found.select_related("task", "unit", "verified_by", "signed_by").order_by("-pk")

    def lay(page: Iterable[Completion]) -> list[schemas.CloseOut]:
        return [
            schemas.CloseOut(
                id=one.pk,
                task_id=one.task_id,
                number=one.task.number or "",
                unit=one.unit.name,
                verified_by=one.verified_by.name if one.verified_by else "",
                signed_by=one.signed_by.name if one.signed_by else "",
                **{name: getattr(one, name) for name in _CLOSE_OUT},
            )
            for one in page
        ]

    return give_page(request, found, paging, lay, schemas.CloseOut)


_CLOSE_OUT = (
    "stage",
    "done_on",
    "summary",
    "shortfall",
    "applied_at",
    "verified_at",
    "findings",
    "closed_at",
    "look_back_on",
)


@give_list(router, "/standings", schemas.Standing, "listStandings", "任务调整：暂缓、并入、拆分、终止、恢复")
def list_standings(request: Asked, paging: Query[YearAsked]) -> HttpResponse:
    """The acts that took tasks the viewer sees out of the totals, or brought them back; the latest first."""
    require(request.viewer, Act.SEE_CLOSINGS)
    found = visible_standings(request.viewer).filter(task__year=paging.year)
    found = found.select_related("task").order_by("-pk")

    def lay(page: Iterable[Standing]) -> list[schemas.Standing]:
        return [
            schemas.Standing(
                id=one.pk,
                task_id=one.task_id,
                number=one.task.number or "",
                kind_label=str(one.get_kind_display()),
                **{name: getattr(one, name) for name in _STANDING},
            )
            for one in page
        ]

    return give_page(request, found, paging, lay, schemas.Standing)


_STANDING = ("kind", "stage", "act", "dated", "congress_decision", "why", "since", "until")
