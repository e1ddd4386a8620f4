"""办结 through HTTP: applied for, visited, verified by another, signed, shown, looked at, reopened."""

import io
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import localdate

from dukao.site.archive.models import Publicity
from dukao.site.history.queries import verify_chain
from dukao.site.ledger.models import Responsibility, Task
from dukao.site.ledger.models import Role as DutyRole
from dukao.site.ledger.setting import set_publicity
from dukao.site.people.models import Grant, Unit
from dukao.site.people.models import Role as PersonRole
from dukao.site.people.tokens import issue_token
from dukao.site.supervision.closing.checklists import checklist_for
from dukao.site.supervision.closing.queries import close_panel, needs_of, read_closings
from dukao.site.supervision.models import ActionPlan, Completion, EvidenceKind, Exhibit
from dukao.site.supervision.seeing.judging import judge_tasks
from tests.site.supervision.conftest import Year
from tests.site.supervision.test_closing import DONE, applied, closed, done, file_value

__all__ = ["done"]
Clock = Callable[[datetime], None]
PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 40


@pytest.fixture(autouse=True)
def _now(clock: Clock) -> None:
    clock(DONE)


def form_of(task: Task, **said: Any) -> dict[str, Any]:
    """The form of an application, every item met, every piece of evidence that was filed chosen."""
    items = checklist_for("cumulative").items
    filed = [one.pk for filing in task.filings.all() for one in filing.evidence.all()]
    return {
        "done_on": "2024-11-11",
        "value": "18",
        "true_on": "2024-11-10",
        "summary": "18个小区全部竣工验收。",
        "evidence": filed,
        **{f"met_{at}": "on" for at in range(len(items))},
        **said,
    }


