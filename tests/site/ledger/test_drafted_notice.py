"""The notice of a drafted breakdown: what an office would send out as it is printed."""

import html
import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import now
from docx import Document as WordDocument
from xlsxwriter import Workbook  # type: ignore[import-untyped]

from dukao.presets.loading import usual_reasons
from dukao.site.history.models import Entry
from dukao.site.history.queries import content_of
from dukao.site.ledger.models import (
    Breakdown,
    Consultation,
    Placement,
    Question,
    QuestionKind,
    Stage,
    Status,
    TaskState,
)
from dukao.site.ledger.queries.deeds import _findings
from dukao.site.ledger.queries.papers import annexes_of, meeting_facts
from dukao.site.ledger.review.settling import accept_proposals
from dukao.site.ledger.steps.approving import record_approval
from dukao.site.ledger.steps.issuing import IssueForm, issue_breakdown
from dukao.site.people.addressing import everybody_of
from dukao.site.people.models import Place, Post, Unit
from tests.site.conftest import Cast
from tests.site.documents import REPORT

_PAST = (
    ("地区生产总值增长5%以上。", "白露", "区发改局", ""),
    ("新增规上工业企业18家以上。", "白露", "区经信局", ""),
    ("改造老旧小区15个。", "葛洪", "区住建局", "10月底前"),
    ("打通断头河2条。", "葛洪", "区住建局", ""),
    ("建成滨海绿道10公里。", "葛洪", "区住建局", ""),
)


def draft_with_leaders(client: Client, others: str = "责任单位") -> Breakdown:
    """A draft from the report and last year's table, whose rows name their leaders in a column."""
    made = BytesIO()
    with Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["序号", "重点工作", "牵头领导", "牵头单位", others, "完成时限"])
        for at, (words, leader, unit, limit) in enumerate(_PAST, 1):
            sheet.write_row(at, 0, [str(at), words, leader, unit, "区财政局", limit])
    files = {
        "report_file": SimpleUploadedFile("报告.md", REPORT.encode()),
        "past_files": [SimpleUploadedFile("去年分解.xlsx", made.getvalue())],
    }
    answer = client.post("/breakdowns/draft/", files)
    assert answer.status_code == 302, answer.content.decode()
    return Breakdown.objects.exclude(stage=Stage.WITHDRAWN).latest("id")


@pytest.fixture
def drafted(cast: Cast) -> Breakdown:
    """A draft whose rows have leaders of their own."""
    return draft_with_leaders(cast.client("clerk"))


def state_of(draft: Breakdown, words: str) -> TaskState:
    """The row that says these words."""
    return TaskState.objects.at(None).get(task__breakdown=draft, text__contains=words)  # type: ignore[no-any-return]


def withdraw(client: Client, draft: Breakdown, words: str) -> None:
    """Take a row out of the draft."""
    task = state_of(draft, words).task_id
    assert client.post(f"/tasks/{task}/withdraw/", {"why": "不列为任务"}).status_code == 302


def issue(cast: Cast, draft: Breakdown) -> Breakdown:
    """Settle, approve and issue, without a press for each."""
    accept_proposals(draft.pk, by=cast.viewer("clerk", now()), at=now())
    record_approval(draft.pk, "第9次常务会议", date(2024, 3, 1), by=cast.viewer("clerk", now()), at=now())
    form = IssueForm("望政办〔2024〕7号", date(2024, 3, 1))
    return issue_breakdown(draft.pk, form, by=cast.viewer("head", now()), at=now())


def numbers(draft: Breakdown) -> list[list[str]]:
    """The numbers each head of the first annex prints."""
    annexes = annexes_of(draft, draft.issued_at, now())
    return [[row.number for row in head.rows] for head in annexes.heads]


def test_the_printed_table_names_the_leader_of_each_row(cast: Cast, drafted: Breakdown) -> None:
    page = cast.client("clerk").get(f"/breakdowns/{drafted.pk}/draft/").content.decode()
    assert "牵头领导</th>" in page
    assert re.search(r"改造老旧小区18个。</td><td[^>]*>葛洪</td>", page)
    word = WordDocument(BytesIO(_docx(cast, drafted)))
    heads = [cell.text for cell in word.tables[0].rows[0].cells]
    assert "牵头领导" in heads
    row = next(row for table in word.tables for row in table.rows if "老旧小区" in row.cells[1].text)
    assert row.cells[heads.index("牵头领导")].text == "葛洪"


