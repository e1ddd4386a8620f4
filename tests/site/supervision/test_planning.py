"""推进方案: what is proposed, what is missing, who rules, and what a change leaves standing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dukao.progress.curves import curve_presets
from dukao.site.history.models import Entry
from dukao.site.history.queries import content_of, entries_about
from dukao.site.ledger.models import Breakdown, Responsibility, Task, TaskState
from dukao.site.refusals import Refused
from dukao.site.supervision.models import ActionPlan, PlanKind, PlanStage
from dukao.site.supervision.planning.actions import (
    PlanConflict,
    PlanLacks,
    PlanWords,
    approve_plan,
    approve_plans,
    recall_plan,
    return_plan,
    save_plan,
    send_plan,
    withdraw_plan,
)
from dukao.site.supervision.planning.limits import plans_owed
from dukao.site.supervision.planning.queries import needs_of, plan_panel
from tests.site.conftest import BEIJING, Cast
from tests.site.ledger.pages import html, plain, read
from tests.site.supervision.conftest import OPENED, PLANNED, PLANS, Year, task_of, viewer_in

Clock = Callable[[datetime], None]
COUNT = PLANS[PlanKind.CUMULATIVE][2]
STEPS = PLANS[PlanKind.MILESTONES][2]
MAY = datetime(2024, 5, 6, 10, 0, tzinfo=BEIJING)


def moment(month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(2024, month, day, hour, minute, tzinfo=BEIJING)


def save(cast: Cast, breakdown: Breakdown, words: PlanWords = COUNT, row: str = "三-1") -> ActionPlan:
    """A draft of the cast's unit."""
    by = cast.viewer("liaison", PLANNED)
    return save_plan(task_of(breakdown, row).pk, words, by=by, at=PLANNED)


def send(cast: Cast, breakdown: Breakdown, words: PlanWords = COUNT, row: str = "三-1") -> ActionPlan:
    """A plan of the cast's unit that the office has."""
    by = cast.viewer("liaison", PLANNED)
    return send_plan(task_of(breakdown, row).pk, words, by=by, at=PLANNED)


def change(year: Year, words: PlanWords, unit: str, row: str, at: datetime = MAY) -> ActionPlan:
    return save_plan(year.task(row).pk, words, by=year.viewer_of(unit, at=at), at=at)


# What is missing.


def lacking(cast: Cast, breakdown: Breakdown, words: PlanWords) -> tuple[str, ...]:
    with pytest.raises(PlanLacks) as refused:
        send(cast, breakdown, words)
    assert refused.value.code == "plan-lacks"
    assert ActionPlan.objects.get(pk=refused.value.plan.pk).stage == PlanStage.DRAFT
    return refused.value.details


def test_a_plan_is_saved_and_sent_in_one_go(cast: Cast, assigned: Breakdown) -> None:
    sent = send(cast, assigned)
    submitted, saved = [content_of(entry) for entry in entries_about("plan", sent.pk)]
    assert [saved["action"], submitted["action"]] == ["plan-saved", "plan-submitted"]
    assert (saved["before"], submitted["before"]) == (None, saved["after"])
    assert submitted["after"] == saved["after"] | {"阶段": "待审"}
    sent.refresh_from_db()
    assert (sent.stage, sent.submitted_at, sent.version) == (PlanStage.SUBMITTED, PLANNED, 1)


def test_what_is_sent_too_early_stays_a_draft(cast: Cast, assigned: Breakdown) -> None:
    task, by = task_of(assigned, "三-1"), cast.viewer("liaison", PLANNED)
    points = ((date(2024, 12, 31), 1.0), (date(2024, 6, 30), 1.2 - 0.3), (date(2024, 3, 31), 0.95))
    words = replace(COUNT, curve="", points=points)
    with pytest.raises(PlanLacks) as lacks:
        send_plan(task.pk, words, by=by, at=PLANNED)
    assert lacks.value.details == ("自己填的序时进度不能往回降：后一点不低于前一点",)
    saved = ActionPlan.objects.get(task=task)
    assert (saved.pk, saved.stage, saved.version) == (lacks.value.plan.pk, PlanStage.DRAFT, 1)
    assert [content_of(entry)["action"] for entry in entries_about("plan", saved.pk)] == ["plan-saved"]


def test_all_that_is_missing_is_said_at_once(cast: Cast, assigned: Breakdown) -> None:
    lines = lacking(cast, assigned, PlanWords(PlanKind.CUMULATIVE))
    assert [line[:6] for line in lines] == ["“到12月3", "目标值还没有", "计量单位还没", "序时进度还没"]


