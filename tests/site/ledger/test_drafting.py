"""A clerk holds only the report: the program drafts, persons decide, and what they decide is learned."""

import re
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now
from docx import Document as WordDocument
from pypdfium2 import PdfDocument
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook  # type: ignore[import-untyped]

from dukao.site.archive.models import Document, DocumentKind, Publicity
from dukao.site.archive.profiles import profile_of
from dukao.site.history.models import Entry
from dukao.site.history.queries import content_of, entries_about, verify_chain
from dukao.site.ledger.models import (
    Breakdown,
    Placement,
    Question,
    Responsibility,
    Stage,
    Status,
    TaskState,
)
from dukao.site.ledger.review.marked_report import set_paper
from dukao.site.ledger.review.parting import cuts_of
from dukao.site.ledger.review.precedents import key_of, without_numbers
from dukao.site.ledger.review.settling import accept_proposals
from dukao.site.ledger.steps.approving import record_approval, withdraw_breakdown
from dukao.site.ledger.steps.issuing import IssueForm, issue_breakdown
from dukao.site.people.models import Place, Unit
from tests.site.conftest import MORNING, Cast
from tests.site.documents import BREAKDOWN, REPORT

STANCE = "坚持以人民为中心的发展思想。"
SAYING = REPORT.replace("（二）提升城市品质。", f"（二）提升城市品质。{STANCE}")
NEXT = REPORT.replace("2024年", "2025年").replace("2023年", "2024年").replace("18个", "21个")


def start(client: Client, report: str = REPORT, **more: object) -> Breakdown:
    """Upload a report alone and draft from it."""
    file = SimpleUploadedFile("报告.md", report.encode())
    answer = client.post("/breakdowns/draft/", {"report_file": file, **more})
    assert answer.status_code == 302, answer.content.decode()
    draft = Breakdown.objects.exclude(stage=Stage.WITHDRAWN).latest("id")
    assert answer["Location"] == f"/breakdowns/{draft.pk}/review/"
    return draft


def texts_of(draft: Breakdown) -> list[str]:
    """What the rows of a draft say, in their order."""
    states = TaskState.objects.at(None).filter(task__breakdown=draft).exclude(status=Status.WITHDRAWN)
    return [one.text for one in states.order_by("order")]


def state_of(draft: Breakdown, words: str) -> TaskState:
    """The row that stands and says these words."""
    states = TaskState.objects.at(None).filter(task__breakdown=draft, text__contains=words)
    return states.exclude(status=Status.WITHDRAWN).get()  # type: ignore[no-any-return]


def question_of(draft: Breakdown, words: str) -> Question:
    """The question about the row that says these words."""
    state = state_of(draft, words)
    row = Placement.objects.at(None).get(task=state.task).row
    return next(one for one in Question.objects.filter(breakdown=draft) if one.rows == [row])


def settle(client: Client, question: Question, option: int, **facts: str) -> int:
    """Answer a question by one of its options."""
    said = {"option": option, "version": question.version, **facts}
    return client.post(f"/questions/{question.pk}/settle/", said).status_code


def next_of(client: Client, draft: Breakdown, task_id: int) -> dict[str, str]:
    """What the button of a row that makes it one with the next sends along."""
    page = client.get(f"/breakdowns/{draft.pk}/review/?show=all").content.decode()
    form = page.partition(f'action="/tasks/{task_id}/merge/')[2].partition("</form>")[0]
    return dict(re.findall(r'name="(next)" value="(\d+)"', form))


def merge(client: Client, draft: Breakdown, task_id: int) -> int:
    """Press the button that makes a row one with the next."""
    return client.post(f"/tasks/{task_id}/merge/", next_of(client, draft, task_id)).status_code


@pytest.fixture
def clerk(cast: Cast) -> Client:
    """The clerk's browser; nothing was taken in yet."""
    return cast.client("clerk")


@pytest.fixture
def drafted(clerk: Client) -> Breakdown:
    """A draft from the report alone, without anything to learn from."""
    return start(clerk)