def _docx(cast: Cast, draft: Breakdown) -> bytes:
    answer = cast.client("clerk").get(f"/breakdowns/{draft.pk}/draft/?format=docx")
    return b"".join(answer) if answer.streaming else answer.content


def test_rows_are_numbered_without_a_gap_after_one_was_withdrawn(cast: Cast, drafted: Breakdown) -> None:
    withdraw(cast.client("clerk"), drafted, "新增规上工业企业")
    for printed in numbers(drafted):
        assert printed == [str(at) for at in range(1, len(printed) + 1)]


def test_the_ledger_calls_a_row_by_the_number_the_notice_prints(cast: Cast, drafted: Breakdown) -> None:
    withdraw(cast.client("clerk"), drafted, "新增规上工业企业")
    issued = issue(cast, drafted)
    annexes = annexes_of(issued, issued.issued_at, now())
    printed = {row.text: row.sign for head in annexes.heads for row in head.rows}
    states = TaskState.objects.at(None).filter(task__breakdown=issued, status=Status.ISSUED)
    for state in states:
        seat = Placement.objects.at(None).get(task=state.task)
        assert seat.row == printed[state.text]
    for head in annexes.heads:
        assert [row.number for row in head.rows] == [str(at) for at in range(1, len(head.rows) + 1)]
        assert all(row.sign.endswith(f"-{row.number}") for row in head.rows)


def test_what_was_asked_about_a_row_is_still_found_under_its_last_number(
    cast: Cast, drafted: Breakdown
) -> None:
    withdraw(cast.client("clerk"), drafted, "新增规上工业企业")
    asked = {
        state.task_id: Placement.objects.at(None).get(task=state.task).row
        for state in TaskState.objects.at(None).filter(task__breakdown=drafted, status=Status.DRAFT)
    }
    about = {row: one for one in drafted.questions.all() for row in one.rows}
    issue(cast, drafted)
    for task_id, row in asked.items():
        if row in about:
            question = drafted.questions.get(pk=about[row].pk)
            assert question.rows == [Placement.objects.at(None).get(task=task_id).row]


def test_what_was_answered_names_rows_by_their_last_numbers(cast: Cast, drafted: Breakdown) -> None:
    client = cast.client("clerk")
    withdraw(client, drafted, "新增规上工业企业")
    gone = Placement.objects.at(None).get(task=state_of(drafted, "新增规上工业企业").task).row
    head, _, at = gone.rpartition("-")
    moved = f"{head}-{int(at) + 1}"
    task = Placement.objects.at(None).get(task__breakdown=drafted, row=moved).task
    said = f"已由 {moved} 承接"
    asked = Question.objects.create(
        breakdown=drafted,
        kind=QuestionKind.UNCOVERED,
        key="另问",
        order=999,
        rows=["c0"],
        message=f"报告的一句与 {moved}、{gone} 都像，“见{moved}”。",
        options=[{"label": said, "answer": "row", "row": moved, "needs": "", "why": False}],
        answer={"answer": "row", "row": moved, "said": said},
        settled_at=now(),
        settled_by=cast.users["clerk"],
    )
    issue(cast, drafted)
    asked.refresh_from_db()
    last = Placement.objects.at(None).get(task=task).row
    assert last == gone
    left = Placement.objects.at(None).get(task=state_of(drafted, "新增规上工业企业").task)
    assert left.row == f"{gone}（已撤回）"
    assert asked.answer == {"answer": "row", "row": last, "said": f"已由 {last} 承接"}
    assert asked.options[0]["label"] == f"已由 {last} 承接"
    assert asked.message == f"报告的一句与 {last}、{gone}（已撤回） 都像，“见{moved}”。"


def test_before_the_issue_a_row_has_the_questions_it_had(cast: Cast, drafted: Breakdown) -> None:
    withdraw(cast.client("clerk"), drafted, "新增规上工业企业")
    before = now()
    states = TaskState.objects.at(None).filter(task__breakdown=drafted, status=Status.DRAFT)
    tasks = [one.task for one in states.select_related("task")]
    issue(cast, drafted)
    for task in tasks:
        task.refresh_from_db()
        kept = {one.question_id for one in _findings(task.breakdown_id, task.pk, None)}
        assert {one.question_id for one in _findings(task.breakdown_id, task.pk, before)} == kept


