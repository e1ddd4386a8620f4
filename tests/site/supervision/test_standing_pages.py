"""任务调整 through HTTP: an approved act takes a task out of the totals, and brings it back."""

import io
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import docx
import pytest
from django.utils.timezone import localdate

from dukao.site.history.queries import verify_chain
from dukao.site.ledger.models import Task, TaskKind, TaskState
from dukao.site.supervision.closing.queries import close_panel
from dukao.site.supervision.filing.rounds import open_rounds
from dukao.site.supervision.models import Filing, Standing
from dukao.site.supervision.planning.queries import read_year
from dukao.site.supervision.seeing.judging import judge_tasks
from tests.site.supervision.conftest import Year
from tests.site.supervision.test_closing import DONE, applied, done

__all__ = ["done"]
Clock = Callable[[datetime], None]


@pytest.fixture(autouse=True)
def _now(clock: Clock) -> None:
    clock(DONE)


def act(**said: Any) -> dict[str, Any]:
    facts = {
        "kind": "suspended",
        "act": "望政纪〔2024〕12号",
        "dated": "2024-11-08",
        "why": "用地指标未批复。",
    }
    return {**facts, **said}


def draft(year: Year, task: Task, **said: Any) -> Standing:
    answer = year.cast.client("clerk").post(f"/standings/new/?task={task.pk}", act(**said))
    assert answer.status_code == 302, answer.content.decode()
    return Standing.objects.get(task=task, stage="draft")


def signed(year: Year, task: Task, **said: Any) -> Standing:
    one = draft(year, task, **said)
    assert year.cast.client("head").post(f"/standings/{one.pk}/sign/").status_code == 302
    one.refresh_from_db()
    return one


def light_of(year: Year, task: Task, at: datetime = DONE) -> tuple[str, str]:
    judged = judge_tasks([task.pk], localdate(at), 2024)[task.pk]
    return judged.light.value, judged.reason


def test_a_suspended_task_leaves_the_totals_and_says_so(year: Year, clock: Clock) -> None:
    task, clerk = year.task("三-1"), year.cast.viewer("clerk")
    planned = len(read_year(clerk, 2024, own=False).tasks)
    one = draft(year, task)
    assert light_of(year, task)[0] != "none"  # a draft changes nothing
    assert "等签发" in year.cast.client("clerk").get(f"/standings/{one.pk}/").content.decode()
    assert year.cast.client("clerk").post(f"/standings/{one.pk}/sign/").status_code == 403
    assert year.cast.client("head").post(f"/standings/{one.pk}/sign/").status_code == 302
    light, reason = light_of(year, task)
    assert light == "none"
    assert "暂缓（望政纪〔2024〕12号）" in reason
    assert len(read_year(clerk, 2024, own=False).tasks) == planned - 1
    panel = close_panel(clerk, task.pk, None, DONE + timedelta(hours=1))
    assert panel.standing is not None
    assert panel.standing.why == "用地指标未批复。"
    page = year.cast.client("leader").get("/standings/").content.decode()
    assert "1 项</a>任务经批准不计入总数" in page
    open_rounds(year.cast.place.pk, at=DONE + timedelta(days=12))
    assert not Filing.objects.filter(task=task, round__opened_at__gt=DONE).exists()
    assert verify_chain().holds


def test_a_merged_task_leaves_the_totals_and_says_into_which(year: Year) -> None:
    task, into = year.task("三-1"), year.task("三-2")
    address = f"/standings/new/?task={task.pk}"
    clerk = year.cast.client("clerk")
    none = clerk.post(address, act(kind="merged")).content.decode()
    assert "要写明进入哪些任务" in none
    wrong = clerk.post(address, act(kind="merged", into="重2024-999")).content.decode()
    assert "没有另一项编号为“重2024-999”的任务" in wrong
    one = signed(year, task, kind="merged", into=into.number)
    assert list(one.into.all()) == [into]
    assert light_of(year, task)[0] == "none"
    assert light_of(year, into)[0] != "none"
    assert str(into.number) in clerk.get(f"/standings/{one.pk}/").content.decode()


def test_a_split_goes_into_two_or_more(year: Year) -> None:
    task, numbers = year.task("三-1"), [year.task(row).number for row in ("三-2", "三-3")]
    address = f"/standings/new/?task={task.pk}"
    one = year.cast.client("clerk").post(address, act(kind="split", into=numbers[0])).content.decode()
    assert "拆分要写明两项以上任务" in one
    assert signed(year, task, kind="split", into="、".join(str(n) for n in numbers)).into.count() == 2