def test_a_report_alone_becomes_a_draft_under_review(clerk: Client, drafted: Breakdown) -> None:
    assert (drafted.stage, drafted.year, drafted.is_drafted) == (Stage.DRAFT, 2024, True)
    states = TaskState.objects.at(None).filter(task__breakdown=drafted)
    assert {one.status for one in states} == {Status.DRAFT}
    assert any("新增公办学位1500个" in one.text for one in states)
    text = Document.objects.get(pk=drafted.report_id).text
    for state in states:
        assert all(text[start:end].strip() for start, end in state.source_spans)
    page = clerk.get(f"/breakdowns/{drafted.pk}/review/").content.decode()
    assert "由谁牵头？" in page
    assert "把握" in page
    assert "没有列为任务的" in page


def test_nothing_leads_before_a_person_says_so(drafted: Breakdown) -> None:
    assert not Responsibility.objects.filter(task__breakdown=drafted, role="lead").exists()
    asked = {row for one in Question.objects.filter(breakdown=drafted) for row in one.rows}
    joint = set(
        Placement.objects.at(None)
        .filter(task__in=Responsibility.objects.filter(basis="joint").values("task"))
        .values_list("row", flat=True)
    )
    rows = set(Placement.objects.at(None).filter(task__breakdown=drafted).values_list("row", flat=True))
    assert asked | joint == rows


def test_a_city_as_high_as_a_county_is_told_by_its_code(clerk: Client) -> None:
    Place.objects.filter(code="990201").update(name="云溪市")
    report = REPORT.replace("望潮区", "云溪市").replace("区长", "市长")
    drafted = start(clerk, f"{report}\n压减国有企业管理层级，盘活国有资产。\n")
    assert question_of(drafted, "国有企业").facts["candidates"][0]["name"] == "市财政局"


def test_a_question_proposes_among_three_with_reasons(clerk: Client, drafted: Breakdown) -> None:
    question = question_of(drafted, "新增公办学位")
    likely = question.facts["candidates"]
    assert 1 <= len(likely) <= 3
    assert (likely[0]["name"], likely[0]["reason"] != "") == ("区教育局", True)
    assert question.proposal is not None
    page = clerk.get(f"/breakdowns/{drafted.pk}/review/").content.decode()
    assert likely[0]["reason"].replace("“", "“") in page


def test_below_the_threshold_nothing_is_proposed_and_it_says_so(drafted: Breakdown) -> None:
    doubtful = [one for one in Question.objects.filter(breakdown=drafted) if one.proposal is None]
    assert doubtful
    assert all(any("请人工确定" in said for said in one.facts["withheld"]) for one in doubtful)
    for one in doubtful:
        assert all(said["sure"] < one.facts["least"] for said in one.facts["candidates"])


def test_an_answer_founds_the_unit_it_chooses_and_lets_it_lead(clerk: Client, drafted: Breakdown) -> None:
    assert not Unit.objects.filter(name="区教育局").exists()
    question = question_of(drafted, "新增公办学位")
    assert settle(clerk, question, 0) == 302
    state = TaskState.objects.at(None).get(task__breakdown=drafted, text__contains="新增公办学位")
    lead = Responsibility.objects.at(None).get(task=state.task, role="lead")
    assert (str(lead.unit), lead.basis) == ("区教育局", "review")
    question.refresh_from_db()
    assert clerk.post(f"/questions/{question.pk}/reopen/", {"version": question.version}).status_code == 302
    assert not Responsibility.objects.at(None).filter(task=state.task, role="lead").exists()


def test_likely_leads_are_taken_in_one_go_and_each_can_be_taken_back(
    clerk: Client, drafted: Breakdown
) -> None:
    open_ = Question.objects.filter(breakdown=drafted, settled_at=None)
    before = open_.count()
    sure = [one for one in open_ if one.proposal and one.facts["candidates"][0]["sure"] >= 80]
    assert clerk.post(f"/breakdowns/{drafted.pk}/likely/", {"least": "80"}).status_code == 302
    assert open_.all().count() == before - len(sure) < before
    entry = Entry.objects.filter(action="likely-accepted").latest("sequence")
    assert f'"questions":{len(sure)}' in entry.content.replace(" ", "")
    assert clerk.post(f"/breakdowns/{drafted.pk}/likely/", {"least": "100"}).status_code == 422
    assert verify_chain().holds