def test_what_a_supplement_takes_out_later_renumbers_nothing(cast: Cast, drafted: Breakdown) -> None:
    issued = issue(cast, drafted)
    first = annexes_of(issued, None, now()).heads[0].rows
    TaskState.objects.at(None).filter(task__breakdown=issued, text=first[0].text).update(
        status=Status.WITHDRAWN
    )
    after = annexes_of(issued, None, now()).heads[0].rows
    assert [row.sign for row in after] == [row.sign for row in first[1:]]


def test_a_row_keeps_its_head_when_its_leader_is_another(cast: Cast, drafted: Breakdown) -> None:
    client = cast.client("clerk")
    task = state_of(drafted, "改造老旧小区").task_id
    heading = Placement.objects.at(None).get(task=task).heading
    posts = list(Post.objects.filter(place=cast.place).values_list("pk", flat=True))
    page = client.get(f"/tasks/{task}/edit/").content.decode()
    seen = html.unescape(re.findall(r'name="seen" value="([^"]*)"', page)[0])
    form = {
        "seen": seen,
        "text": "改造老旧小区18个。",
        "lead": "区住建局",
        "posts": posts,
        "responsible": "区财政局",
    }
    answer = client.post(f"/tasks/{task}/edit/", form)
    assert answer.status_code == 302, answer.content.decode()
    assert {one.heading for one in Placement.objects.at(None).filter(task=task)} == {heading}
    rows = [row for head in annexes_of(drafted, None, now()).heads for row in head.rows]
    found = [row for row in rows if "老旧小区" in row.text]
    assert [row.own_leaders for row in found] == ["白露、葛洪"]


def test_a_drafted_notice_has_the_title_of_a_notice(cast: Cast, drafted: Breakdown) -> None:
    issued = issue(cast, drafted)
    page = cast.client("clerk").get(f"/breakdowns/{issued.pk}/notice/").content.decode()
    said = re.sub(r"<[^>]+>", "", page.split("<h1>", 1)[1].split("</h1>", 1)[0])
    assert said == "望潮区人民政府办公室关于印发2024年政府工作报告重点工作责任分解的通知"


@pytest.mark.parametrize(
    ("name", "level", "said"),
    [
        ("望潮区", "county", "各街道办事处、镇人民政府，区政府直属各单位"),
        ("青禾县", "county", "各乡镇人民政府、街道办事处，县政府各部门"),
        ("临川市", "county", "各乡镇人民政府、街道办事处，市政府各部门"),
        ("白草旗", "county", "各苏木乡镇人民政府、街道办事处，旗政府各部门"),
        ("白草盟", "city", "各旗县（市、区）人民政府，盟行署各部门"),
        ("青岚地区", "city", "各县（市、区）人民政府，地区行署各部门"),
        ("海州市", "city", "各县（市、区）人民政府，市政府各部门"),
    ],
)
def test_a_paper_goes_to_those_a_place_has(name: str, level: str, said: str) -> None:
    assert everybody_of(Place(name=name, level=level)) == said


def test_the_meeting_is_told_which_leader_carries_how_much(cast: Cast, drafted: Breakdown) -> None:
    facts = meeting_facts(drafted, annexes_of(drafted, None, now()))
    assert {"白露", "葛洪"} <= {name for name, _ in facts.by_leader}
    assert not any("、" in name for name, _ in facts.by_leader)
    page = cast.client("clerk").get(f"/breakdowns/{drafted.pk}/meeting-paper/").content.decode()
    assert "各位领导牵头的重点工作" in page
    assert "民生实事 0 个项目" not in page


def test_a_leader_whose_post_nobody_named_is_called_by_name(cast: Cast, drafted: Breakdown) -> None:
    task = state_of(drafted, "改造老旧小区").task_id
    page = cast.client("clerk").get(f"/tasks/{task}/edit/").content.decode()
    assert "葛洪" in page
    assert "葛洪（领导）" not in page