def test_a_livelihood_item_leaves_only_by_the_standing_committees_decision(year: Year) -> None:
    said = TaskState.objects.at(None).filter(
        task__breakdown=year.ledger, task__kind=TaskKind.LIVELIHOOD, status="issued"
    )[0]
    address, clerk = f"/standings/new/?task={said.task_id}", year.cast.client("clerk")
    assert "由人民代表大会票决" in clerk.get(address).content.decode()
    refused = clerk.post(address, act())
    assert refused.status_code == 422
    assert "要有人大常委会决定文号" in refused.content.decode()
    assert not Standing.objects.exists()
    signed(year, said.task, congress_decision="望人常〔2024〕7号")
    assert "望人常〔2024〕7号" in clerk.get("/standings/").content.decode()


def test_it_comes_back_by_another_act_and_both_stay_on_record(year: Year, clock: Clock) -> None:
    task = year.task("三-1")
    one = signed(year, task)
    later = DONE + timedelta(days=10)
    clock(later)
    refused = year.cast.client("clerk").post(f"/standings/new/?task={task.pk}", act(kind="dropped"))
    assert refused.status_code == 422  # what is out can only come back
    signed(year, task, kind="resumed", act="望政纪〔2024〕14号", dated="2024-11-20", why="指标已批复。")
    one.refresh_from_db()
    assert one.until == later
    assert light_of(year, task, later)[0] != "none"
    assert light_of(year, task, later - timedelta(days=1))[0] == "none"
    page = year.cast.client("clerk").get("/standings/").content.decode()
    assert "所有任务都在总数里" in page
    assert "望政纪〔2024〕12号" in page


def test_an_act_to_come_or_without_a_number_is_refused_on_the_form(year: Year) -> None:
    address = f"/standings/new/?task={year.task('三-1').pk}"
    clerk = year.cast.client("clerk")
    assert clerk.post(address, act(act="")).status_code == 422
    assert "还没有到" in clerk.post(address, act(dated="2024-12-01")).content.decode()
    assert year.cast.client("liaison").post(address, act()).status_code == 403


def test_a_draft_is_sent_back_or_taken_back_with_a_reason(year: Year) -> None:
    task, head, clerk = year.task("三-1"), year.cast.client("head"), year.cast.client("clerk")
    one = draft(year, task)
    assert head.post(f"/standings/{one.pk}/return/", {"words": ""}).status_code == 422
    assert head.post(f"/standings/{one.pk}/return/", {"words": "缺会议纪要"}).status_code == 302
    assert "缺会议纪要" in clerk.get(f"/standings/{one.pk}/").content.decode()
    assert head.post(f"/standings/{one.pk}/sign/").status_code == 409
    other = draft(year, task)
    assert clerk.post(f"/standings/{other.pk}/withdraw/", {"words": "重复"}).status_code == 302
    assert light_of(year, task)[0] != "none"


def test_what_is_being_closed_is_not_taken_out_beside_that(year: Year, done: Task) -> None:
    applied(year, done)
    answer = year.cast.client("clerk").post(f"/standings/new/?task={done.pk}", act())
    assert answer.status_code == 409
    assert "待核验，不能暂缓" in answer.content.decode()


def test_what_is_out_is_not_applied_for(year: Year, done: Task) -> None:
    signed(year, done)
    answer = year.cast.client("unit_head").get(f"/closings/apply/{done.pk}/")
    assert answer.status_code == 409
    assert "请先恢复，再办理" in answer.content.decode()


def test_the_paper_of_an_act_says_on_what_it_rests_and_what_it_does(year: Year) -> None:
    one = draft(year, year.task("三-1"))
    address = f"/standings/{one.pk}/paper/?format=docx"
    assert "（办理中）" in words_of(year, address)
    year.cast.client("head").post(f"/standings/{one.pk}/sign/")
    words = words_of(year, address)
    for said in (
        "重点工作任务调整审批单",
        "暂缓",
        "望政纪〔2024〕12号",
        "2024年11月8日",
        "不计入任务总数",
        "贺主任",
    ):
        assert said in words


def words_of(year: Year, address: str) -> str:
    answer = year.cast.client("clerk").get(address)
    assert answer.status_code == 200
    paper = docx.Document(io.BytesIO(answer.content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in paper.paragraphs), *cells])


def test_a_task_is_found_by_its_number(year: Year) -> None:
    clerk, number = year.cast.client("clerk"), year.task("三-1").number
    assert "要调整哪一项任务" in clerk.get("/standings/new/").content.decode()
    assert f"把 {number} 调出总数" in clerk.get(f"/standings/new/?number={number}").content.decode()
    assert "没有编号为“重0”的任务" in clerk.get("/standings/new/?number=重0").content.decode()