def test_a_sentence_left_out_is_brought_back_as_a_task(clerk: Client) -> None:
    drafted = start(clerk, SAYING)
    page = clerk.get(f"/breakdowns/{drafted.pk}/review/").content.decode()
    assert "没有列为任务的 1 句" in page
    assert "只表明态度和方向，没有要办的事" in page
    (left,) = drafted.compilation.result["draft"]["left_out"]
    said = {"commitment": left["commitment"]}
    assert clerk.post(f"/breakdowns/{drafted.pk}/bring-back/", said).status_code == 302
    task = TaskState.objects.at(None).filter(task__breakdown=drafted).latest("task_id")
    assert task.text == STANCE
    seat = Placement.objects.at(None).get(task=task.task)
    assert seat.heading is not None
    assert any(one.rows == [seat.row] and one.is_open for one in drafted.questions.all())
    assert "没有列为任务的 0 句" in clerk.get(f"/breakdowns/{drafted.pk}/review/").content.decode()
    assert clerk.post(f"/breakdowns/{drafted.pk}/bring-back/", said).status_code == 422


def test_how_a_sentence_brought_back_was_settled_is_proposed_next_year(cast: Cast, clerk: Client) -> None:
    unit = Unit.objects.create(place=cast.place, name="区社会事业局", since=MORNING.date())
    unit.names.create(place=cast.place, name=unit.name)
    for report in (SAYING, NEXT.replace("（二）提升城市品质。", f"（二）提升城市品质。{STANCE}")):
        draft = start(clerk, report)
        (left,) = draft.compilation.result["draft"]["left_out"]
        said = {"commitment": left["commitment"]}
        assert clerk.post(f"/breakdowns/{draft.pk}/bring-back/", said).status_code == 302
        question = question_of(draft, STANCE)
        assert question.key == key_of(without_numbers(STANCE))
        elsewhere = next(at for at, one in enumerate(question.options) if one["needs"] == "unit")
        assert settle(clerk, question, elsewhere, unit=unit.name) == 302
    assert question.proposal is not None
    assert question.proposal["unit"] == unit.pk


def test_two_neighbours_are_made_one_and_parted_again_and_each_step_is_taken_back(
    clerk: Client, drafted: Breakdown
) -> None:
    before, asked = texts_of(drafted), Question.objects.filter(breakdown=drafted, settled_at=None)
    open_before = sorted(asked.values_list("message", flat=True))
    at = next(i for i, text in enumerate(before) if "打通断头河" in text)
    first = state_of(drafted, before[at])
    entries = Entry.objects.count()
    assert merge(clerk, drafted, first.task_id) == 302
    whole = f"{before[at][:-1]}。{before[at + 1]}"
    assert texts_of(drafted) == [*before[:at], whole, *before[at + 2 :]]
    merged = state_of(drafted, whole)
    report = Document.objects.get(pk=drafted.report_id).text
    assert [report[start:end] for start, end in merged.source_spans] == [whole[:-1]]
    assert {one.surface for one in merged.task.measures.filter(until=None)} == {"3条", "12公里"}
    assert f"“{whole[:-1]}”由谁牵头" in question_of(drafted, whole).message
    assert asked.all().count() == len(open_before) - 1
    page = clerk.get(f"/breakdowns/{drafted.pk}/review/?show=all").content.decode()
    assert "已与下一项合并" in page
    assert f"从“{before[at + 1][:8]}”起拆成两项" in page

    assert clerk.post(f"/tasks/{first.task_id}/split/").status_code == 302
    assert texts_of(drafted) == before
    halves = [state_of(drafted, text) for text in before[at : at + 2]]
    assert [report[start:end] for one in halves for start, end in one.source_spans] == [
        text[:-1] for text in before[at : at + 2]
    ]
    assert f"“{before[at + 1][:-1]}”由谁牵头" in question_of(drafted, before[at + 1]).message
    assert sorted(asked.all().values_list("message", flat=True)) == open_before
    assert Entry.objects.count() == entries + 2

    assert clerk.post(f"/tasks/{first.task_id}/edit/undo/").status_code == 302
    assert texts_of(drafted) == [*before[:at], whole, *before[at + 2 :]]
    assert asked.all().count() == len(open_before) - 1
    assert f"“{whole[:-1]}”由谁牵头" in question_of(drafted, whole).message
    assert verify_chain().holds