def test_a_row_withdrawn_is_not_said_to_be_missing_in_the_report(cast: Cast, drafted: Breakdown) -> None:
    client = cast.client("clerk")
    page = f"/breakdowns/{drafted.pk}/review/?show=all"
    before = client.get(page).content.decode().count("报告中未见")
    withdraw(client, drafted, "新增规上工业企业")
    assert client.get(page).content.decode().count("报告中未见") == before


def test_an_answer_counts_anew_what_can_be_settled_in_one_go(cast: Cast, drafted: Breakdown) -> None:
    client = cast.client("clerk")
    question = drafted.questions.filter(proposal__isnull=False).first()
    assert question is not None
    said = {"option": 0, "version": question.version}
    answer = client.post(f"/questions/{question.pk}/settle/", said, HTTP_HX_REQUEST="true").content.decode()
    assert re.search(r'id="take-likely"[^>]*hx-swap-oob', answer)


def test_where_a_row_may_be_parted_is_said_without_its_stop(cast: Cast, drafted: Breakdown) -> None:
    task = state_of(drafted, "改造老旧小区").task_id
    TaskState.objects.at(None).filter(task_id=task).update(text="改造老旧小区18个，建好口袋公园。")
    page = cast.client("clerk").get(f"/breakdowns/{drafted.pk}/review/?show=all").content.decode()
    assert "从“建好口袋公园”起拆成两项" in page


def test_files_already_chosen_stay_when_another_is_refused(cast: Cast) -> None:
    page = cast.client("clerk").get("/breakdowns/draft/").content.decode()
    fields = re.findall(r'<input type="file"[^>]*>', page)
    assert len(fields) == 2
    assert all("hx-preserve" in one for one in fields)


def test_a_clerk_with_a_report_alone_is_led_to_the_draft(cast: Cast) -> None:
    client = cast.client("clerk")
    assert 'href="/breakdowns/draft/"' in client.get("/").content.decode()
    assert 'href="/breakdowns/draft/"' in client.get("/ledger/", follow=True).content.decode()


def send_for_opinions(cast: Cast, draft: Breakdown) -> Consultation:
    """Everything proposed is taken, and the units are asked."""
    accept_proposals(draft.pk, by=cast.viewer("clerk", now()), at=now())
    due = (now() + timedelta(7)).date().isoformat()
    cast.client("clerk").post(f"/breakdowns/{draft.pk}/consultation/", {"due": due})
    return draft.consultations.get()


def test_what_a_unit_answered_on_paper_is_put_on_record_with_its_ground(
    cast: Cast, drafted: Breakdown
) -> None:
    asked = send_for_opinions(cast, drafted)
    client, unit = cast.client("clerk"), Unit.objects.get(place=cast.place, name="区财政局")
    address = f"/breakdowns/{drafted.pk}/consultation/paper/"
    assert "登记书面答复" in client.get(f"/breakdowns/{drafted.pk}/consultation/").content.decode()
    refused = client.post(address, {"units": [unit.pk], "source": ""}, follow=True).content.decode()
    assert not asked.replies.exists()
    assert "没有写明依据" in refused
    client.post(address, {"units": [unit.pk], "source": "区财政局3月5日复函"})
    reply = asked.replies.get()
    assert (reply.unit, reply.agreed, reply.answered_by) == (unit, True, cast.users["clerk"])
    entry = Entry.objects.latest("sequence")
    assert (entry.label, content_of(entry)["why"]) == ("登记书面答复", "区财政局3月5日复函")
    again = client.post(address, {"units": [unit.pk], "source": "又登记一次"}, follow=True).content.decode()
    assert asked.replies.count() == 1
    assert "没有选要登记的单位" not in again
    assert "区财政局已经答复" in again


def test_after_the_end_nothing_is_put_on_record_and_that_is_said(cast: Cast, drafted: Breakdown) -> None:
    asked, client = send_for_opinions(cast, drafted), cast.client("clerk")
    unit = Unit.objects.get(place=cast.place, name="区财政局")
    client.post(f"/breakdowns/{drafted.pk}/consultation/close/", {})
    said = {"units": [unit.pk], "source": "区财政局3月5日复函"}
    page = client.post(f"/breakdowns/{drafted.pk}/consultation/paper/", said, follow=True).content.decode()
    assert not asked.replies.exists()
    assert "征求意见已经结束，没有登记" in page