def test_without_what_is_seen_at_the_year_s_end_nothing_goes_out(cast: Cast, assigned: Breakdown) -> None:
    assert lacking(cast, assigned, replace(COUNT, visible="  ")) == ("“到12月31日能看见什么”还没有写",)


def test_a_plan_by_steps_needs_steps_within_its_time(cast: Cast, assigned: Breakdown) -> None:
    bare = PlanWords(PlanKind.MILESTONES, visible="见效")
    assert lacking(cast, assigned, bare) == ("节点推进的方案至少要有一个节点",)
    late = replace(bare, steps=(("开工", date(2024, 12, 1)),), deadline=date(2024, 11, 30))
    (line,) = lacking(cast, assigned, late)
    assert "“开工”排在完成时限（2024-11-30）以后" in line


@pytest.mark.parametrize(
    ("points", "said"),
    [
        (((date(2024, 6, 30), 0.5), (date(2024, 12, 31), 0.9)), "最后一点应达 100%"),
        (((date(2024, 6, 30), 0.8), (date(2024, 9, 30), 0.6), (date(2024, 12, 31), 1.0)), "不能往回降"),
    ],
)
def test_own_points_reach_the_whole_and_do_not_fall(
    cast: Cast, assigned: Breakdown, points: tuple[tuple[date, float], ...], said: str
) -> None:
    (line,) = lacking(cast, assigned, replace(COUNT, curve="", points=points))
    assert said in line


def test_no_deadline_is_allowed_and_said(cast: Cast, assigned: Breakdown, clock: Clock) -> None:
    clock(PLANNED)
    plan = send(cast, assigned, replace(COUNT, deadline=None))
    assert "未定时限（不算按时）" in read(cast, "clerk", f"/tasks/{plan.task_id}/plan/")


# Who plans, and who rules.


def test_only_the_lead_plans(cast: Cast, assigned: Breakdown) -> None:
    task = task_of(assigned, "三-1")
    with pytest.raises(Refused) as refused:
        save_plan(task.pk, COUNT, by=viewer_in(cast, "区财政局", at=PLANNED), at=PLANNED)
    assert refused.value.code == "not-your-unit"
    assert refused.value.status == 403


def test_where_only_a_partner_leads_the_unit_that_files_plans(cast: Cast, assigned: Breakdown) -> None:
    task = task_of(assigned, "三-5")
    Responsibility.objects.at(None).filter(task=task, unit__name="区教育局").update(role="supporting")
    plan = save_plan(task.pk, STEPS, by=viewer_in(cast, "区教育局", at=PLANNED), at=PLANNED)
    assert plan.unit.name == "区教育局"


def test_either_of_two_leads_may_go_on(cast: Cast, assigned: Breakdown) -> None:
    task = task_of(assigned, "二-3")
    plan = save_plan(task.pk, STEPS, by=viewer_in(cast, "区发改局", at=PLANNED), at=PLANNED)
    other = viewer_in(cast, "区经信局", at=PLANNED)
    sent = send_plan(task.pk, replace(STEPS, actions="另一家补充"), by=other, at=PLANNED)
    assert (sent.pk, sent.stage) == (plan.pk, PlanStage.SUBMITTED)
    assert ActionPlan.objects.get(task=task).actions == "另一家补充"


def test_what_is_sent_waits_and_may_be_called_back(cast: Cast, assigned: Breakdown) -> None:
    by = cast.viewer("liaison", PLANNED)
    plan = send(cast, assigned)
    for again in (save, send):
        with pytest.raises(Refused) as refused:
            again(cast, assigned, replace(COUNT, target=16.0))
        assert refused.value.code == "plan-open"
    assert recall_plan(plan.pk, by=by, at=PLANNED).stage == PlanStage.DRAFT
    send(cast, assigned, replace(COUNT, target=16.0))
    approve_plan(plan.pk, by=cast.viewer("clerk", PLANNED), at=PLANNED)
    with pytest.raises(Refused):
        recall_plan(plan.pk, by=by, at=PLANNED)