def test_a_second_press_swallows_no_further_row(clerk: Client, drafted: Breakdown) -> None:
    rows = TaskState.objects.at(None).filter(task__breakdown=drafted).order_by("order")
    heads = dict(Placement.objects.at(None).values_list("task_id", "heading_id"))
    tasks = list(rows.values_list("task_id", flat=True))
    first, second = next(
        pair[:2]
        for pair in zip(tasks, tasks[1:], tasks[2:], strict=False)
        if len({heads[one] for one in pair}) == 1
    )
    press = next_of(clerk, drafted, first)
    assert press == {"next": str(second)}
    assert clerk.post(f"/tasks/{first}/merge/", press).status_code == 302
    once = texts_of(drafted)
    again = clerk.post(f"/tasks/{first}/merge/", press)
    assert again.status_code == 409
    assert "请刷新核对页" in again.content.decode()
    assert clerk.post(f"/tasks/{first}/merge/").status_code == 409
    assert texts_of(drafted) == once


def test_a_merge_is_taken_back_with_its_questions(clerk: Client, drafted: Breakdown) -> None:
    before, asked = texts_of(drafted), Question.objects.filter(breakdown=drafted, settled_at=None)
    open_before = sorted(asked.values_list("message", flat=True))
    first = state_of(drafted, "新增公办学位")
    settle(clerk, question_of(drafted, "新增公办学位"), 0)
    settle(clerk, question_of(drafted, "建成社区食堂"), 0)
    leads = Responsibility.objects.at(None).filter(task__breakdown=drafted, role="lead")
    led = set(leads.values_list("task_id", "unit__name"))
    assert merge(clerk, drafted, first.task_id) == 302
    duties = Responsibility.objects.at(None).filter(task=first.task)
    assert [str(one.unit) for one in duties if one.role == "lead"] == ["区教育局"]
    assert {name for _, name in led} <= {str(one.unit) for one in duties}
    assert clerk.post(f"/tasks/{first.task_id}/edit/undo/").status_code == 302
    assert texts_of(drafted) == before
    assert set(leads.all().values_list("task_id", "unit__name")) == led
    assert len(open_before) - asked.all().count() == 2


def test_how_a_parted_row_was_settled_is_proposed_next_year(
    cast: Cast, clerk: Client, drafted: Breakdown
) -> None:
    before, first = texts_of(drafted), state_of(drafted, "打通断头河")
    second = before[before.index(first.text) + 1]
    keys = Question.objects.filter(breakdown=drafted).order_by("pk")
    asked = list(keys.values_list("pk", "key"))
    assert merge(clerk, drafted, first.task_id) == 302
    whole = state_of(drafted, "打通断头河").text
    assert question_of(drafted, whole).key == key_of(without_numbers(whole))
    assert clerk.post(f"/tasks/{first.task_id}/edit/undo/").status_code == 302
    assert list(keys.values_list("pk", "key")) == asked

    assert merge(clerk, drafted, first.task_id) == 302
    assert clerk.post(f"/tasks/{first.task_id}/split/").status_code == 302
    unit = Unit.objects.create(place=cast.place, name="区社会事业局", since=MORNING.date())
    unit.names.create(place=cast.place, name=unit.name)
    for text in (first.text, second):
        question = question_of(drafted, text)
        elsewhere = next(at for at, one in enumerate(question.options) if one["needs"] == "unit")
        assert settle(clerk, question, elsewhere, unit=unit.name) == 302
    again = start(clerk, NEXT)
    for text in (first.text, second):
        question = question_of(again, text)
        assert question.proposal is not None
        assert question.proposal["unit"] == unit.pk
        assert question.facts["reason"].startswith("2024年也是这样处理的")