def test_nobody_answers_on_paper_for_a_unit_that_can_log_in(cast: Cast, drafted: Breakdown) -> None:
    asked = send_for_opinions(cast, drafted)
    unit = Unit.objects.get(place=cast.place, name="区财政局")
    cast.users["liaison"].unit = unit
    cast.users["liaison"].save()
    address = f"/breakdowns/{drafted.pk}/consultation/paper/"
    said = cast.client("clerk").post(address, {"units": [unit.pk], "source": "复函"}, follow=True)
    assert not asked.replies.exists()
    assert "区财政局可以在网上答复" in said.content.decode()
    assert cast.client("liaison").post(address, {"units": [unit.pk], "source": "复函"}).status_code == 403


def test_a_unit_nobody_can_log_in_for_is_asked_to_answer_on_paper(cast: Cast, drafted: Breakdown) -> None:
    asked, client = send_for_opinions(cast, drafted), cast.client("clerk")
    page = client.get(f"/breakdowns/{drafted.pk}/consultation/").content.decode()
    letters = dict.fromkeys(re.findall(rf"/consultations/{asked.pk}/letters/(\d+)/", page))
    unit = Unit.objects.get(place=cast.place, name="区财政局")
    assert str(unit.pk) in letters
    letter = f"/consultations/{asked.pk}/letters/{unit.pk}/"
    assert "请将书面意见加盖公章报我办" in client.get(letter).content.decode()
    made = client.get(f"{letter}?format=docx")
    word = WordDocument(BytesIO(b"".join(made) if made.streaming else made.content))
    assert any("请将书面意见加盖公章报我办" in one.text for one in word.paragraphs)
    cast.users["liaison"].unit = unit
    cast.users["liaison"].save()
    assert "登录“督考”" in client.get(letter).content.decode()


def test_a_unit_asked_sees_the_time_limits(cast: Cast, drafted: Breakdown) -> None:
    asked, client = send_for_opinions(cast, drafted), cast.client("clerk")
    unit = Unit.objects.get(place=cast.place, name="区住建局")
    letter = f"/consultations/{asked.pk}/letters/{unit.pk}/"
    for page in (letter, f"/breakdowns/{drafted.pk}/consultation/paper/{unit.pk}/"):
        said = client.get(page).content.decode()
        assert '<th scope="col">完成时限</th>' in said, page
        assert "10月底前</td>" in said, page
    made = client.get(f"{letter}?format=docx")
    word = WordDocument(BytesIO(b"".join(made) if made.streaming else made.content))
    heads = [[cell.text for cell in table.rows[0].cells] for table in word.tables]
    assert ["序号", "内容", "角色", "牵头单位", "责任单位", "完成时限"] in heads
    cast.users["liaison"].unit = unit
    cast.users["liaison"].save()
    liaison = cast.client("liaison")
    assert "10月底前</td>" in liaison.get(f"/consultations/{asked.pk}/").content.decode()
    task = state_of(drafted, "改造老旧小区").task_id
    assert "<dd>10月底前</dd>" in liaison.get(f"/consultations/{asked.pk}/tasks/{task}/").content.decode()


def test_by_leader_a_head_of_the_report_is_no_leader(cast: Cast, drafted: Breakdown) -> None:
    issue(cast, drafted)
    page = cast.client("clerk").get("/ledger/2024/?by=leader").content.decode()
    groups = [re.sub(r"<[^>]+>", "", one) for one in re.findall(r'href="#[^"]*"[^>]*>(.*?)</a>', page)]
    assert any("没有列出牵头领导" in one for one in groups)
    assert not any("提升城市品质" in one for one in groups)


def test_settling_many_at_once_says_that_it_works_and_leads_back(cast: Cast, drafted: Breakdown) -> None:
    client = cast.client("clerk")
    page = client.get(f"/breakdowns/{drafted.pk}/review/").content.decode()
    assert 'hx-indicator="#taking-likely"' in page
    address = f"/breakdowns/{drafted.pk}/likely/"
    answer = client.post(address, {"least": 50}, HTTP_HX_REQUEST="true", follow=True)
    assert answer["HX-Redirect"].startswith(f"/breakdowns/{drafted.pk}/review/")
    assert "已定下" in client.get(answer["HX-Redirect"]).content.decode()


