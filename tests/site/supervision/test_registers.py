"""专项清单 over the site: opened, entered, put in force, filled in, amended; its items are tasks."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from dukao.progress.values import Light
from dukao.site.archive.models import Publicity
from dukao.site.history.models import Entry
from dukao.site.history.queries import content_of
from dukao.site.ledger.models import Breakdown, Placement, Responsibility, Task, TaskState
from dukao.site.ledger.setting import set_publicity
from dukao.site.people.models import Unit, UnitKind
from dukao.site.refusals import Refused
from dukao.site.supervision.closing.scope import checklist_of
from dukao.site.supervision.filing.forms import starting_words
from dukao.site.supervision.filing.items import filings_to_show
from dukao.site.supervision.filing.items import read_items as read_filings
from dukao.site.supervision.filing.rounds import open_rounds
from dukao.site.supervision.models import (
    ActionPlan,
    Assignment,
    Filing,
    FilingStage,
    FilingStep,
    KeptRegister,
    PlanKind,
    PlanStep,
    RegisterEntry,
    Round,
    Spot,
)
from dukao.site.supervision.planning.actions import approve_plan, send_plan
from dukao.site.supervision.planning.words import PlanWords
from dukao.site.supervision.pressing.bulletin_facts import draw_facts
from dukao.site.supervision.pressing.meeting import draw_agenda
from dukao.site.supervision.pressing.proposing import propose_notices
from dukao.site.supervision.registers.access import kept_register
from dukao.site.supervision.registers.items import Row, read_items
from dukao.site.supervision.registers.queries import needs_of, register_panel
from dukao.site.supervision.registers.rates import count_stages, read_rates
from dukao.site.supervision.registers.spots import SpotWords, say_spots
from tests.site.conftest import BEIJING, Cast
from tests.site.ledger.pages import html, plain, read
from tests.site.supervision.conftest import Year

Clock = Callable[[datetime], None]
JUNE = datetime(2024, 6, 3, 9, 0, tzinfo=BEIJING)  # a Monday
LEAKS = "化解望江小区房屋漏水信访"
PETITION = {"text": LEAKS, "lead": "区住建局", "f_sort": "城乡建设", "f_wants": "修好屋顶", "f_people": "12"}
PROJECT = {
    "text": "海门市场改造",
    "lead": "区住建局",
    "f_sort": "基础设施",
    "f_nature": "新建",
    "f_total": "900",
    "f_year": "500",
    "f_approved": "2024-06-28",
    "f_start": "2024-07-31",
    "f_finish": "2024-11-30",
}
WIRES = {
    "text": "拆除海门市场私拉电线",
    "lead": "区住建局",
    "f_way": "立查立改",
    "f_sort": "消防",
    "f_where": "海门街道海门市场",
    "f_found": "2024-06-02",
}


def at(month: int, day: int, hour: int = 9) -> datetime:
    """A moment of the year."""
    return datetime(2024, month, day, hour, tzinfo=BEIJING)


@pytest.fixture
def june(cast: Cast, ledger: Breakdown, clock: Clock) -> Clock:
    """The issued ledger on 3 June 2024; the clock is handed on."""
    clock(JUNE)
    return clock


def post(cast: Cast, role: str, address: str, **said: Any) -> Any:
    return cast.client(role).post(address, said)


def open_list(cast: Cast, code: str = "petition", since: str = "2024-06-03") -> None:
    assert post(cast, "clerk", f"/registers/open/{code}/", since=since).status_code == 302


def enter(cast: Cast, code: str, said: dict[str, str]) -> int:
    """A draft entered by the clerk; its task."""
    answer = post(cast, "clerk", f"/registers/{code}/2024/new/", **said)
    assert answer.status_code == 302, plain(answer.content.decode())
    return int(RegisterEntry.objects.latest("pk").task_id)


def issue(cast: Cast, code: str, *tasks: int) -> None:
    assert post(cast, "head", f"/registers/{code}/2024/issue/", item=tasks).status_code == 302


def listed(cast: Cast, code: str) -> int:
    """An item opened, entered and put in force."""
    if not KeptRegister.objects.filter(code=code).exists():
        open_list(cast, code)
    entered = enter(cast, code, {"petition": PETITION, "project": PROJECT}.get(code, WIRES))
    issue(cast, code, entered)
    return entered


def row_of(cast: Cast, code: str, task: int, moment: datetime) -> Row:
    kept = kept_register(cast.place.pk, code)
    rows = read_items(cast.viewer("clerk", moment), kept, moment.date(), moment)
    return next(row for row in rows if row.task_id == task)


def do_step(cast: Cast, task: int, name: str, on: date) -> None:
    """A step filed by the lead unit and taken by the office, on a day."""
    moment = datetime(on.year, on.month, on.day, 10, tzinfo=BEIJING)
    facts = {"year": 2024, "label": f"{on}", "due_at": moment, "opened_at": moment, "closed_at": moment}
    round_, _ = Round.objects.get_or_create(place=cast.place, cadence="test", period_end=on, defaults=facts)
    filing, _ = Filing.objects.get_or_create(
        round=round_,
        task_id=task,
        unit=cast.lead,
        defaults={
            "is_lead": True,
            "stage": FilingStage.ACCEPTED,
            "progress": "已办",
            "true_on": on,
            "ruled_at": moment,
            "ruled_by": cast.users["clerk"],
        },
    )
    FilingStep.objects.create(filing=filing, name=name, done_on=on)


# A list is opened.


def test_a_list_is_opened_from_a_day_on_and_only_once(cast: Cast, june: Clock) -> None:
    assert "可以启用的清单" in read(cast, "clerk", "/registers/")
    assert "可以启用的清单" not in read(cast, "head", "/registers/")
    assert post(cast, "clerk", "/registers/open/petition/", since="2024-06-01").status_code == 422
    open_list(cast)
    page = read(cast, "head", "/registers/")
    assert "1份专项清单共0项在册" in page
    assert "信访积案" in page
    again = post(cast, "clerk", "/registers/open/petition/", since="2024-06-03")
    assert again.status_code == 409
    assert "已经启用" in again.content.decode()


def test_nothing_is_entered_before_the_list_begins(cast: Cast, june: Clock) -> None:
    open_list(cast, since="2024-07-01")
    answer = post(cast, "clerk", "/registers/petition/2024/new/", **PETITION)
    assert answer.status_code == 409
    assert "从2024-07-01起用" in answer.content.decode()


# An item is entered and put in force.


def test_what_an_item_lacks_is_said_all_at_once(cast: Cast, june: Clock) -> None:
    open_list(cast)
    wrong = {"lead": "区住建局、没有的局", "f_sort": "乱写", "f_people": "十二"}
    page = plain(post(cast, "clerk", "/registers/petition/2024/new/", **wrong).content.decode())
    assert "“没有的局”不在单位名录里" in page
    page = plain(
        post(cast, "clerk", "/registers/petition/2024/new/", **wrong | {"lead": ""}).content.decode()
    )
    for said in ("“事项”还没有写", "还没有牵头单位", "“类别”写的是“乱写”", "只填数字", "“主要诉求”还没有填"):
        assert said in page
    assert not RegisterEntry.objects.exists()


def test_a_draft_is_the_offices_and_in_force_everybodys_by_their_rights(cast: Cast, june: Clock) -> None:
    open_list(cast)
    task = enter(cast, "petition", PETITION)
    assert LEAKS in read(cast, "head", "/registers/petition/2024/")
    assert LEAKS not in read(cast, "liaison", "/registers/petition/2024/")
    assert [need.count for need in needs_of(cast.viewer("head"), JUNE)] == [1]
    issue(cast, "petition", task)
    page = read(cast, "liaison", "/registers/petition/2024/")
    assert "信访-2024-001" in page
    assert "待受理告知" in page
    assert LEAKS in read(cast, "liaison", f"/tasks/{task}/")
    assert cast.client("deputy").get(f"/tasks/{task}/").status_code == 404
    assert "项交办待签收" not in page
    assert Assignment.objects.get(task_id=task).due == date(2024, 6, 6)


def test_its_steps_are_dated_from_the_day_it_was_put_in_force(cast: Cast, june: Clock) -> None:
    task = listed(cast, "petition")
    steps = PlanStep.objects.filter(plan__task_id=task).order_by("order").values_list("name", "due")
    assert list(steps) == [
        ("受理告知", date(2024, 6, 18)),
        ("化解方案", date(2024, 7, 3)),
        ("书面答复", date(2024, 8, 2)),
        ("回访息访", date(2024, 9, 1)),
    ]
    plan = ActionPlan.objects.get(task_id=task)
    assert (plan.stage, plan.since, plan.deadline) == ("approved", JUNE, date(2024, 9, 1))


def test_which_steps_it_takes_depends_on_its_sort(cast: Cast, june: Clock) -> None:
    open_list(cast, "hazard")
    quick = enter(cast, "hazard", WIRES)
    slow = enter(cast, "hazard", WIRES | {"text": "加固危房", "f_way": "限期整改"})
    issue(cast, "hazard", quick, slow)
    names = {
        task: list(PlanStep.objects.filter(plan__task_id=task).order_by("order").values_list("name", "due"))
        for task in (quick, slow)
    }
    # 10 June is 端午: three working days from Monday the 3rd are the 6th, five are the 11th.
    assert names[quick] == [("消除隐患", date(2024, 6, 6)), ("验收核销", date(2024, 6, 11))]
    assert [name for name, _ in names[slow]] == ["五到位方案", "整改完成", "验收核销"]
    numbers = Task.objects.filter(pk__in=(quick, slow)).order_by("pk").values_list("number", flat=True)
    assert list(numbers) == ["隐患-2024-001", "隐患-2024-002"]


def test_an_own_limit_holds_the_steps(cast: Cast, june: Clock) -> None:
    open_list(cast)
    task = enter(cast, "petition", PETITION | {"deadline": "2024-07-20"})
    issue(cast, "petition", task)
    last = PlanStep.objects.filter(plan__task_id=task).order_by("order").last()
    assert last is not None
    assert last.due == date(2024, 7, 20)


def test_a_draft_is_put_in_force_once(cast: Cast, june: Clock) -> None:
    task = listed(cast, "petition")
    answer = post(cast, "head", "/registers/petition/2024/issue/", item=[task])
    assert answer.status_code == 409
    assert post(cast, "clerk", "/registers/petition/2024/issue/", item=[task]).status_code == 403
    assert Assignment.objects.filter(task_id=task).count() == 1


def test_a_draft_is_taken_back_and_what_is_in_force_is_not(cast: Cast, june: Clock) -> None:
    open_list(cast)
    task = enter(cast, "petition", PETITION)
    back = f"/registers/petition/items/{task}/back/"
    assert back in html(cast, "clerk", f"/registers/petition/items/{task}/edit/")
    assert post(cast, "clerk", back).status_code == 422
    assert post(cast, "clerk", back, why="重复登记").status_code == 302
    assert LEAKS not in read(cast, "clerk", "/registers/petition/2024/")
    other = enter(cast, "petition", PETITION)
    issue(cast, "petition", other)
    back = f"/registers/petition/items/{other}/back/"
    assert back not in html(cast, "clerk", f"/registers/petition/items/{other}/edit/")
    assert post(cast, "clerk", back, why="重复登记").status_code == 409


# The same loop serves it.


def test_past_a_step_it_is_lit_by_the_rule_of_its_list(cast: Cast, june: Clock) -> None:
    task = listed(cast, "hazard")
    assert row_of(cast, "hazard", task, at(6, 3)).lights.light is Light.YELLOW  # type: ignore[union-attr]
    late = row_of(cast, "hazard", task, at(6, 7))
    assert late.lights is not None
    assert (late.lights.light, late.stage) == (Light.RED, "待消除隐患")
    assert "“消除隐患”应于" in late.lights.progress.reason
    assert "临期3天预警" in late.lights.progress.reason
    do_step(cast, task, "消除隐患", date(2024, 6, 7))
    june(at(6, 8))
    page = read(cast, "clerk", "/registers/hazard/2024/")
    assert "待验收核销" in page
    june(at(6, 20))
    assert "已逾期1项" in read(cast, "clerk", "/registers/hazard/2024/")
    over = read(cast, "clerk", "/registers/hazard/2024/?limit=over&light=red")
    assert "隐患-2024-001" in over
    assert "没有符合条件的事项" in read(cast, "clerk", "/registers/hazard/2024/?limit=later")


def test_it_is_filed_every_month_because_its_list_says_so(cast: Cast, june: Clock) -> None:
    june(at(6, 14))
    open_list(cast, since="2024-06-14")
    task = listed(cast, "petition")
    open_rounds(cast.place.pk, at=at(6, 16))
    filing = Filing.objects.get(task_id=task)
    assert (filing.risk, filing.risk_why) == ("high", "信访积案，按月报")


def test_it_is_pressed_like_any_task(cast: Cast, june: Clock) -> None:
    task = listed(cast, "petition")
    made = propose_notices(cast.place.pk, at=at(7, 10))
    numbers = {line["number"] for notice in made for line in notice.facts}
    assert Task.objects.get(pk=task).number in numbers


def test_what_is_behind_on_a_list_comes_before_a_meeting_and_into_a_bulletin(cast: Cast, june: Clock) -> None:
    """A bulletin goes far: of a list that nobody outside may read it says only how many."""
    petition, project = listed(cast, "petition"), listed(cast, "project")
    moment = at(10, 10)
    by = cast.viewer("clerk", moment)
    agenda = draw_agenda(by, 2024, moment)
    own = {line["task"]: line for line in agenda["items"]}
    assert own[petition]["words"] == f"信访积案：{LEAKS}"
    assert {"unit_ids", "leaders", "cause"} <= set(own[petition])
    assert "信访积案1项（严重滞后1项），重大项目1项" in agenda["lists"]
    facts = draw_facts(by, date(2024, 10, 9), date(2024, 9, 30), moment)
    named = {line["task"] for line in facts["behind"]}
    assert project in named
    assert petition not in named
    assert "信访积案1项（严重滞后1项）" in facts["opening"]
    # A Party body that leads an item beside a government unit is not named.
    partner = Unit.objects.get(place=cast.place, name="区水利局")
    led = Responsibility.objects.at(None).filter(task_id=project, role="lead")
    own_lead = led.get().unit
    Responsibility.objects.create(
        task_id=project, unit=partner, role="lead", order=9, since=moment - timedelta(days=9)
    )
    for kind, units in ((UnitKind.DEPARTMENT, [own_lead, partner]), (UnitKind.PARTY, [own_lead])):
        Unit.objects.filter(pk=partner.pk).update(kind=kind)
        drawn = (
            draw_agenda(by, 2024, moment)["items"],
            draw_facts(by, date(2024, 10, 9), date(2024, 9, 30), moment)["behind"],
        )
        for lines in drawn:
            [line] = [one for one in lines if one["task"] == project]
            assert line["units"] == "、".join(one.name for one in units)
            assert line["unit_ids"] == [one.pk for one in units]


def test_it_closes_by_the_checklist_of_its_list(cast: Cast, june: Clock) -> None:
    task = Task.objects.get(pk=listed(cast, "petition"))
    assert checklist_of(task).code == "petition"
    other = Task.objects.filter(kind="key")[0]
    assert checklist_of(other).code == "milestones"


def test_what_may_not_be_public_stays_so(cast: Cast, june: Clock) -> None:
    task = listed(cast, "petition")
    state = TaskState.objects.at(None).get(task_id=task)
    assert (state.publicity, state.publicity_reason) == ("withheld", "信访积案不对外公开")
    answer = post(cast, "clerk", f"/tasks/{task}/publicity/", publicity="public")
    assert answer.status_code == 422
    assert "不对外公开" in answer.content.decode()
    by = cast.viewer("clerk", JUNE)
    for chosen in (Publicity.PUBLIC, Publicity.ON_REQUEST):
        with pytest.raises(Refused, match="不对外公开"):
            set_publicity(task, chosen, by=by, at=JUNE)
    assert set_publicity(task, Publicity.INTERNAL, by=by, at=JUNE).publicity == "internal"


def test_an_objection_is_settled_and_the_item_goes_to_another_unit(cast: Cast, june: Clock) -> None:
    task = listed(cast, "petition")
    assignment = Assignment.objects.get(task_id=task)
    said = {"objection": "not_ours", "reason": "属水利"}
    assert post(cast, "liaison", f"/assignments/{assignment.pk}/object/", **said).status_code == 302
    assert "1项有异议待处理" in read(cast, "clerk", "/registers/petition/2024/")
    assert "1条对交办的异议待处理" in read(cast, "clerk", "/")
    page = html(cast, "clerk", "/assignments/")
    assert 'id="objections"' in page
    assert f"/assignments/{assignment.pk}/settle/" in page
    assert "随即交给新的单位" in read(cast, "clerk", f"/assignments/{assignment.pk}/settle/")
    ruled = {"ruling": "upheld", "why": "职责属水利"}
    answer = post(cast, "clerk", f"/assignments/{assignment.pk}/settle/", **ruled)
    assert answer["Location"] == f"/tasks/{task}/"
    assert "到清单里调整" in read(cast, "clerk", "/assignments/")
    change = f"/registers/petition/items/{task}/edit/"
    wanted = PETITION | {"lead": "区水利局"}
    assert post(cast, "clerk", change, **wanted).status_code == 422  # without a reason
    assert post(cast, "clerk", change, **wanted, why="采纳异议").status_code == 302
    sent = Assignment.objects.filter(task_id=task).order_by("pk").values_list("unit__name", flat=True)
    assert list(sent) == ["区住建局", "区水利局"]
    assert cast.client("liaison").get(f"/tasks/{task}/").status_code == 404
    assert "到清单里调整" not in read(cast, "clerk", "/assignments/")


# Its columns.


def test_the_unit_fills_in_its_own_columns_and_no_others(cast: Cast, june: Clock) -> None:
    task = listed(cast, "hazard")
    change = f"/registers/hazard/items/{task}/edit/"
    page = cast.client("liaison").get(change).content.decode()
    assert "f_money" in page
    assert "f_way" not in page
    assert post(cast, "liaison", change, f_money="3.5", f_way="挂牌督办", text="别的").status_code == 302
    now = RegisterEntry.objects.at(None).get(task_id=task)
    assert (now.values["money"], now.values["way"]) == (3.5, "立查立改")
    assert TaskState.objects.at(None).get(task_id=task).text == WIRES["text"]
    assert post(cast, "head", change, f_money="4").status_code == 403
    other = Unit.objects.get(place=cast.place, name="区水利局")
    cast.users["liaison"].unit = other
    cast.users["liaison"].save()
    assert post(cast, "liaison", change, f_money="4").status_code == 404


def test_who_began_from_an_older_version_is_told(cast: Cast, june: Clock) -> None:
    task = listed(cast, "hazard")
    change = f"/registers/hazard/items/{task}/edit/"
    seen = cast.client("liaison").get(change).context["form"]["seen"].value()
    assert post(cast, "clerk", change, **WIRES, f_money="2", seen=seen).status_code == 302
    late = post(cast, "liaison", change, f_money="5", seen=seen)
    assert late.status_code == 409
    assert f'<a href="{change}">重新打开本页</a>' in late.content.decode()
    assert RegisterEntry.objects.at(None).get(task_id=task).values["money"] == 2


def test_a_day_of_the_past_shows_the_columns_of_that_day(cast: Cast, june: Clock) -> None:
    task = listed(cast, "hazard")
    june(at(6, 12))
    assert post(cast, "liaison", f"/registers/hazard/items/{task}/edit/", f_money="7.25").status_code == 302
    assert "7.25" in read(cast, "clerk", "/registers/hazard/2024/")
    assert "7.25" not in read(cast, "clerk", "/registers/hazard/2024/?as_of=2024-06-11")


def test_a_place_amends_what_a_list_asks(cast: Cast, june: Clock) -> None:
    task = listed(cast, "petition")
    form = cast.client("clerk").get("/registers/petition/terms/").context["form"]
    said = {
        bound.html_name: bound.value() or ""
        for part in (form.whole, *form.fields, *form.steps)
        for bound in part
        if bound.value() not in (None, False)
    }
    said |= {
        "name": "信访老案",
        "t0-limit": "10",
        "c2-label": "",
        "reason": "按市里要求",
        "filing": "quarter",
    }
    fresh = len(form.terms.fields)
    said |= {f"c{fresh}-label": "包案日期", f"c{fresh}-kind": "date"}
    june(at(6, 12))
    assert post(cast, "clerk", "/registers/petition/terms/", **said).status_code == 302
    amended = content_of(Entry.objects.get(action="register-amended"))
    assert (amended["before"]["报送"], amended["after"]["报送"]) == ("按月", "按季")
    page = read(cast, "clerk", "/registers/petition/2024/")
    assert "2024年信访老案" in page
    assert "包案日期" in page
    assert "涉及人数" not in page
    assert "涉及人数" in read(cast, "clerk", "/registers/petition/2024/?as_of=2024-06-11")
    first = PlanStep.objects.get(plan__task_id=task, name="受理告知")
    assert first.due == date(2024, 6, 18)  # what is in hand keeps its steps
    second = enter(cast, "petition", PETITION)
    issue(cast, "petition", second)
    assert PlanStep.objects.get(plan__task_id=second, name="受理告知").due == date(2024, 6, 22)
    late = post(cast, "clerk", "/registers/petition/terms/", **said)
    assert late.status_code == 409
    assert '<a href="/registers/petition/terms/">重新打开本页</a>' in late.content.decode()


def test_terms_that_do_not_hold_together_are_refused(cast: Cast, june: Clock) -> None:
    open_list(cast, "project")
    form = cast.client("clerk").get("/registers/project/terms/").context["form"]
    said = {
        bound.html_name: bound.value() or ""
        for part in (form.whole, *form.fields, *form.steps)
        for bound in part
        if bound.value() not in (None, False)
    }
    place = [one.code for one in form.terms.fields].index("start")
    answer = post(cast, "clerk", "/registers/project/terms/", **said | {f"c{place}-label": ""})
    assert answer.status_code == 422
    assert "步骤“开工”用到的栏目没有了" in answer.content.decode()


# Projects: stages, and rates beside their curves.


def project(name: str, start: str, **said: str) -> dict[str, str]:
    facts = {"text": f"建设{name}", "lead": "区住建局", "f_sort": "产业", "f_nature": "新建"}
    return facts | {"f_year": "1000", "f_start": start, "f_finish": "2024-12-20"} | said


def test_projects_show_their_stages_and_rates_beside_the_curves(cast: Cast, june: Clock) -> None:
    open_list(cast, "project")
    tasks = [
        enter(cast, "project", project("一期厂房", "2024-06-10")),
        enter(cast, "project", project("二期厂房", "2024-07-10")),
        enter(cast, "project", project("滨江道路", "2024-06-20", f_nature="续建", f_year="3000")),
    ]
    issue(cast, "project", *tasks)
    do_step(cast, tasks[0], "开工", date(2024, 6, 12))
    june(at(6, 28))
    spent = f"/registers/project/items/{tasks[2]}/edit/"
    assert post(cast, "liaison", spent, f_spent="2000").status_code == 302
    june(at(7, 5))
    kept = kept_register(cast.place.pk, "project")
    rows = read_items(cast.viewer("clerk", at(7, 5)), kept, date(2024, 7, 5), at(7, 5))
    stages = [(one.stage, one.items) for one in count_stages(kept, rows)]
    assert stages == [("储备", 2), ("前期", 0), ("开工", 1), ("在建", 0), ("竣工", 0), ("投用", 0)]
    started, invested = read_rates(kept, rows, 2024, date(2024, 7, 5))
    half = next(one for one in started.marks if one.label == "6月")
    assert (half.expected, half.reached, half.behind) == (0.6, 0.5, 10.0)
    money = next(one for one in invested.marks if one.label == "6月")
    assert (money.expected, money.reached) == (0.5, 0.4)
    assert next(one for one in invested.marks if one.label == "5月").reached == 0
    assert next(one for one in invested.marks if one.label == "8月").reached is None
    assert started.expected_line.startswith("34.0,130.0 62.9,130.0 62.9,130.0 91.8,130.0 91.8,93.4")
    july = next(one for one in started.marks if one.label == "7月")
    assert (july.expected, july.on, july.asked) == (0.6, date(2024, 7, 5), 0.6)
    where = [float(place.split(",")[0]) for place in started.reached_line.split()]
    july_ends, august_ends = where[5] * 2 - where[4], where[5] * 3 - where[4] * 2
    assert where[5] < where[6] < july_ends < august_ends  # the 5th stands five days behind June's end
    assert started.end is not None
    assert started.end[0] == where[6]
    page = read(cast, "clerk", "/registers/project/2024/")
    assert "新建项目开工率：截至2024年7月5日应达60%，实际50%，差10个百分点" in page
    assert "2,000" in page


# Livelihood: items of the breakdown, and their places.


def livelihood(cast: Cast) -> TaskState:
    state: TaskState = TaskState.objects.at(None).filter(task__kind="livelihood", status="issued")[0]
    return state


def test_livelihood_items_are_the_breakdowns_and_have_places(cast: Cast, june: Clock) -> None:
    open_list(cast, "livelihood")
    state = livelihood(cast)
    unit = state.task.responsibilities.at(None).filter(role="lead", unit__isnull=False)[0].unit
    cast.users["liaison"].unit = unit
    cast.users["liaison"].save()
    assert str(state.task.number) in read(cast, "liaison", "/registers/livelihood/2024/")
    assert post(cast, "clerk", "/registers/livelihood/2024/new/", text="新的").status_code == 404
    address = f"/registers/livelihood/items/{state.task_id}/places/"
    assert post(cast, "liaison", address, rows="多").status_code == 422
    lines = {
        "rows": "3",
        "seen": "0-0",
        "s0-town": "海门街道",
        "s0-name": "一小",
        "s0-due": "2024-05-30",
        "s1-town": "潮头街道",
        "s1-name": "二小",
        "s2-name": "",
    }
    assert post(cast, "liaison", address, **lines | {"s0-done_on": "2024-06-30"}).status_code == 422
    assert post(cast, "liaison", address, **lines).status_code == 302
    orders = list(Spot.objects.at(None).order_by("order").values_list("order", flat=True))
    done = lines | {"s0-order": str(orders[0]), "s1-order": str(orders[1]), "s0-done_on": "2024-06-01"}
    june(at(6, 4))
    stale = post(cast, "liaison", address, **done)
    assert stale.status_code == 409
    note = stale.content.decode().split('role="alert"')[1].split("</div>")[0]
    assert "潮头街道二小" in note
    assert f'<a href="{address}">重新打开本页</a>' in note
    done["seen"] = re.search(r'name="seen" value="([^"]+)"', html(cast, "liaison", address))[1]  # type: ignore[index]
    assert post(cast, "liaison", address, **done).status_code == 302
    assert "1/2个" in read(cast, "clerk", "/registers/livelihood/2024/")
    assert "0/2个" in read(cast, "clerk", "/registers/livelihood/2024/?as_of=2024-06-03")
    panels = register_panel(cast.viewer("liaison", at(6, 4)), state.task_id, None, at(6, 4))
    page = plain("<main>" + render_to_string("supervision/registers/_panel.html", {"register_panel": panels}))
    assert "2个，完成1个" in page
    assert "更新点位" in page
    cast.users["liaison"].unit = Unit.objects.exclude(pk=unit.pk).get(place=cast.place, name="区水利局")
    cast.users["liaison"].save()
    assert post(cast, "liaison", address, **done).status_code in (403, 404)


def test_the_places_done_are_the_number_the_unit_files(cast: Cast, year: Year, june: Clock) -> None:
    open_list(cast, "livelihood")
    state = TaskState.objects.at(None).filter(task__kind="livelihood", text__contains="断头河")[0]
    unit = state.task.responsibilities.at(None).filter(role="lead")[0].unit
    cast.users["liaison"].unit = unit
    cast.users["liaison"].save()
    by = cast.viewer("liaison", JUNE)
    words = PlanWords(
        PlanKind.CUMULATIVE,
        visible="3条全部打通",
        target=3.0,
        unit_of_measure="条",
        curve="livelihood",
        deadline=date(2024, 11, 30),
    )
    plan = send_plan(state.task_id, words, by=by, at=JUNE)
    approve_plan(plan.pk, by=cast.viewer("head", JUNE), at=JUNE)
    spots = [
        SpotWords(0, name, done_on=done)
        for name, done in (("一号河", date(2024, 5, 30)), ("二号河", date(2024, 6, 1)), ("三号河", None))
    ]
    say_spots("livelihood", state.task_id, spots, by=by, at=JUNE)
    open_rounds(cast.place.pk, at=at(6, 16))
    june(at(6, 17))
    filing = Filing.objects.get(task=state.task, round__period_end=date(2024, 6, 25))
    (item,) = read_filings(list(filings_to_show().filter(pk=filing.pk)))
    assert item.spots_done == 2
    assert item.figure is not None
    assert item.figure.value_in(starting_words(item, date(2024, 6, 17))) == 2


def test_the_panel_of_an_item_says_which_step_is_late(cast: Cast, june: Clock) -> None:
    task = listed(cast, "petition")
    day = at(6, 20)
    panels = register_panel(cast.viewer("liaison", day), task, None, day)
    page = plain("<main>" + render_to_string("supervision/registers/_panel.html", {"register_panel": panels}))
    assert "“受理告知”应于2024年6月18日完成，已经逾期" in page
    assert "12人" in page
    assert "信访部门会同督查室回访核验" in page
    assert register_panel(cast.viewer("deputy", day), task, None, day) == ()
    key = Placement.objects.at(None).filter(task__kind="key")[0].task_id
    assert register_panel(cast.viewer("clerk", day), key, None, day) == ()


def test_the_api_gives_the_lists_and_their_items(cast: Cast, june: Clock) -> None:
    from dukao.site.people.tokens import issue_token

    listed(cast, "petition")
    _, secret = issue_token("测试", by=cast.viewer("clerk", JUNE), at=JUNE)
    bearer = {"Authorization": f"Bearer {secret}"}
    client = cast.client("clerk")
    lists = client.get("/api/v1/registers", headers=bearer).json()
    assert [(one["code"], one["items"]) for one in lists["items"]] == [("petition", 1)]
    items = client.get("/api/v1/registers/petition/items?year=2024", headers=bearer).json()
    assert items["items"][0]["number"] == "信访-2024-001"
    assert items["items"][0]["values"]["涉及人数（人）"] == "12"
    none = client.get("/api/v1/registers/petition/items?year=2024&light=red", headers=bearer).json()
    assert none["total"] == 0
    csv = client.get("/api/v1/registers/petition/items?year=2024&format=csv", headers=bearer)
    assert "化解望江小区" in csv.content.decode()


def test_a_list_asks_as_many_queries_for_many_items_as_for_two(cast: Cast, june: Clock) -> None:
    open_list(cast)
    issue(cast, "petition", *(enter(cast, "petition", PETITION) for _ in range(2)))
    client = cast.client("clerk")
    client.get("/registers/petition/2024/")
    counts = []
    for more in (0, 8):
        tasks = [enter(cast, "petition", PETITION) for _ in range(more)]
        if tasks:
            issue(cast, "petition", *tasks)
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/registers/petition/2024/").status_code == 200
        with CaptureQueriesContext(connection) as every:
            assert client.get("/registers/").status_code == 200
        counts.append((len(asked), len(every)))
    assert counts[0] == counts[1]
    assert counts[0][0] <= 40