def test_what_was_merged_away_comes_back_only_with_the_merge(
    cast: Cast, clerk: Client, drafted: Breakdown
) -> None:
    before, first = texts_of(drafted), state_of(drafted, "打通断头河")
    seats = Placement.objects.at(None).filter(task__breakdown=drafted).order_by("order", "id")
    stood = list(seats.values_list("row", "task_id"))
    gone = int(next_of(clerk, drafted, first.task_id)["next"])
    assert merge(clerk, drafted, first.task_id) == 302
    page = clerk.get(f"/breakdowns/{drafted.pk}/review/?show=all").content.decode()
    assert f"/tasks/{gone}/restore/" not in page
    assert "<h2>已并入他行 " in page
    assert "未列入任何一位领导名下" not in page
    refused = clerk.post(f"/tasks/{gone}/restore/")
    assert (refused.status_code, "已并入另一项任务" in refused.content.decode()) == (409, True)
    unit = Unit.objects.create(place=cast.place, name="区园林局", since=MORNING.date())
    unit.names.create(place=cast.place, name=unit.name)
    head = drafted.headings.order_by("order").first()
    assert head is not None
    fields = {"text": "新建公园3座。", "heading": head.pk, "lead": unit.name}
    assert clerk.post(f"/breakdowns/{drafted.pk}/tasks/new/", fields).status_code == 302
    assert clerk.post(f"/tasks/{first.task_id}/edit/undo/").status_code == 302
    assert [text for text in texts_of(drafted) if "公园3座" not in text] == before
    assert [content_of(one)["why"] for one in entries_about("task", gone)[:2]] == ["撤销修改", ""]
    new = state_of(drafted, "公园3座").task_id
    assert [one for one in seats.all().values_list("row", "task_id") if one[1] != new] == stood

    assert merge(clerk, drafted, first.task_id) == 302
    merged = content_of(Entry.objects.filter(action="task-merged")[0])
    assert {one["task"] for one in merged["before"]["changes"]} == {first.task_id, gone}
    assert {one["task"]: one.get("status") for one in merged["after"]["changes"]}[gone] == "withdrawn"
    assert clerk.post(f"/tasks/{first.task_id}/split/").status_code == 302
    parted = content_of(Entry.objects.filter(action="task-split")[0])
    assert (len(parted["before"]["changes"]), len(parted["after"]["changes"])) == (1, 2)
    half = state_of(drafted, before[before.index(first.text) + 1]).task_id
    assert clerk.post(f"/tasks/{first.task_id}/edit/undo/").status_code == 302
    assert clerk.post(f"/tasks/{half}/restore/").status_code == 409
    assert [content_of(one)["why"] for one in entries_about("task", half)] == ["撤销修改", ""]


def test_a_row_is_parted_only_where_it_can_be(clerk: Client, drafted: Breakdown, cast: Cast) -> None:
    only = state_of(drafted, "新增公办学位")
    assert clerk.post(f"/tasks/{only.task_id}/split/").status_code == 409
    last = state_of(drafted, texts_of(drafted)[-1])
    assert next_of(clerk, drafted, last.task_id) == {}
    assert clerk.post(f"/tasks/{last.task_id}/merge/").status_code == 409
    assert merge(clerk, drafted, only.task_id) == 302
    text = state_of(drafted, "新增公办学位").text
    place = cuts_of(text)[0]
    for cut in (
        "4 别的话",
        f"{place}",
        f"{place} ",
        f"{'9' * 5000} {text[place:]}",
        f"甲 {text[place:]}",
        " ",
    ):
        refused = clerk.post(f"/tasks/{only.task_id}/split/", {"cut": cut})
        assert (refused.status_code, "请刷新核对页" in refused.content.decode()) == (409, True), cut[:20]
    assert clerk.post(f"/tasks/{only.task_id}/merge/", {"next": "9" * 5000}).status_code == 409
    assert cast.client("liaison").post(f"/tasks/{only.task_id}/split/").status_code == 403
    meant = {"cut": f"{place} {text[place:][:8]}"}
    assert clerk.post(f"/tasks/{only.task_id}/split/", meant).status_code == 302


def test_rows_of_a_breakdown_that_was_read_stay_as_they_were_written(clerk: Client, draft: Breakdown) -> None:
    task = TaskState.objects.at(None).filter(task__breakdown=draft).earliest("order").task_id
    assert clerk.post(f"/tasks/{task}/merge/").status_code == 409
    assert "与下一项合并" not in clerk.get(f"/breakdowns/{draft.pk}/review/?show=all").content.decode()