def test_the_limit_of_last_year_stands_in_the_draft_with_its_reason(cast: Cast, drafted: Breakdown) -> None:
    state = state_of(drafted, "改造老旧小区")
    assert (state.deadline_text, state.deadline) == ("10月底前", date(2024, 10, 31))
    page = cast.client("clerk").get(f"/breakdowns/{drafted.pk}/review/?show=all").content.decode()
    said = re.sub(r"<[^>]+>", "", page)
    assert "拟定时限10月底前 100%：" in said
    assert "与此相同或相近，时限是“10月底前”" in said
    assert TaskState.objects.at(None).filter(task__breakdown=drafted).exclude(deadline_text="").count() == 1
    accept_proposals(drafted.pk, by=cast.viewer("clerk", now()), at=now())
    page = cast.client("clerk").get(f"/breakdowns/{drafted.pk}/review/?show=all").content.decode()
    assert "照往年拟：" in page
    TaskState.objects.at(None).filter(pk=state_of(drafted, "改造老旧小区").pk).update(deadline_text="9月底前")
    page = cast.client("clerk").get(f"/breakdowns/{drafted.pk}/review/?show=all").content.decode()
    assert "照往年拟：" not in page


def test_the_limit_of_what_was_issued_comes_again_next_year(cast: Cast, drafted: Breakdown) -> None:
    issue(cast, drafted)
    following = REPORT.replace("2024年", "2025年").replace("2023年", "2024年")
    file = SimpleUploadedFile("报告.md", following.encode())
    answer = cast.client("clerk").post("/breakdowns/draft/", {"report_file": file})
    assert answer.status_code == 302, answer.content.decode()
    draft = Breakdown.objects.get(year=2025)
    state = state_of(draft, "改造老旧小区")
    assert (state.deadline_text, state.deadline) == ("10月底前", date(2025, 10, 31))


def test_a_place_with_helping_units_gets_them(cast: Cast) -> None:
    draft = draft_with_leaders(cast.client("clerk"), "配合单位")
    review = cast.client("clerk").get(f"/breakdowns/{draft.pk}/review/?show=all").content.decode()
    assert "拟列配合单位" in review
    accept_proposals(draft.pk, by=cast.viewer("clerk", now()), at=now())
    page = cast.client("clerk").get(f"/breakdowns/{draft.pk}/draft/").content.decode()
    heads = re.findall(r'<th scope="col"[^>]*>([^<]*)</th>', page.split("</thead>", 1)[0])
    row = re.search(r"<tr>((?:(?!<tr>).)*改造老旧小区.*?)</tr>", page)
    assert row
    said = dict(zip(heads, re.findall(r"<td[^>]*>([^<]*)</td>", row[1]), strict=True))
    assert (said["牵头单位"], said["配合单位"]) == ("区住建局", "区财政局")


def test_why_a_row_is_no_task_is_said_by_one_press(cast: Cast, drafted: Breakdown) -> None:
    client = cast.client("clerk")
    question = drafted.questions.filter(kind=QuestionKind.UNDECIDED).first()
    assert question is not None
    at = next(at for at, one in enumerate(question.options) if one["answer"] == "withdraw")
    page = client.get(f"/breakdowns/{drafted.pk}/review/?show=all").content.decode()
    form = page.split(f'id="q-{question.pk}"', 1)[1].split("不列为任务…", 1)[1].split("</form>", 1)[0]
    assert re.findall(r'name="why" value="([^"]*)"', form) == list(usual_reasons())
    assert f'name="option" value="{at}"' in form
    said = {"option": at, "version": question.version, "why": usual_reasons()[0]}
    client.post(f"/questions/{question.pk}/settle/", said)
    question.refresh_from_db()
    assert question.why == usual_reasons()[0]
    task = state_of(drafted, "建成滨海绿道").task_id
    withdraw_page = client.get(f"/tasks/{task}/withdraw/").content.decode()
    assert all(f'name="why" value="{words}"' in withdraw_page for words in usual_reasons())
