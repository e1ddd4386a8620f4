"""交办 and 签收: who is asked, how they answer, what silence means, and how an objection ends."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from dukao.progress import workdays
from dukao.progress.workdays import CalendarUnknown
from dukao.site.history.models import Entry
from dukao.site.history.queries import content_of
from dukao.site.history.telling import tell
from dukao.site.ledger.models import Breakdown, Responsibility, Supplement, Task, TaskState
from dukao.site.people.models import PARTNERS, Unit
from dukao.site.refusals import Refused
from dukao.site.supervision.assigning import actions
from dukao.site.supervision.assigning.actions import (
    assign_tasks,
    confirm_assignments,
    note_silence,
    object_to_assignment,
    objection_due,
    rule_objection,
    take_back_answer,
)
from dukao.site.supervision.assigning.queries import needs_of
from dukao.site.supervision.models import Answer, Assignment, Objection
from tests.site.conftest import BEIJING, Cast
from tests.site.ledger.pages import html, plain, read
from tests.site.supervision.conftest import ASSIGNED, task_of, viewer_in

DUE = date(2024, 3, 14)
LAST_MINUTE = datetime(2024, 3, 14, 23, 59, tzinfo=BEIJING)
TOO_LATE = datetime(2024, 3, 15, 0, 0, tzinfo=BEIJING)
NOON = datetime(2024, 3, 12, 12, 0, tzinfo=BEIJING)
Clock = Callable[[datetime], None]


def own(cast: Cast, breakdown: Breakdown, row: str = "三-1") -> Assignment:
    """The assignment of the cast's unit for a row."""
    found: Assignment = Assignment.objects.get(task=task_of(breakdown, row), unit=cast.lead)
    return found


def object_to(cast: Cast, assignment: Assignment, at: datetime = NOON) -> Assignment:
    by = cast.viewer("liaison", at)
    return object_to_assignment(assignment.pk, Objection.OTHER_LEAD, "应由区综合执法局牵头", by=by, at=at)


@pytest.mark.parametrize(
    ("sent", "due"),
    [
        (date(2024, 3, 11), date(2024, 3, 14)),  # an ordinary week
        (date(2024, 4, 2), date(2024, 4, 8)),  # 清明: the 4th to 6th are free, Sunday the 7th is worked
        (date(2024, 4, 30), date(2024, 5, 8)),  # 五一: the 1st to 5th are free
        (date(2024, 4, 26), date(2024, 4, 30)),  # before it, Sunday the 28th is worked
        (date(2024, 2, 29), date(2024, 3, 5)),  # from the leap day on
    ],
)
def test_three_working_days_follow_the_chinese_calendar(cast: Cast, sent: date, due: date) -> None:
    assert objection_due(cast.place.pk, sent) == due


def test_co_leads_get_one_each_and_partners_and_groups_none(cast: Cast, assigned: Breakdown) -> None:
    rows = Assignment.objects.filter(task__breakdown=assigned)
    names = {one.unit.name for one in rows.filter(task=task_of(assigned, "二-3")).select_related("unit")}
    assert names == {"区发改局", "区经信局"}
    assert not rows.filter(unit__kind__in=PARTNERS).exists()
    assert not rows.filter(task=task_of(assigned, "五-1")).exists()
    assert set(rows.values_list("due", flat=True)) == {DUE}


def test_where_only_a_partner_leads_the_unit_that_files_is_asked(cast: Cast, ledger: Breakdown) -> None:
    task = task_of(ledger, "三-5")
    Responsibility.objects.at(None).filter(task=task, unit__name="区教育局").update(role="supporting")
    assert Responsibility.objects.at(None).get(task=task, role="lead").unit.kind in PARTNERS
    assign_tasks(ledger.pk, by=cast.viewer("clerk", ASSIGNED), at=ASSIGNED)
    assert [one.unit.name for one in Assignment.objects.filter(task=task)] == ["区教育局"]


def test_sent_again_only_what_is_new_goes_out(cast: Cast, assigned: Breakdown) -> None:
    clerk = cast.viewer("clerk", ASSIGNED)
    assert assign_tasks(assigned.pk, by=clerk, at=ASSIGNED) == 0
    other = Unit.objects.get(place=cast.place, name="区财政局")
    task = task_of(assigned, "三-1")
    Responsibility.objects.filter(task=task, unit=other).update(role="lead")
    assert assign_tasks(assigned.pk, by=clerk, at=ASSIGNED + timedelta(days=1)) == 1
    assert Assignment.objects.get(task=task, unit=other).due == date(2024, 3, 15)