def test_the_draft_can_be_had_as_workbook_and_as_word(clerk: Client, drafted: Breakdown) -> None:
    made = clerk.get(f"/documents/{drafted.document_id}/original/")
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(made)))
    assert book.sheet_names == ["重点工作", "单位", "未列为任务"]
    settle(clerk, question_of(drafted, "新增公办学位"), 0)
    now_ = clerk.get(f"/breakdowns/{drafted.pk}/draft/xlsx/")
    assert "2024%E5%B9%B4" in now_["Content-Disposition"]
    book = CalamineWorkbook.from_filelike(BytesIO(now_.content))
    rows = {str(row[2]): row for row in book.get_sheet_by_name("重点工作").to_python()}
    assert rows["新增公办学位1500个。"][4] == "区教育局"
    assert rows["新增公办学位1500个。"][-1] == ""
    assert str(rows["建成社区食堂10家。"][-1]).startswith("由谁牵头：")
    assert [str(row[2]) for row in book.get_sheet_by_name("重点工作").to_python()][3:] == texts_of(drafted)
    word = clerk.get(f"/breakdowns/{drafted.pk}/draft/?format=docx")
    cells = [
        cell.text
        for table in WordDocument(BytesIO(word.content)).tables
        for row in table.rows
        for cell in row.cells
    ]
    assert any("新增公办学位1500个" in cell for cell in cells)
    assert any("区教育局" in cell for cell in cells)
    printed = clerk.get(f"/breakdowns/{drafted.pk}/draft/?format=pdf").content
    text = "".join(page.get_textpage().get_text_range() for page in PdfDocument(printed))
    assert "新增公办学位1500个" in "".join(text.split())


def test_corrections_are_what_the_next_draft_learns_from(
    cast: Cast, clerk: Client, drafted: Breakdown
) -> None:
    """The program thinks of 区民政局; the clerk says another unit, and next year it is proposed."""
    first = question_of(drafted, "建成社区食堂")
    other = Unit.objects.create(place=cast.place, name="区社会事业局", since=MORNING.date())
    other.names.create(place=cast.place, name=other.name)
    assert first.facts["candidates"][0]["name"] != other.name
    elsewhere = next(at for at, one in enumerate(first.options) if one["needs"] == "unit")
    assert settle(clerk, first, elsewhere, unit=other.name) == 302
    again = question_of(start(clerk, NEXT), "建成社区食堂")
    likely = again.facts["candidates"][0]
    assert likely["name"] == other.name
    assert "曾由区社会事业局牵头" in likely["reason"]


def test_a_withdrawn_draft_is_learned_from_too(cast: Cast, clerk: Client, drafted: Breakdown) -> None:
    question = question_of(drafted, "建成社区食堂")
    names = [one["name"] for one in question.facts["candidates"]]
    assert settle(clerk, question, len(names) - 1) == 302
    withdraw_breakdown(drafted.pk, "重来", by=cast.viewer("clerk"), at=now())
    again = question_of(start(clerk), "建成社区食堂")
    assert again.facts["candidates"][0]["name"] == names[-1]


def test_an_issued_breakdown_is_learned_from(clerk: Client, ledger: Breakdown) -> None:
    question = question_of(start(clerk, NEXT), "改造老旧小区")
    likely = question.facts["candidates"][0]
    assert likely["name"] == "区住建局"
    assert "2024年任务三-1" in likely["reason"]
    assert [one["name"] for one in question.facts["leaders"]] == ["白露（副区长）"]


def test_past_spreadsheets_uploaded_beside_the_report_are_learned_from(cast: Cast, clerk: Client) -> None:
    made = BytesIO()
    with Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["序号", "重点工作", "牵头单位", "责任单位"])
        sheet.write_row(1, 0, ["1", "建成社区食堂8家。", "区老龄事业局", "区财政局"])
        sheet.write_row(2, 0, ["2", "改造老旧小区15个。", "区城市更新局", "区财政局"])
    past = SimpleUploadedFile("去年分解.xlsx", made.getvalue())
    question = question_of(start(clerk, past_files=[past]), "建成社区食堂")
    assert question.facts["candidates"][0]["name"] == "区老龄事业局"
    assert Document.objects.filter(name="去年分解.xlsx", kind=DocumentKind.BREAKDOWN).exists()
    profile = profile_of(cast.place.pk)
    assert profile is not None
    assert profile.value("lead") == "column"