def text_at(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_a_close_out_is_lived_through_on_its_pages(year: Year, done: Task, clock: Clock) -> None:
    unit, clerk, head = (year.cast.client(role) for role in ("unit_head", "clerk", "head"))
    assert "可以申请办结 <a" in text_at(unit, "/closings/")
    form = text_at(unit, f"/closings/apply/{done.pk}/")
    assert "可以申请办结：已报过的都填好了" in form
    assert 'value="18"' in form  # what was filed is not asked for again
    assert unit.post(f"/closings/apply/{done.pk}/", form_of(done)).status_code == 302
    one = Completion.objects.get()
    assert (one.value, one.unit_of_measure, one.true_on) == (18.0, "个", date(2024, 11, 10))
    page = f"/closings/{one.pk}/"
    assert "待核验 <a" in text_at(clerk, "/closings/")
    assert "承诺的做到了没有" in text_at(clerk, f"{page}verify/")
    items = list(checklist_for("cumulative").items)
    said = {"findings": "现场抽查6个小区，均已竣工。", "checked": items}
    assert clerk.post(f"{page}verify/", said).status_code == 302
    assert clerk.post(f"{page}sign/").status_code == 403
    assert "签发即办结" in text_at(head, f"{page}sign/")
    assert head.post(f"{page}sign/", {"look_back_on": "2025-02-09"}).status_code == 302
    assert "按时完成（时限12月31日）" in text_at(unit, page)
    assert "已办结 <a" in text_at(clerk, "/closings/")
    assert verify_chain().holds


def test_what_is_missing_is_said_before_anybody_writes(year: Year) -> None:
    file_value(year, 17, EvidenceKind.WORD)
    page = text_at(year.cast.client("unit_head"), f"/closings/apply/{year.task('三-1').pk}/")
    assert "还不能直接办结，缺 2 样" in page
    assert "目标18个，最近采用的数值是17个" in page
    assert "单位自己的说明不算" in page


def test_the_form_says_what_it_refuses_and_keeps_what_was_written(year: Year) -> None:
    file_value(year, 18, EvidenceKind.WORD)
    task, client = year.task("三-1"), year.cast.client("unit_head")
    answer = client.post(f"/closings/apply/{task.pk}/", form_of(task))
    assert answer.status_code == 422
    assert "办结不能只凭单位自己的说明" in answer.content.decode()
    assert "18个小区全部竣工验收。" in answer.content.decode()
    lacks = client.post(f"/closings/apply/{task.pk}/", form_of(task, met_1=""))
    assert "请勾选，或写明为什么没有做到" in lacks.content.decode()
    undated = client.post(f"/closings/apply/{task.pk}/", form_of(task, true_on=""))
    assert undated.status_code == 422


def test_a_figure_below_the_target_is_explained_whatever_was_accepted(year: Year, done: Task) -> None:
    client, address = year.cast.client("unit_head"), f"/closings/apply/{done.pk}/"
    assert "申请写的是16个" in client.post(address, form_of(done, value="16")).content.decode()
    answer = client.post(address, form_of(done, value="16", shortfall="2个小区列入征收。"))
    assert answer.status_code == 302
    assert Completion.objects.get().shortfall == "2个小区列入征收。"


def test_new_evidence_is_brought_with_the_application_and_opened_by_the_office(year: Year) -> None:
    file_value(year, 18)
    task, unit = year.task("三-1"), year.cast.client("unit_head")
    paper = SimpleUploadedFile("验收.png", PICTURE)
    brought = {"kind_0": "acceptance", "title_0": "竣工验收备案表", "file_0": paper}
    assert unit.post(f"/closings/apply/{task.pk}/", form_of(task, **brought)).status_code == 302
    exhibit = Exhibit.objects.get()
    answer = year.cast.client("clerk").get(f"/closings/exhibits/{exhibit.pk}/")
    assert answer.content == PICTURE
    assert answer["X-Content-Type-Options"] == "nosniff"
    year.cast.users["liaison"].unit = Unit.objects.get(name="区水利局")
    year.cast.users["liaison"].save()
    assert year.cast.client("liaison").get(f"/closings/exhibits/{exhibit.pk}/").status_code == 404


def test_evidence_that_stands_elsewhere_too_is_shown_as_such(year: Year, done: Task) -> None:
    one = applied(year, done)
    other = Completion.objects.create(
        task=year.task("三-2"),
        unit=year.unit("区水利局"),
        done_on=DONE.date(),
        summary="清淤",
        applied_by=year.cast.users["liaison"],
        applied_at=DONE,
    )
    for completion in (one, other):
        Exhibit.objects.create(
            completion=completion,
            kind=EvidenceKind.ACCEPTANCE,
            title="同一张验收单",
            fingerprint="same",
            added_by=year.cast.users["liaison"],
            added_at=DONE,
        )
    page = text_at(year.cast.client("clerk"), f"/closings/{one.pk}/")
    assert "另有使用" in page
    assert str(year.task("三-2").number) in page


def test_the_applicant_does_not_verify_on_the_page_either(year: Year, done: Task) -> None:
    one = applied(year, done)
    Grant.objects.create(user=year.cast.users["unit_head"], role=PersonRole.CLERK, since=DONE)
    both = year.cast.client("unit_head")
    assert "是您申请的" in text_at(both, f"/closings/{one.pk}/verify/")
    said = {"findings": "属实。", "checked": list(checklist_for("cumulative").items)}
    answer = both.post(f"/closings/{one.pk}/verify/", said)
    assert answer.status_code == 409
    one.refresh_from_db()
    assert one.stage == "applied"


def test_every_item_is_checked_before_it_is_verified(year: Year, done: Task) -> None:
    one, items = applied(year, done), list(checklist_for("cumulative").items)
    said = {"findings": "属实。", "checked": items[1:]}
    answer = year.cast.client("clerk").post(f"/closings/{one.pk}/verify/", said)
    assert answer.status_code == 422
    assert "清单还没有核对完" in answer.content.decode()


def test_it_is_sent_back_with_a_reason_and_a_limit_and_comes_again_with_its_words(
    year: Year, done: Task
) -> None:
    one, clerk = applied(year, done), year.cast.client("clerk")
    back = f"/closings/{one.pk}/return/"
    assert clerk.post(back, {"why": "", "due": "2024-11-20"}).status_code == 422
    past = clerk.post(back, {"why": "缺2个小区的验收", "due": "2024-11-01"})
    assert "已经过了" in past.content.decode()
    assert clerk.post(back, {"why": "缺2个小区的验收", "due": "2024-11-20"}).status_code == 302
    unit = year.cast.client("unit_head")
    page = text_at(unit, "/closings/")
    assert "缺2个小区的验收" in page
    assert "2024年11月20日前补" in page
    need = next(one for one in needs_of(year.cast.viewer("liaison", DONE), DONE) if "退回" in one.words)
    assert (need.count, need.due) == (1, date(2024, 11, 20))
    again = text_at(unit, f"/closings/apply/{done.pk}/")
    assert "18个小区全部竣工验收。" in again
    assert again.count("checked") >= 4
    assert unit.post(f"/closings/apply/{done.pk}/", form_of(done)).status_code == 302


def test_a_visit_is_asked_for_written_down_and_only_then_verified(year: Year, done: Task) -> None:
    one, clerk = applied(year, done), year.cast.client("clerk")
    page = f"/closings/{one.pk}/"
    assert clerk.post(f"{page}visit/", {"due": "2024-11-10"}).status_code == 422
    assert clerk.post(f"{page}visit/", {"due": "2024-11-15"}).status_code == 302
    assert "待现场核查 <a" in text_at(clerk, "/closings/")
    said = {"findings": "属实。", "checked": list(checklist_for("cumulative").items)}
    assert "还没有核查记录" in clerk.post(f"{page}verify/", said).content.decode()
    visit = {"on": "2024-11-11", "place": "东湖小区等6处", "who": "程经办", "findings": "雨污管网已接通。"}
    assert clerk.post(f"{page}visit/record/", {**visit, "on": "2024-11-30"}).status_code == 422
    assert clerk.post(f"{page}visit/record/", visit).status_code == 302  # no picture is asked for
    picture = SimpleUploadedFile("现场.png", PICTURE)
    assert clerk.post(f"{page}visit/record/", {**visit, "picture": picture}).status_code == 302
    assert clerk.post(f"{page}verify/", said).status_code == 302
    shown = text_at(year.cast.client("unit_head"), page)
    assert "雨污管网已接通。" in shown
    assert "现场.png" in shown


def test_a_visit_is_cancelled_with_a_reason(year: Year, done: Task) -> None:
    one, clerk = applied(year, done), year.cast.client("clerk")
    cancel = f"/closings/{one.pk}/visit/cancel/"
    assert clerk.post(cancel, {"words": "已有监理报告"}).status_code == 409
    clerk.post(f"/closings/{one.pk}/visit/", {"due": "2024-11-15"})
    assert clerk.post(cancel, {"words": ""}).status_code == 422
    assert clerk.post(cancel, {"words": "已有监理报告"}).status_code == 302
    one.refresh_from_db()
    assert one.visit_due is None


def verified(year: Year, task: Task) -> Completion:
    one = applied(year, task)
    said = {"findings": "属实。", "checked": list(checklist_for("cumulative").items)}
    assert year.cast.client("clerk").post(f"/closings/{one.pk}/verify/", said).status_code == 302
    return one


def test_a_verdict_is_taken_back_by_its_hand_on_its_day(year: Year, done: Task, clock: Clock) -> None:
    one = verified(year, done)
    recall = f"/closings/{one.pk}/recall/"
    assert year.cast.client("head").post(recall).status_code == 409
    assert year.cast.client("clerk").post(recall).status_code == 302
    one.refresh_from_db()
    assert (one.stage, one.verified_by) == ("applied", None)
    said = {"findings": "属实。", "checked": list(checklist_for("cumulative").items)}
    year.cast.client("clerk").post(f"/closings/{one.pk}/verify/", said)
    clock(DONE + timedelta(days=1))
    answer = year.cast.client("clerk").post(recall)
    assert "只有当天可以收回" in answer.content.decode()


def test_the_unit_takes_its_application_back(year: Year, done: Task) -> None:
    one, unit = applied(year, done), year.cast.client("unit_head")
    assert "核验以前" not in text_at(unit, f"/closings/{one.pk}/withdraw/")
    assert unit.post(f"/closings/{one.pk}/withdraw/").status_code == 302
    assert "18个小区全部竣工验收。" in text_at(unit, f"/closings/apply/{done.pk}/")


def test_closing_late_stays_done_late(year: Year, done: Task, clock: Clock) -> None:
    late = datetime(2025, 1, 6, 10, 0, tzinfo=DONE.tzinfo)
    clock(late)
    one = closed(year, done, late)
    page = text_at(year.cast.client("clerk"), "/closings/")
    assert "其中逾期办结 1 项" in page
    assert "逾期6天完成（时限12月31日）" in page
    assert "逾期6天完成" in text_at(year.cast.client("leader"), f"/closings/{one.pk}/")


def shown(year: Year, task: Task) -> Completion:
    """三-1 made public, verified and signed: shown until 18 November."""
    before = DONE - timedelta(days=60)
    set_publicity(task.pk, Publicity.PUBLIC, by=year.cast.viewer("clerk"), at=before)
    one = verified(year, task)
    answer = year.cast.client("head").post(
        f"/closings/{one.pk}/sign/", {"is_shown": "on", "look_back_on": "2025-02-16"}
    )
    assert answer.status_code == 302
    one.refresh_from_db()
    return one


def test_an_objection_holds_the_close_out_until_it_is_settled(year: Year, done: Task, clock: Clock) -> None:
    one, page = shown(year, done), f"/closings/{Completion.objects.get().pk}/"
    assert "公示中 <a" in text_at(year.cast.client("clerk"), "/closings/")
    clock(DONE + timedelta(days=2))
    clerk = year.cast.client("clerk")
    said = {"said_on": "2024-11-13", "who": "群众来电", "words": "2号楼漏水"}
    assert clerk.post(f"{page}object/", said).status_code == 302
    clock(DONE + timedelta(days=20))
    clerk = year.cast.client("clerk")
    assert "公示期间收到意见" in text_at(clerk, page)
    (held,) = read_closings(year.cast.viewer("clerk"), DONE + timedelta(days=20)).waiting
    assert (held.state, held.due) == ("disputed", date(2024, 11, 18))
    assert clerk.post(f"{page}look/", look()).status_code == 409
    objection = one.objections.get()
    assert clerk.post(f"/closings/objections/{objection.pk}/", {"words": ""}).status_code == 422
    ruled = {"words": "已修复，反映人认可"}
    assert clerk.post(f"/closings/objections/{objection.pk}/", ruled).status_code == 302
    one.refresh_from_db()
    assert one.closed_at == DONE + timedelta(days=20)
    assert clerk.post(f"/closings/objections/{objection.pk}/", ruled).status_code == 409
    late = clerk.post(f"{page}object/", said)
    assert "不在公示期内" in late.content.decode()


def test_what_nobody_objects_to_is_closed_when_the_days_are_over(
    year: Year, done: Task, clock: Clock
) -> None:
    one = shown(year, done)
    assert one.shown_until == date(2024, 11, 18)
    clock(DONE + timedelta(days=8))
    assert "2024年11月18日办结" in text_at(year.cast.client("clerk"), f"/closings/{one.pk}/")


def test_a_deputy_sees_on_a_public_task_that_it_is_shown_and_no_more(year: Year, done: Task) -> None:
    one = shown(year, done)
    panel = close_panel(year.cast.viewer("deputy", DONE), done.pk, None, DONE)
    assert [(stood.state, panel.sees_way) for stood in panel.stood] == [("shown", False)]
    page = text_at(year.cast.client("deputy"), f"/tasks/{done.pk}/?whole=1")
    assert "公示到" in page
    assert "看这一份" not in page
    assert year.cast.client("deputy").get(f"/closings/{one.pk}/").status_code == 403


def look(**said: Any) -> dict[str, Any]:
    facts = {"looked_on": "2025-02-10", "holds": "yes", "findings": "都在使用。", "again_on": ""}
    return {**facts, **said}


def test_it_is_looked_at_again_on_its_day(year: Year, done: Task, clock: Clock) -> None:
    one = closed(year, done)
    clock(DONE + timedelta(days=95))
    now = DONE + timedelta(days=95)
    clerk, page = year.cast.client("clerk"), f"/closings/{one.pk}/"
    assert "到期回看 <a" in text_at(clerk, "/closings/")
    assert any("到期回看" in need.words for need in needs_of(year.cast.viewer("clerk", now), now))
    assert clerk.post(f"{page}look/", look(holds="")).status_code == 422
    assert clerk.post(f"{page}look/", look(again_on="2025-05-10")).status_code == 302
    assert "到期回看 <a" not in text_at(clerk, "/closings/")
    clock(datetime(2025, 5, 12, 9, tzinfo=DONE.tzinfo))
    clerk = year.cast.client("clerk")
    assert "到期回看 <a" in text_at(clerk, "/closings/")
    assert clerk.post(f"{page}look/", look(looked_on="2025-05-12", holds="no")).status_code == 302
    assert "出现反弹" in text_at(year.cast.client("head"), page)


def test_it_is_reopened_with_a_reason_and_closed_again(year: Year, done: Task, clock: Clock) -> None:
    one, later = closed(year, done), DONE + timedelta(days=30)
    clock(later)
    head, page = year.cast.client("head"), f"/closings/{one.pk}/"
    assert year.cast.client("clerk").post(f"{page}reopen/", {"words": "反弹"}).status_code == 403
    assert head.post(f"{page}reopen/", {"words": ""}).status_code == 422
    assert head.post(f"{page}reopen/", {"words": "两个小区外墙脱落"}).status_code == 302
    assert "重新申请办结" in text_at(year.cast.client("unit_head"), page)
    judged = judge_tasks([done.pk], localdate(later), 2024)[done.pk]
    assert "核验办结" not in judged.reason
    again = closed(year, done, later)
    assert (one.pk != again.pk, again.number) == (True, 2)
    shown_now = text_at(year.cast.client("clerk"), f"/closings/{again.pk}/")
    assert "两个小区外墙脱落" in shown_now  # the close-out before stays beside it


def test_the_paper_says_what_was_promised_reached_and_by_whom(year: Year, done: Task) -> None:
    one = closed(year, done)
    answer = year.cast.client("clerk").get(f"/closings/{one.pk}/paper/?format=docx")
    paper = docx.Document(io.BytesIO(answer.content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    words = "\n".join([*(paragraph.text for paragraph in paper.paragraphs), *cells])
    for said in (
        "重点工作任务办结销号单",
        "督结〔2024〕1号",
        "改造老旧小区18个",
        "按时完成（时限12月31日）",
        "现场抽查6个小区，均已竣工。（程经办，2024年11月11日）",
        "贺主任，2024年11月11日",
        "验收文件",
    ):
        assert said in words
    page = text_at(year.cast.client("unit_head"), f"/closings/{one.pk}/paper/")
    assert "办结销号单" in page


def test_another_unit_finds_no_application_before_it_is_signed(year: Year, done: Task) -> None:
    one = applied(year, done)
    year.cast.users["liaison"].unit = Unit.objects.get(name="区水利局")
    year.cast.users["liaison"].save()
    for address in ("", "paper/"):
        assert year.cast.client("liaison").get(f"/closings/{one.pk}/{address}").status_code == 404


@pytest.mark.parametrize("is_signed", [False, True])
def test_the_api_gives_another_unit_no_application_before_it_is_signed(
    year: Year, done: Task, *, is_signed: bool
) -> None:
    one = closed(year, done) if is_signed else applied(year, done)
    other = Unit.objects.get(name="区水利局")
    Responsibility.objects.create(
        task=done,
        unit=other,
        role=DutyRole.SUPPORTING,
        basis="act",
        order=9,
        since=done.states.get(until=None).since,
    )
    year.cast.users["liaison"].unit = other
    year.cast.users["liaison"].save()
    _, secret = issue_token("测试", by=year.cast.viewer("liaison"), at=DONE)
    found = Client().get("/api/v1/close-outs?year=2024", headers={"Authorization": f"Bearer {secret}"})
    assert [said["id"] for said in found.json()["items"]] == ([one.pk] if is_signed else [])


def test_a_panel_tells_how_it_stood_on_a_day(year: Year, done: Task) -> None:
    closed(year, done)
    clerk, later = year.cast.viewer("clerk"), DONE + timedelta(days=3)
    before = close_panel(clerk, done.pk, DONE - timedelta(days=1), later)
    assert before.is_empty
    day = DONE + timedelta(days=2)
    ActionPlan.objects.filter(task=done).update(since=later)  # what is promised later is no limit of that day
    assert close_panel(clerk, done.pk, day, later).stood[0].timeliness != "按时完成（时限12月31日）"
    now = close_panel(clerk, done.pk, None, later)
    assert [(one.state, one.timeliness) for one in now.stood] == [("closed", "按时完成（时限12月31日）")]
    head = close_panel(year.cast.viewer("unit_head"), done.pk, None, later)
    assert not head.may_apply


def test_lists_ask_as_many_questions_for_many_as_for_one(
    year: Year, done: Task, django_assert_max_num_queries: Any
) -> None:
    closed(year, done)
    assert year.cast.lead is not None
    for at in range(5):
        Completion.objects.create(
            task=done,
            unit=year.unit("区住建局"),
            stage="returned",
            done_on=DONE.date(),
            summary=str(at),
            returned_at=DONE,
            applied_by=year.cast.users["unit_head"],
            applied_at=DONE,
        )
    clerk, unit = year.cast.client("clerk"), year.cast.client("unit_head")
    with django_assert_max_num_queries(14):
        assert clerk.get("/closings/").status_code == 200
    with django_assert_max_num_queries(26):
        assert unit.get("/closings/").status_code == 200