def test_only_the_clerk_sends(cast: Cast, ledger: Breakdown) -> None:
    with pytest.raises(Refused) as refused:
        assign_tasks(ledger.pk, by=cast.viewer("head", ASSIGNED), at=ASSIGNED)
    assert refused.value.status == 403


def test_an_objection_at_2359_of_the_last_day_counts(cast: Cast, assigned: Breakdown) -> None:
    done = object_to(cast, own(cast, assigned), LAST_MINUTE)
    assert done.answer == Answer.OBJECTED


def test_the_reason_of_an_objection_is_told_once(cast: Cast, assigned: Breakdown) -> None:
    """It is kept as a field of the entry too, which the line above it makes needless."""
    object_to(cast, own(cast, assigned))
    told = tell(Entry.objects.latest("sequence"))
    assert told.why == "应由区综合执法局牵头"
    assert told.why not in [change.after for change in told.changes]
    assert "异议" in [change.label for change in told.changes]


def test_an_objection_the_next_day_does_not(cast: Cast, assigned: Breakdown) -> None:
    with pytest.raises(Refused) as refused:
        object_to(cast, own(cast, assigned), TOO_LATE)
    assert refused.value.code == "objection-late"
    assert own(cast, assigned).answer == Answer.WAITING


def test_an_objection_without_words_is_refused(cast: Cast, assigned: Breakdown) -> None:
    by = cast.viewer("liaison", NOON)
    with pytest.raises(Refused) as refused:
        object_to_assignment(own(cast, assigned).pk, Objection.OTHER, "  ", by=by, at=NOON)
    assert refused.value.code == "needs-reason"


def test_silence_is_consent_after_the_limit_and_not_before(cast: Cast, assigned: Breakdown) -> None:
    assert confirm_assignments([own(cast, assigned).pk], by=cast.viewer("liaison", NOON), at=NOON) == 1
    assert note_silence(cast.place.pk, at=LAST_MINUTE) == 0
    total = Assignment.objects.count()
    assert note_silence(cast.place.pk, at=TOO_LATE) == total - 1
    assert note_silence(cast.place.pk, at=TOO_LATE + timedelta(days=9)) == 0
    assert own(cast, assigned).answer == Answer.CONFIRMED
    silent = own(cast, assigned, "三-3")
    assert silent.answer == Answer.SILENT
    assert silent.answered_by is None
    entry = Entry.objects.filter(action="silence-noted").get()
    assert entry.actor != cast.users["clerk"].username


def test_who_answered_cannot_answer_again_but_may_take_it_back_in_time(
    cast: Cast, assigned: Breakdown
) -> None:
    one, by = own(cast, assigned), cast.viewer("liaison", NOON)
    assert confirm_assignments([one.pk], by=by, at=NOON) == 1
    assert confirm_assignments([one.pk], by=by, at=NOON) == 0
    with pytest.raises(Refused) as refused:
        object_to(cast, one)
    assert refused.value.code == "assignment-answered"
    assert take_back_answer(one.pk, by=by, at=LAST_MINUTE).answer == Answer.WAITING
    confirm_assignments([one.pk], by=by, at=LAST_MINUTE)
    with pytest.raises(Refused):
        take_back_answer(one.pk, by=by, at=TOO_LATE)


def test_a_settled_objection_stays(cast: Cast, assigned: Breakdown) -> None:
    one = object_to(cast, own(cast, assigned))
    clerk = cast.viewer("clerk", NOON)
    rule_objection(one.pk, is_upheld=False, why="三定方案写明由住建局牵头", by=clerk, at=NOON)
    with pytest.raises(Refused) as refused:
        rule_objection(one.pk, is_upheld=True, why="改主意", by=clerk, at=NOON)
    assert refused.value.code == "no-objection"
    with pytest.raises(Refused):
        take_back_answer(one.pk, by=cast.viewer("liaison", NOON), at=NOON)


def test_another_unit_finds_nothing(cast: Cast, assigned: Breakdown) -> None:
    theirs = Assignment.objects.get(task=task_of(assigned, "三-2"))
    client = cast.client("liaison")
    for name in ("object", "take-back"):
        assert client.post(f"/assignments/{theirs.pk}/{name}/").status_code == 404
    stranger = viewer_in(cast, "区财政局", at=NOON)
    assert confirm_assignments([own(cast, assigned).pk], by=stranger, at=NOON) == 0