def test_a_plan_goes_back_with_a_reason_and_comes_again(cast: Cast, assigned: Breakdown) -> None:
    clerk = cast.viewer("clerk", PLANNED)
    plan = send(cast, assigned)
    with pytest.raises(Refused) as refused:
        return_plan(plan.pk, " ", by=clerk, at=PLANNED)
    assert refused.value.code == "needs-reason"
    assert return_plan(plan.pk, "写明逐季开工数", by=clerk, at=PLANNED).stage == PlanStage.RETURNED
    again = send(cast, assigned, replace(COUNT, actions="逐季开工"))
    assert (again.pk, again.number, again.stage) == (plan.pk, 1, PlanStage.SUBMITTED)


def test_several_are_approved_in_one_act(cast: Cast, assigned: Breakdown, clock: Clock) -> None:
    clock(PLANNED)
    plans = [send(cast, assigned, row=row) for row in ("三-1", "三-3")]
    page = html(cast, "head", "/plans/")
    assert all(f'value="{plan.pk}"' in page for plan in plans)
    client = cast.client("head")
    assert client.post("/plans/approve/").status_code == 422
    answer = client.post("/plans/approve/", {"plan": [plan.pk for plan in plans]}, follow=True)
    assert "已同意2份方案" in plain(answer.content.decode())
    assert set(ActionPlan.objects.values_list("stage", flat=True)) == {PlanStage.APPROVED}
    (entry,) = Entry.objects.filter(action="plan-approved")
    assert len(content_of(entry)["after"]["changes"]) == 2


def test_one_that_waits_no_more_stops_the_whole_act(cast: Cast, assigned: Breakdown) -> None:
    head = cast.viewer("head", PLANNED)
    plans = [send(cast, assigned), save(cast, assigned, row="三-3")]
    with pytest.raises(Refused):
        approve_plans([plan.pk for plan in plans], by=head, at=PLANNED)
    assert not ActionPlan.objects.filter(since__isnull=False).exists()


# Changes.


def test_the_first_promise_stays_beside_the_change(year: Year, clock: Clock) -> None:
    first = year.plans[PlanKind.CUMULATIVE]
    words = replace(COUNT, target=16.0, visible="16个小区竣工", change_why="两个小区并入拆迁")
    changed = send_plan(first.task_id, words, by=year.viewer_of("区住建局", at=MAY), at=MAY)
    assert changed.number == 2
    clerk = year.cast.viewer("clerk", MAY)
    first.refresh_from_db()
    assert (first.stage, first.until) == (PlanStage.APPROVED, None)  # until the office has ruled
    approve_plan(changed.pk, by=clerk, at=MAY)
    first.refresh_from_db()
    assert (first.target, first.stage, first.until) == (18.0, PlanStage.SUPERSEDED, MAY)
    clock(MAY)
    page = read(year.cast, "leader", f"/tasks/{first.task_id}/plan/")
    assert "变更过1次" in page
    assert page.index("全年累计18个") < page.index("改全年累计16个")
    assert "两个小区并入拆迁" in page
    panel = plan_panel(clerk, first.task_id, None)
    assert panel is not None
    assert [one.number for one in panel.plans.promised] == [1, 2]
    as_of = read(year.cast, "clerk", f"/tasks/{first.task_id}/plan/?as_of=2024-04-01")
    assert "全年累计18个" in as_of
    assert "全年累计16个" not in as_of


def test_a_change_without_reason_is_not_sent(year: Year) -> None:
    first, words = year.plans[PlanKind.CUMULATIVE], replace(COUNT, target=16.0)
    with pytest.raises(PlanLacks) as refused:
        send_plan(first.task_id, words, by=year.viewer_of("区住建局", at=MAY), at=MAY)
    assert refused.value.details == ("变更理由还没有写",)


@pytest.mark.parametrize(
    ("at", "is_late"),
    [
        (moment(4, 29), False),
        (moment(4, 30, 23, 59), False),  # on its day a step may still be moved
        (moment(5, 1, 0, 0), True),
    ],
)
def test_a_step_is_moved_before_its_day_is_over(year: Year, at: datetime, is_late: bool) -> None:
    moved = (("方案出台", date(2024, 6, 30)), ("航线开通", date(2024, 11, 30)))
    words = replace(STEPS, steps=moved, change_why="等上级文件")
    if not is_late:
        assert change(year, words, "区经信局", "二-3", at).number == 2
        return
    with pytest.raises(Refused) as refused:
        change(year, words, "区经信局", "二-3", at)
    assert refused.value.code == "change-late"
    assert "“方案出台”应于2024-04-30" in refused.value.sentence