def test_a_draft_goes_the_whole_way_to_the_ledger(cast: Cast, clerk: Client, drafted: Breakdown) -> None:
    at = now()
    accept_proposals(drafted.pk, by=cast.viewer("clerk"), at=at)
    record_approval(drafted.pk, "三届区政府第20次常务会议", date(2024, 3, 6), by=cast.viewer("clerk"), at=at)
    form = IssueForm("望政办〔2024〕5号", date(2024, 3, 8), Publicity.INTERNAL)
    issued = issue_breakdown(drafted.pk, form, by=cast.viewer("head"), at=at)
    assert issued.stage == Stage.ISSUED
    assert clerk.get("/ledger/2024/").status_code == 200
    document = Document.objects.get(pk=issued.document_id)
    assert document.is_draft  # the program's proposal stays the office's own paper


def test_refusals_stand_at_the_form(clerk: Client, draft: Breakdown) -> None:
    assert clerk.post("/breakdowns/draft/", {}).status_code == 422
    wrong = SimpleUploadedFile("分解.md", BREAKDOWN.encode())
    answer = clerk.post("/breakdowns/draft/", {"report_file": wrong})
    assert answer.status_code == 422
    assert "不是政府工作报告" in answer.content.decode()
    taken = SimpleUploadedFile("报告.md", REPORT.encode())
    answer = clerk.post("/breakdowns/draft/", {"report_file": taken})
    assert answer.status_code == 422
    assert "已有责任分解" in answer.content.decode()


def test_the_questions_to_the_database_do_not_grow_with_the_rows(clerk: Client, drafted: Breakdown) -> None:
    def count() -> int:
        set_paper.cache_clear()
        with CaptureQueriesContext(connection) as asked:
            clerk.get(f"/breakdowns/{drafted.pk}/review/?show=all")
        return len(asked)

    many = count()
    gone = list(Question.objects.filter(breakdown=drafted).values_list("pk", flat=True)[3:])
    Question.objects.filter(pk__in=gone).delete()
    assert count() == many


def test_drafting_is_for_the_clerk(cast: Cast) -> None:
    assert cast.client("head").get("/breakdowns/draft/").status_code == 403


def test_two_leads_in_one_answer_are_told_apart(clerk: Client, drafted: Breakdown) -> None:
    question = question_of(drafted, "新增公办学位")
    other = next(at for at, one in enumerate(question.options) if one.get("needs") == "unit")
    form = {"option": other, "version": question.version, "unit": "区教育局、区财政局"}
    answer = clerk.post(f"/questions/{question.pk}/settle/", form)
    assert answer.status_code == 422
    assert "一件事只定一个牵头单位，不能写“区教育局、区财政局”" in answer.content.decode()


def test_what_is_laid_on_all_is_listed_since_nothing_asks_about_it(clerk: Client) -> None:
    drafted = start(clerk, f"{REPORT}\n严格落实中央八项规定精神，力戒形式主义。\n")
    joint = Responsibility.objects.at(None).filter(task__breakdown=drafted, basis="joint").first()
    assert joint is not None
    said = TaskState.objects.at(None).get(task=joint.task).text
    page = clerk.get(f"/breakdowns/{drafted.pk}/review/").content.decode()
    listed = page.split('id="joint"', 1)[1].split("</details>", 1)[0]
    assert "各单位共同落实、没有牵头单位的" in listed
    assert f'href="?show=all#task-{joint.task_id}">{said}</a>' in listed
    assert "改它的单位" in listed
    Breakdown.objects.filter(pk=drafted.pk).update(stage=Stage.APPROVAL)
    page = clerk.get(f"/breakdowns/{drafted.pk}/review/").content.decode()
    listed = page.split('id="joint"', 1)[1].split("</details>", 1)[0]
    assert "印发以后不单独交办。" in listed
    assert "改它的单位" not in listed