# The pages.


def test_the_clerk_sends_after_reading_what_it_means(cast: Cast, ledger: Breakdown, clock: Clock) -> None:
    clock(ASSIGNED)
    page = read(cast, "clerk", "/assignments/")
    assert "2024年的任务还没有交办：有17件等着发给" in page
    confirm = read(cast, "clerk", f"/assignments/send/{ledger.pk}/")
    assert "异议期限到2024年3月14日24时" in confirm
    assert "1项由各单位共同落实，不单独交办" in confirm
    assert "到期没有答复的，视为同意" in confirm
    assert "个单位还没有能登录的联络员或负责人" in confirm
    answer = cast.client("clerk").post(f"/assignments/send/{ledger.pk}/", follow=True)
    assert "已交办17件" in plain(answer.content.decode())
    assert Assignment.objects.count() == 17
    assert content_of(Entry.objects.filter(action="tasks-assigned").get())["after"]["件数"] == 17


def test_without_partners_the_sentence_on_common_tasks_ends(
    cast: Cast, ledger: Breakdown, clock: Clock
) -> None:
    clock(ASSIGNED)
    Unit.objects.filter(place=cast.place).update(kind="department")
    page = read(cast, "clerk", "/assignments/")
    assert "另有1项由各单位共同落实，不单独交办。" in page
    assert "商请函" not in page