def test_a_step_that_is_due_cannot_be_dropped_either(year: Year) -> None:
    words = replace(STEPS, steps=(("航线开通", date(2024, 11, 30)),), change_why="不做了")
    with pytest.raises(Refused) as refused:
        change(year, words, "区经信局", "二-3")
    assert refused.value.code == "change-late"
    later = replace(STEPS, steps=(STEPS.steps[0], ("航线开通", date(2024, 10, 31))), change_why="提前")
    assert change(year, later, "区经信局", "二-3").number == 2


def test_after_the_deadline_nothing_that_is_owed_moves(year: Year) -> None:
    new_year = datetime(2025, 1, 1, 9, 0, tzinfo=BEIJING)
    for words in (replace(COUNT, target=16.0), replace(COUNT, deadline=date(2025, 3, 31))):
        with pytest.raises(Refused) as refused:
            change(year, replace(words, change_why="来不及"), "区住建局", "三-1", new_year)
        assert refused.value.code == "change-late"
    same = replace(COUNT, actions="补记措施", change_why="补记")
    assert change(year, same, "区住建局", "三-1", moment(12, 31, 23, 59)).number == 2


def test_a_change_one_thinks_better_of_is_withdrawn_and_stays_on_record(year: Year, clock: Clock) -> None:
    words = replace(COUNT, target=16.0, change_why="再看")
    changed = change(year, words, "区住建局", "三-1")
    clock(MAY)
    client = year.cast.client("liaison")
    assert "仍留在历史里" in client.get(f"/plans/{changed.pk}/withdraw/").content.decode()
    left = client.post(f"/plans/{changed.pk}/withdraw/")["Location"]
    assert "已撤回这一稿，原来的方案不变。" in client.get(left).content.decode()
    changed.refresh_from_db()
    assert changed.stage == PlanStage.WITHDRAWN
    assert change(year, words, "区住建局", "三-1").number == 3
    in_force = ActionPlan.objects.get(task=changed.task_id, stage=PlanStage.APPROVED)
    assert (in_force.number, in_force.until) == (1, None)
    with pytest.raises(Refused):
        withdraw_plan(in_force.pk, by=year.viewer_of("区住建局", at=MAY), at=MAY)


def test_who_saves_over_a_newer_version_gets_both(cast: Cast, assigned: Breakdown) -> None:
    plan = save(cast, assigned)
    task, by = plan.task_id, cast.viewer("unit_head", PLANNED)
    save_plan(task, replace(COUNT, actions="局长改的"), by=by, at=PLANNED, version=1)
    mine = replace(COUNT, actions="联络员改的")
    with pytest.raises(PlanConflict) as met:
        save_plan(task, mine, by=cast.viewer("liaison", PLANNED), at=PLANNED, version=1)
    assert met.value.plan.actions == "局长改的"
    assert met.value.words.actions == "联络员改的"
    assert "尤局长" in met.value.sentence
    with pytest.raises(PlanConflict):
        save_plan(task, mine, by=by, at=PLANNED, version=0)  # both began with an empty form


# The pages.


def address(breakdown: Breakdown, row: str = "三-1") -> str:
    return f"/tasks/{task_of(breakdown, row).pk}/plan/"