def test_an_unknown_calendar_is_said_and_a_day_asked_for(
    cast: Cast, ledger: Breakdown, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(day: date, count: int) -> date:
        raise CalendarUnknown(2027)

    monkeypatch.setattr(actions, "add_workdays", unknown)
    clock(datetime(2026, 12, 31, 9, 0, tzinfo=BEIJING))
    page = f"/assignments/send/{ledger.pk}/"
    assert "2027年的节假日安排还没有收进日历" in read(cast, "clerk", page)
    client = cast.client("clerk")
    assert client.post(page).status_code == 422
    assert client.post(page, {"due": "2026-12-31"}).status_code == 422  # today is no limit
    assert Assignment.objects.count() == 0
    assert client.post(page, {"due": "2027-01-06"}).status_code == 302
    assert set(Assignment.objects.values_list("due", flat=True)) == {date(2027, 1, 6)}


def test_the_library_really_does_not_know_a_year_to_come() -> None:
    with pytest.raises(CalendarUnknown):
        workdays.add_workdays(date(2039, 12, 30), 3)


def test_a_unit_confirms_everything_in_one_click(cast: Cast, assigned: Breakdown, clock: Clock) -> None:
    clock(NOON)
    page = read(cast, "liaison", "/assignments/")
    assert "有4项任务等区住建局签收，有异议请在2024年3月14日以前提出（还有2个工作日）" in page
    assert "分解表标*" in page
    cast.client("liaison").post("/assignments/confirm/", {"all": "1"})
    mine = Assignment.objects.filter(unit=cast.lead)
    assert set(mine.values_list("answer", flat=True)) == {Answer.CONFIRMED}
    assert Entry.objects.filter(action="assignment-confirmed").count() == 1
    assert not Assignment.objects.exclude(unit=cast.lead).filter(answer=Answer.CONFIRMED).exists()
    assert "都已签收" in read(cast, "liaison", "/assignments/")


def test_on_the_last_day_the_page_says_so(cast: Cast, assigned: Breakdown, clock: Clock) -> None:
    clock(LAST_MINUTE)
    assert "今天是最后一天" in read(cast, "liaison", "/assignments/")
    clock(TOO_LATE)
    late = read(cast, "liaison", "/assignments/")
    assert "4项已过异议期限，没有答复，按规定视为同意" in late
    one = own(cast, assigned)
    answer = cast.client("liaison").post(
        f"/assignments/{one.pk}/object/", {"objection": "other", "reason": "迟了"}
    )
    assert answer.status_code == 409
    assert "已经过了" in answer.content.decode()


def test_an_upheld_objection_leads_to_the_supplement(cast: Cast, assigned: Breakdown, clock: Clock) -> None:
    clock(NOON)
    one = own(cast, assigned)
    address = f"/assignments/{one.pk}/object/"
    assert cast.client("liaison").post(address, {"objection": "other_lead"}).status_code == 422
    cast.client("liaison").post(address, {"objection": "other_lead", "reason": "应由区财政局牵头"})
    page = read(cast, "clerk", "/assignments/")
    assert "异议待处理1件" in page
    assert "应由区财政局牵头" in page
    settle = f"/assignments/{one.pk}/settle/"
    assert cast.client("clerk").post(settle, {"ruling": "upheld"}).status_code == 422
    answer = cast.client("clerk").post(settle, {"ruling": "upheld", "why": "职责已调整"})
    assert answer.status_code == 302
    assert answer["Location"] == f"/supplements/new/?task={one.task_id}"
    assert cast.client("clerk").get(answer["Location"]).status_code == 200
    assert not Supplement.objects.exists()
    assert "任务仍挂在原单位" in read(cast, "clerk", "/assignments/")
    Responsibility.objects.at(None).filter(task=one.task, unit=cast.lead).update(until=NOON)
    assert "任务仍挂在原单位" not in read(cast, "clerk", "/assignments/")


def test_an_objection_that_is_not_taken_says_why_to_the_unit(
    cast: Cast, assigned: Breakdown, clock: Clock
) -> None:
    clock(NOON)
    one = object_to(cast, own(cast, assigned))
    said = {"ruling": "refused", "why": "三定方案写明由你局牵头"}
    answer = cast.client("clerk").post(f"/assignments/{one.pk}/settle/", said)
    assert answer["Location"] == "/assignments/"
    page = read(cast, "liaison", "/assignments/")
    assert "异议未采纳" in page
    assert "三定方案写明由你局牵头" in page


def test_each_count_leads_to_its_rows(cast: Cast, assigned: Breakdown, clock: Clock) -> None:
    clock(NOON)
    object_to(cast, own(cast, assigned))
    page = html(cast, "head", "/assignments/")
    assert "standing=waiting" in page
    assert "处理</a>" not in page  # the head reads, the clerk settles
    rows = read(cast, "clerk", "/assignments/?standing=objected")
    assert "异议待处理，共1件" in rows
    assert "重2024-006" in rows
    assert "重2024-007" not in rows
    assert "没有这样的交办" in read(cast, "clerk", "/assignments/?standing=silent")


def test_what_waits_is_counted_with_its_limit(cast: Cast, assigned: Breakdown) -> None:
    (need,) = needs_of(cast.viewer("liaison", NOON), NOON)
    assert (need.count, need.due) == (4, DUE)
    objections, unsent = needs_of(cast.viewer("clerk", NOON), NOON)
    assert (objections.count, unsent.count) == (0, 0)
    object_to(cast, own(cast, assigned))
    Assignment.objects.filter(task=task_of(assigned, "二-2")).delete()
    objections, unsent = needs_of(cast.viewer("clerk", NOON), NOON)
    assert (objections.count, unsent.count) == (1, 1)
    with CaptureQueriesContext(connection) as queries:
        needs_of(cast.viewer("clerk", NOON), NOON)
    assert len(queries) <= 4  # two of them are the viewer's


@pytest.mark.parametrize("role", ["clerk", "liaison"])
def test_questions_do_not_grow_with_assignments(
    cast: Cast, assigned: Breakdown, clock: Clock, role: str
) -> None:
    clock(NOON)
    client = cast.client(role)
    client.get("/assignments/")
    with CaptureQueriesContext(connection) as few:
        client.get("/assignments/")
    for at, task in enumerate(Task.objects.filter(breakdown=assigned)):
        multiply(task, at)
    with CaptureQueriesContext(connection) as many:
        assert client.get("/assignments/").status_code == 200
    assert len(many) == len(few)
    assert len(many) <= 16


def multiply(task: Task, at: int) -> None:
    """The same task once more, with its words, its units and its assignments."""
    copy = Task.objects.create(
        place=task.place, breakdown=task.breakdown, year=task.year, kind=task.kind, number=f"复-{at}"
    )
    for model in (TaskState, Responsibility, Assignment):
        for row in model.objects.filter(task=task):
            row.pk, row.task = None, copy
            row.save(force_insert=True)


def test_the_day_of_sending_is_beijing_s(cast: Cast, ledger: Breakdown) -> None:
    late = datetime(2024, 3, 11, 23, 30, tzinfo=BEIJING)
    assign_tasks(ledger.pk, by=cast.viewer("clerk", late), at=late)
    assert localdate(late) == date(2024, 3, 11)
    assert set(Assignment.objects.values_list("due", flat=True)) == {DUE}