class Reader(HTMLParser):
    """What the form of a plan would send as it stands, into `found`."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        is_chosen = said.get("type") != "radio" or "checked" in said
        if tag == "textarea":
            self.area = said["name"]
            self.found[self.area] = ""
        elif tag == "input" and is_chosen:
            self.found[said["name"]] = said.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.found[self.area] += data.lstrip("\n")


def fields(page: str) -> dict[str, str]:
    """The fields of the form of a plan with what they hold."""
    reader = Reader()
    reader.feed(page[page.index("<main") : page.index("</main")])
    return reader.found


def test_a_liaison_confirms_what_is_filled_in(cast: Cast, assigned: Breakdown, clock: Clock) -> None:
    clock(PLANNED)
    page = html(cast, "liaison", address(assigned))
    assert "按<b>累计数量</b>判" in page
    said = fields(page)
    assert (said["target"], said["unit_of_measure"], said["curve"]) == ("18", "个", "quarters-back")
    answer = cast.client("liaison").post(address(assigned), {**said, "submit": "1"})
    assert answer.status_code == 422
    assert "能看见什么”还没有写" in answer.content.decode()
    said = fields(answer.content.decode())
    assert said["version"] == "1"
    sent = {**said, "visible": "18个小区全部竣工", "members": "程一 总协调\n程二（工程）", "submit": "1"}
    answer = cast.client("liaison").post(address(assigned), sent, follow=True)
    assert "已报送，等督查室审核" in plain(answer.content.decode())
    plan = ActionPlan.objects.get()
    assert plan.measure is not None
    assert plan.measure.value == 18
    assert [(one.name, one.duty) for one in plan.members.all()] == [("程一", "总协调"), ("程二", "工程")]
    assert "区住建局报送了重2024-006的推进方案，同意吗？" in read(cast, "clerk", address(assigned))


def test_every_curve_shows_what_it_asks_for(cast: Cast, assigned: Breakdown, clock: Clock) -> None:
    clock(PLANNED)
    page = read(cast, "liaison", address(assigned))
    assert all(preset.name in page for preset in curve_presets().values())
    assert "前缓后快10%1.8个40%7.2个70%12.6个70%12.6个70%12.6个100%18个" in page


def test_another_kind_keeps_what_was_written(cast: Cast, assigned: Breakdown, clock: Clock) -> None:
    clock(PLANNED)
    client = cast.client("liaison")
    said = fields(html(cast, "liaison", address(assigned))) | {"visible": "全部竣工"}
    page = client.post(address(assigned), {**said, "switch": "milestones"}).content.decode()
    other = fields(page)
    assert other["kind"] == "milestones"
    assert other["visible"] == "全部竣工"
    assert (other["step_name_0"], other["step_due_0"]) == ("立项", "2024-04-30")
    page = client.post(address(assigned), {**other, "template": "reform"}).content.decode()
    steps = fields(page)
    assert steps["step_name_0"] == "方案出台"
    assert steps["step_due_3"] == "2024-12-31"
    client.post(address(assigned), {**steps, "save": "1"})
    plan = ActionPlan.objects.get()
    assert (plan.kind, plan.target, plan.steps.count()) == (PlanKind.MILESTONES, None, 4)


def test_own_points_are_kept_and_more_rows_given(cast: Cast, assigned: Breakdown, clock: Clock) -> None:
    clock(PLANNED)
    client = cast.client("liaison")
    said = fields(html(cast, "liaison", address(assigned))) | {"curve": "own", "visible": "竣工"}
    rows = len([name for name in said if name.startswith("point_day")])
    more = fields(client.post(address(assigned), {**said, "more": "1"}).content.decode())
    assert len([name for name in more if name.startswith("point_day")]) == rows + 3
    assert more["visible"] == "竣工"
    half = {**more, "point_day_0": "2024-06-30", "save": "1"}
    assert "日期和百分比要一起填" in client.post(address(assigned), half).content.decode()
    whole = {**half, "point_share_0": "30", "point_day_1": "2024-12-31", "point_share_1": "100"}
    assert client.post(address(assigned), whole).status_code == 302
    plan = ActionPlan.objects.get()
    points = [(one.day, one.share) for one in plan.points.all()]
    assert points == [(date(2024, 6, 30), 0.3), (date(2024, 12, 31), 1.0)]
    assert plan.curve == ""


def test_two_people_meet_on_the_page(cast: Cast, assigned: Breakdown, clock: Clock) -> None:
    clock(PLANNED)
    said = fields(html(cast, "liaison", address(assigned)))
    other = {**said, "actions": "局长的措施", "save": "1"}
    assert cast.client("unit_head").post(address(assigned), other).status_code == 302
    mine = {**said, "actions": "联络员的措施", "save": "1"}
    answer = cast.client("liaison").post(address(assigned), mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "尤局长保存过" in page
    assert "局长的措施" in page
    assert fields(page)["actions"] == "联络员的措施"
    assert fields(page)["version"] == "1"
    assert ActionPlan.objects.get().actions == "局长的措施"
    merged = fields(page) | {"actions": "两份合起来", "save": "1"}
    assert cast.client("liaison").post(address(assigned), merged).status_code == 302
    assert ActionPlan.objects.get().actions == "两份合起来"


def test_a_sent_plan_refuses_a_colleague_s_late_save_and_keeps_the_text(
    cast: Cast, assigned: Breakdown, clock: Clock
) -> None:
    clock(PLANNED)
    said = fields(html(cast, "liaison", address(assigned)))
    cast.client("unit_head").post(address(assigned), {**said, "visible": "竣工", "submit": "1"})
    answer = cast.client("liaison").post(address(assigned), {**said, "actions": "迟到的措施", "save": "1"})
    assert answer.status_code == 409
    assert "迟到的措施" in answer.content.decode()


def test_the_year_by_role(year: Year, clock: Clock) -> None:
    clock(OPENED)
    office = read(year.cast, "clerk", "/plans/")
    assert "2024年有16项任务要有推进方案" in office
    assert "已同意5项" in office
    assert "还缺方案的单位" in office
    assert "区住建局3项" in office
    assert "应于2024年3月25日前报" in office
    clock(datetime(2024, 3, 26, 9, tzinfo=BEIJING))
    assert "应于2024年3月25日前报，已逾期" in read(year.cast, "clerk", "/plans/")
    clock(OPENED)
    unit = read(year.cast, "liaison", "/plans/")
    assert "区住建局2024年牵头4项：还没有方案3项，已同意1项" in unit
    assert "重2024-007" not in unit
    narrowed = read(year.cast, "liaison", "/plans/?state=approved")
    assert "重2024-006" in narrowed
    assert "民2024-001" not in narrowed
    assert year.cast.client("leader").get("/plans/").status_code == 403
    assert year.cast.client("deputy").get(address(year.ledger)).status_code == 403
    other = address(year.ledger, "三-2")
    assert year.cast.client("liaison").get(other).status_code == 404


def test_others_do_not_see_a_draft(cast: Cast, assigned: Breakdown, clock: Clock) -> None:
    clock(PLANNED)
    save(cast, assigned, replace(COUNT, visible="尚未定稿"))
    assert "尚未定稿" not in read(cast, "leader", address(assigned))
    assert "尚未定稿" in read(cast, "clerk", address(assigned))
    supporting = viewer_in(cast, "区财政局", at=PLANNED)
    panel = plan_panel(supporting, task_of(assigned, "三-1").pk, None)
    assert panel is not None
    assert panel.plans.in_hand is None


def test_the_office_returns_on_a_page_of_its_own(cast: Cast, assigned: Breakdown, clock: Clock) -> None:
    clock(PLANNED)
    plan = send(cast, assigned)
    back = f"/plans/{plan.pk}/return/"
    assert cast.client("clerk").post(back).status_code == 422
    cast.client("clerk").post(back, {"why": "缺逐季安排"})
    assert "退回修改：缺逐季安排" in read(cast, "liaison", address(assigned))
    assert cast.client("liaison").post(f"/plans/{plan.pk}/approve/").status_code == 403


def test_what_waits_is_counted(cast: Cast, assigned: Breakdown) -> None:
    liaison, clerk = cast.viewer("liaison", PLANNED), cast.viewer("clerk", PLANNED)
    save(cast, assigned)
    assert [one.count for one in needs_of(liaison, PLANNED)] == [0, 3]
    plan = send(cast, assigned)
    assert [one.count for one in needs_of(clerk, PLANNED) if one.count] == [1]
    return_plan(plan.pk, "补", by=clerk, at=PLANNED)
    assert [one.count for one in needs_of(liaison, PLANNED)] == [1, 3]


def test_a_plan_is_overdue_from_the_day_after_its_limit(cast: Cast, assigned: Breakdown) -> None:
    limit = min(one.due for one in plans_owed(cast.place.pk, PLANNED.date()))
    for days, due in ((0, None), (1, limit)):
        at = datetime.combine(limit, PLANNED.timetz()) + timedelta(days=days)
        (late,) = (one for one in needs_of(cast.viewer("clerk", at), at) if "逾期未报" in one.words)
        assert late.due == due


@pytest.mark.parametrize("role", ["clerk", "liaison"])
def test_questions_do_not_grow_with_plans(year: Year, clock: Clock, role: str) -> None:
    clock(OPENED)
    client = year.cast.client(role)
    client.get("/plans/")
    with CaptureQueriesContext(connection) as few:
        client.get("/plans/")
    for at, task in enumerate(Task.objects.filter(breakdown=year.ledger)):
        multiply(task, at)
    with CaptureQueriesContext(connection) as many:
        assert client.get("/plans/").status_code == 200
    assert len(many) == len(few)
    assert len(many) <= 14


def multiply(task: Task, at: int) -> None:
    """The same task once more, with its words, its units and its plans."""
    copy = Task.objects.create(
        place=task.place, breakdown=task.breakdown, year=task.year, kind=task.kind, number=f"复-{at}"
    )
    for model in (TaskState, Responsibility, ActionPlan):
        for row in model.objects.filter(task=task):
            row.pk, row.task = None, copy
            row.save(force_insert=True)
