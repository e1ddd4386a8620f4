"""The ledger leaves as a workbook and comes back: nothing is changed that was not shown, or only by half."""

import re
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dukao.site.history.models import Entry
from dukao.site.history.queries import content_of, verify_chain
from dukao.site.ledger.models import (
    Breakdown,
    DeadlineKind,
    RegisterTag,
    Responsibility,
    Supplement,
    TaskMeasure,
    TaskState,
)
from dukao.site.ledger.setting import Deadline, set_deadline
from tests.site.conftest import MORNING, Cast
from tests.site.ledger.books import Book, edited, load, package, part_of, setter

LATER = MORNING + timedelta(days=20)
HIDDEN = re.compile(r'name="checked" value="([^"]+)"')


def export(cast: Cast, role: str = "clerk", query: str = "") -> bytes:
    response = cast.client(role).get(f"/ledger/2024/workbook/{query}")
    assert response.status_code == 200, response.content.decode()[:500]
    return response.content


def upload(cast: Cast, data: bytes, name: str = "台账.xlsx", role: str = "clerk") -> Any:
    return cast.client(role).post("/ledger/2024/workbook/import/", {"file": SimpleUploadedFile(name, data)})


def confirm(cast: Cast, page: Any, **said: object) -> Any:
    found = HIDDEN.search(page.content.decode())
    assert found, page.content.decode()
    return cast.client("clerk").post("/ledger/2024/workbook/import/", {"checked": found[1], **said})


def text_of(page: Any) -> str:
    return re.sub(r"<[^>]+>|\s+", "", page.content.decode())


def state(row: str) -> TaskState:
    said: TaskState = TaskState.objects.at(None).get(task__placements__row=row, task__placements__until=None)
    return said


def test_a_workbook_has_four_sheets_ready_for_an_office(cast: Cast, ledger: Breakdown) -> None:
    data = export(cast)
    book = load(data)
    assert list(book) == ["重点工作", "民生实事", "单位", "说明"]
    sheet = part_of(data, "xl/worksheets/sheet1.xml")
    assert re.search(r'<pane [^>]*ySplit="3" [^>]*state="frozen"', sheet)
    assert '<autoFilter ref="A3:Q17"/>' in sheet
    assert 'orientation="landscape"' in sheet
    assert re.search(r'<col min="2" max="2" [^>]*hidden="1"', sheet)
    assert "重点工作!$3:$3" in part_of(data, "xl/workbook.xml").replace("'", "")
    assert book["重点工作"][3][0] == "重2024-001"
    assert book["重点工作"][3][1].startswith(f"{state('二-1').pk}-")
    said = book.facts()
    assert said["地方"] == "望潮区"
    assert said["年度"] == "2024年"
    assert "望政办〔2024〕5号" in said["来源"]
    assert said["截至"].endswith("（导出时）")
    assert any("可以直接改" in str(value) for value in said.values())


def test_a_workbook_honours_the_selection_of_the_page(cast: Cast, ledger: Breakdown) -> None:
    book = load(export(cast, query="?q=绿道"))
    assert book.column("重点工作", "编号") == ["重2024-008", "重2024-012"]
    assert book.column("民生实事", "编号") == ["所选范围内没有民生实事。"]
    said = book.facts()
    assert said["范围"] == "搜索“绿道”"


def test_a_liaison_takes_out_only_what_the_unit_sees(cast: Cast, ledger: Breakdown) -> None:
    book = load(export(cast, "liaison"))
    texts = book.column("重点工作", "重点工作") + book.column("民生实事", "内容")
    assert any("老旧小区" in text for text in texts)
    assert not any("断头河" in text for text in texts)
    assert "区住建局" in book.column("单位", "单位")
    assert "区水利局" not in book.column("单位", "单位")
    assert "怎样导回" not in book.facts()


@pytest.mark.parametrize("role", ["auditor", "system_admin", "security_admin"])
def test_administrators_take_nothing_out(cast: Cast, ledger: Breakdown, role: str) -> None:
    assert cast.client(role).get("/ledger/2024/workbook/").status_code == 403


@pytest.mark.parametrize("role", ["head", "liaison", "unit_head", "leader", "deputy", "auditor"])
def test_only_the_clerk_brings_a_workbook_in(cast: Cast, ledger: Breakdown, role: str) -> None:
    assert cast.client(role).get("/ledger/2024/workbook/import/").status_code == 403
    assert upload(cast, b"", role=role).status_code == 403


@pytest.mark.parametrize(
    "begin", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", '=HYPERLINK("http://x.example")']
)
def test_no_words_of_a_document_become_a_formula(cast: Cast, ledger: Breakdown, begin: str) -> None:
    said = state("二-1")
    TaskState.objects.filter(pk=said.pk).update(text=begin, remark=begin)
    data = export(cast)
    assert load(data).cell("重点工作", "重2024-001", "重点工作").value == begin
    assert "<f>" not in part_of(data, "xl/worksheets/sheet1.xml")
    assert 't="s"' in part_of(data, "xl/worksheets/sheet1.xml")
    assert "没有改动" in text_of(upload(cast, data))


def test_an_unchanged_workbook_is_no_change(cast: Cast, ledger: Breakdown) -> None:
    data = export(cast)
    entries = Entry.objects.count()
    page = upload(cast, data)
    assert "没有改动：工作簿与台账一致（17行）" in text_of(page)
    assert "checked" not in page.content.decode()
    assert Entry.objects.count() == entries


def test_a_workbook_saved_by_another_program_is_no_change(cast: Cast, draft: Breakdown) -> None:
    def sort_and_drop(book: Book) -> None:
        book["重点工作"][3:] = reversed(book["重点工作"][3:])
        book["重点工作"] = [[row[0], "", *row[1:]] for row in book["重点工作"]]
        del book["说明"], book["民生实事"][4]

    assert "没有改动" in text_of(upload(cast, edited(export(cast), sort_and_drop)))


def test_a_change_is_shown_before_it_is_applied(cast: Cast, ledger: Breakdown) -> None:
    data = edited(export(cast), setter("重点工作", "重2024-002", "时限", "6月底前"))
    page = upload(cast, data)
    assert page.status_code == 200
    assert "1行有改动" in text_of(page)
    assert "6月底前" in text_of(page)
    assert "2024-06-30" in text_of(page)
    assert state("二-2").deadline is None
    before = Entry.objects.count()
    assert confirm(cast, page).status_code == 302
    said = state("二-2")
    assert (said.deadline_text, said.deadline, said.deadline_kind) == ("6月底前", date(2024, 6, 30), "by")
    assert Entry.objects.count() == before + 1
    entry = Entry.objects.first()
    assert entry is not None
    assert entry.action == "workbook-applied"
    (said,) = content_of(entry)["after"]["changes"]
    assert {name: one for name, one in said.items() if name != "task"} == {
        "called": "重2024-002",
        "时限": "6月底前",
        "时限日期": "2024-06-30",
    }
    assert verify_chain().holds
    assert "没有改动" in text_of(upload(cast, export(cast)))


def test_dates_typed_in_a_spreadsheet_are_dates(cast: Cast, ledger: Breakdown) -> None:
    def edit(book: Book) -> None:
        book.cell("重点工作", "重2024-001", "时限日期").value = date(2024, 9, 30)
        book.cell("重点工作", "重2024-002", "时限日期").value = "2024年10月8日"
        book.cell("重点工作", "重2024-003", "时限日期").value = "明年吧"
        book.cell("重点工作", "重2024-004", "时限日期").value = date(1924, 1, 1)

    page = upload(cast, edited(export(cast), edit))
    assert "2行有改动" in text_of(page)
    assert "2行不能应用" in text_of(page)
    assert "“明年吧”不是日期" in text_of(page)
    confirm(cast, page)
    assert state("二-1").deadline == date(2024, 9, 30)
    assert state("二-2").deadline == date(2024, 10, 8)
    assert state("二-3").deadline is None


def test_a_time_limit_that_replaces_another_needs_a_reason(cast: Cast, ledger: Breakdown) -> None:
    task = state("二-1").task_id
    first = Deadline(date(2024, 6, 30), DeadlineKind.BY, "6月底前")
    set_deadline(task, first, by=cast.viewer("clerk"), at=LATER)
    page = upload(cast, edited(export(cast), setter("重点工作", "重2024-001", "时限", "9月底前")))
    again = confirm(cast, page)
    assert again.status_code == 422
    assert "请写明为什么改动已定的时限" in text_of(again)
    assert state("二-1").deadline_text == "6月底前"
    assert confirm(cast, again, why="实施方案已定").status_code == 302
    assert state("二-1").deadline == date(2024, 9, 30)
    entry = Entry.objects.first()
    assert entry is not None
    assert entry.why == "实施方案已定"


def test_in_a_draft_words_units_and_leaders_change_at_once(cast: Cast, draft: Breakdown) -> None:
    def edit(book: Book) -> None:
        book.cell("重点工作", "二-2", "重点工作").value = "新增规上工业企业25家以上。"
        book.cell("重点工作", "二-2", "牵头单位").value = "区科技局"
        book.cell("重点工作", "二-2", "责任单位").value = "区经信局、各街道、区财政局"
        book.cell("重点工作", "二-1", "牵头领导").value = "白露"
        book.cell("重点工作", "二-1", "备注").value = "按月调度。"
        book.cell("重点工作", "二-1", "清单").value = "重大指标、重大项目"

    page = upload(cast, edited(export(cast), edit))
    assert "2行有改动" in text_of(page)
    assert confirm(cast, page).status_code == 302
    said = state("二-2")
    assert said.text == "新增规上工业企业25家以上。"
    duties = Responsibility.objects.at(None).filter(task=said.task)
    assert sorted((one.role, str(one.unit or one.group)) for one in duties) == [
        ("lead", "区科技局"),
        ("responsible", "区经信局"),
        ("responsible", "区财政局"),
        ("responsible", "各街道"),
    ]
    assert [one.value for one in TaskMeasure.objects.at(None).filter(task=said.task)] == [25]
    other = state("二-1")
    assert other.remark == "按月调度。"
    placement = other.task.placements.get(until=None)
    assert placement.post is not None
    assert placement.post.tenures.get().person.name == "白露"
    tags = RegisterTag.objects.at(None).filter(task=other.task)
    assert {(tag.register, tag.is_proposed) for tag in tags} == {("indicator", False), ("project", False)}
    assert "没有改动" in text_of(upload(cast, export(cast)))


def test_after_the_issue_words_and_units_wait_for_a_signature(cast: Cast, ledger: Breakdown) -> None:
    def edit(book: Book) -> None:
        book.cell("重点工作", "重2024-002", "牵头单位").value = "区科技局"
        book.cell("重点工作", "重2024-002", "责任单位").value = "区经信局、各街道"
        book.cell("重点工作", "重2024-002", "清单").value = "重大项目"
        book.cell("重点工作", "重2024-006", "重点工作").value = "改造老旧小区20个。"

    page = upload(cast, edited(export(cast), edit))
    said = text_of(page)
    assert "补充通知签发后" in said
    assert "确认后立即" in said
    without = confirm(cast, page)
    assert without.status_code == 422
    assert Supplement.objects.count() == 0
    paper = {
        "paper-kind": "notice",
        "paper-document_number": "望政办〔2024〕18号",
        "paper-dated": "2024-03-20",
        "paper-why": "因区机构改革，有关职责划转",
    }
    done = confirm(cast, page, **paper)
    supplement = Supplement.objects.get()
    assert done.status_code == 302
    assert done["Location"] == f"/supplements/{supplement.pk}/"
    assert {change["task"] for change in supplement.changes} == {
        state("二-2").task_id,
        state("三-1").task_id,
    }
    assert state("三-1").text == "改造老旧小区18个。"
    lead = Responsibility.objects.at(None).get(task=state("二-2").task, role="lead")
    assert str(lead.unit) == "区经信局"
    assert RegisterTag.objects.at(None).filter(task=lead.task, register="project", is_proposed=False).exists()


def test_what_a_supplement_already_says_is_not_drafted_twice(cast: Cast, ledger: Breakdown) -> None:
    def edit(book: Book) -> None:
        book.cell("重点工作", "重2024-006", "重点工作").value = "改造老旧小区20个。"

    book = edited(export(cast), edit)
    paper = {
        "paper-kind": "notice",
        "paper-document_number": "望政办〔2024〕18号",
        "paper-dated": "2024-03-20",
        "paper-why": "据实调整",
    }
    assert confirm(cast, upload(cast, book), **paper).status_code == 302
    supplement = Supplement.objects.get()
    again = upload(cast, book)
    assert "没有新的改动：1 行的改动已经拟成补充通知，待签发" in again.content.decode()
    assert f'href="/supplements/{supplement.pk}/"' in again.content.decode()
    assert 'name="checked"' not in again.content.decode()

    def edit_more(book: Book) -> None:
        edit(book)
        book.cell("重点工作", "重2024-006", "清单").value = "重大项目"

    more = upload(cast, edited(export(cast), edit_more))
    assert "不再重复拟" in text_of(more)
    assert confirm(cast, more).status_code == 302, "what is set at once needs no paper"
    assert Supplement.objects.get() == supplement


def test_a_livelihood_content_needs_the_decision_of_the_congress(cast: Cast, ledger: Breakdown) -> None:
    page = upload(
        cast, edited(export(cast), setter("民生实事", "民2024-001", "内容", "完成老旧小区改造15个。"))
    )
    paper = {
        "paper-kind": "notice",
        "paper-document_number": "望政办〔2024〕18号",
        "paper-dated": "2024-03-20",
        "paper-why": "计划调整",
    }
    assert confirm(cast, page, **paper).status_code == 422
    paper["paper-congress_decision"] = "望人常〔2024〕7号"
    assert confirm(cast, page, **paper).status_code == 422
    paper["paper-congress_decided_on"] = "2024-03-19"
    assert confirm(cast, page, **paper).status_code == 302


@pytest.mark.parametrize(
    ("head", "value", "why"),
    [
        ("责任单位", "区经信", "没有叫“区经信”的单位或统称：可能是“区经信局”"),
        ("牵头单位", None, "牵头单位不能清空"),
        ("重点工作", None, "内容不能清空"),
        ("牵头领导", "钟生", "没有叫“钟生”的在任领导：可能是“钟声”"),
        ("数字目标", "100家", "“数字目标”一栏不能在工作簿里改"),
        ("分解表编号", "九-9", "“分解表编号”一栏不能在工作簿里改"),
        ("清单", "重大事项", "“清单”里没有“重大事项”"),
        ("公开属性", "绝不公开", "“公开属性”里没有“绝不公开”"),
        ("公开属性", "不予公开", "须填写“不予公开理由”"),
        ("编号", "重2024-999", "没有编号“重2024-999”"),
        ("编号", "重2024-003", "行可能错位了"),
        ("版本", None, "隐藏的“版本”栏空了"),
        ("版本", "99999999-abc", "这一行不在2024年台账里"),
        ("版本", "１２-abc", "隐藏的“版本”栏空了或改坏了"),
    ],
)
def test_a_row_that_cannot_be_applied_says_why(
    cast: Cast, ledger: Breakdown, head: str, value: str | None, why: str
) -> None:
    before = list(TaskState.objects.values())
    page = upload(cast, edited(export(cast), setter("重点工作", "重2024-002", head, value)))
    assert page.status_code == 200
    assert "1行不能应用" in text_of(page)
    assert why in text_of(page)
    assert "checked" not in page.content.decode()
    assert list(TaskState.objects.values()) == before


def test_a_row_that_stands_twice_is_not_applied(cast: Cast, ledger: Breakdown) -> None:
    def edit(book: Book) -> None:
        book["重点工作"].append(list(book["重点工作"][4]))
        book.cell("重点工作", "重2024-002", "时限").value = "6月底前"

    page = upload(cast, edited(export(cast), edit))
    assert "2行不能应用" in text_of(page)
    assert "是同一项任务：一项任务只能留一行" in text_of(page)


def test_a_row_changed_since_the_export_shows_both_writings(cast: Cast, ledger: Breakdown) -> None:
    data = export(cast)
    first = Deadline(date(2024, 6, 30), DeadlineKind.BY, "6月底前")
    set_deadline(state("二-2").task_id, first, by=cast.viewer("clerk"), at=LATER)
    assert "没有改动" in text_of(upload(cast, data)), "who did not touch the row is not asked about it"

    def edit(book: Book) -> None:
        book.cell("重点工作", "重2024-002", "时限").value = "9月底前"
        book.cell("重点工作", "重2024-001", "清单").value = "重大项目"

    page = upload(cast, edited(data, edit))
    said = text_of(page)
    assert "导出之后台账里这一项又改过" in said
    assert "台账：6月底前工作簿：9月底前" in said
    confirm(cast, page)
    assert state("二-2").deadline_text == "6月底前"


def test_a_ledger_that_moved_while_somebody_read_is_left_alone(cast: Cast, ledger: Breakdown) -> None:
    def edit(book: Book) -> None:
        book.cell("重点工作", "重2024-001", "清单").value = "重大项目"
        book.cell("重点工作", "重2024-002", "时限").value = "9月底前"

    page = upload(cast, edited(export(cast), edit))
    first = Deadline(date(2024, 6, 30), DeadlineKind.BY, "6月底前")
    set_deadline(state("二-2").task_id, first, by=cast.viewer("clerk"), at=LATER)
    before = list(RegisterTag.objects.values())
    refused = confirm(cast, page)
    assert refused.status_code == 409
    assert "没有应用任何一行" in text_of(refused)
    assert list(RegisterTag.objects.values()) == before
    assert state("二-2").deadline_text == "6月底前"


def test_what_is_confirmed_is_applied_once(cast: Cast, ledger: Breakdown) -> None:
    page = upload(cast, edited(export(cast), setter("重点工作", "重2024-001", "清单", "重大项目")))
    assert confirm(cast, page).status_code == 302
    entries = Entry.objects.count()
    assert confirm(cast, page).status_code == 409
    assert Entry.objects.count() == entries


def test_nothing_is_half_applied(cast: Cast, ledger: Breakdown) -> None:
    def edit(book: Book) -> None:
        book.cell("重点工作", "重2024-001", "清单").value = "重大项目"
        book.cell("重点工作", "重2024-002", "时限").value = "9月底前"

    page = upload(cast, edited(export(cast), edit))
    before = list(TaskState.objects.values()), list(RegisterTag.objects.values())
    with (
        patch("dukao.site.ledger.workbooks.applying.restate", side_effect=RuntimeError("killed")),
        pytest.raises(RuntimeError),
    ):
        confirm(cast, page)
    assert (list(TaskState.objects.values()), list(RegisterTag.objects.values())) == before


def test_what_was_not_shown_to_this_user_is_not_applied(cast: Cast, ledger: Breakdown) -> None:
    page = upload(cast, edited(export(cast), setter("重点工作", "重2024-001", "清单", "重大项目")))
    found = HIDDEN.search(page.content.decode())
    assert found
    client = cast.client("clerk")
    for checked in (found[1][:-2] + "xx", "", "a:b:c"):
        response = client.post("/ledger/2024/workbook/import/", {"checked": checked})
        assert response.status_code == 409
    assert not RegisterTag.objects.at(None).filter(register="project", is_proposed=False).exists()


def test_publicity_changes_after_the_issue_with_its_reason(cast: Cast, ledger: Breakdown) -> None:
    def edit(book: Book) -> None:
        book.cell("重点工作", "重2024-001", "公开属性").value = "不予公开"
        book.cell("重点工作", "重2024-001", "不予公开理由").value = "涉及个人隐私"

    confirm(cast, upload(cast, edited(export(cast), edit)))
    said = state("二-1")
    assert (said.publicity, said.publicity_reason) == ("withheld", "涉及个人隐私")


def test_publicity_waits_for_the_issue(cast: Cast, draft: Breakdown) -> None:
    page = upload(cast, edited(export(cast), setter("重点工作", "二-1", "公开属性", "主动公开")))
    assert "公开属性在印发时统一确定" in text_of(page)


def test_a_column_of_ones_own_is_named_and_left_unread(cast: Cast, ledger: Breakdown) -> None:
    def edit(book: Book) -> None:
        book["重点工作"][2].append("科室意见")

    assert "“科室意见”" in text_of(upload(cast, edited(export(cast), edit)))


def test_a_column_taken_away_is_asked_for(cast: Cast, ledger: Breakdown) -> None:
    def drop_version(book: Book) -> None:
        book["重点工作"] = [[row[0], *row[2:]] for row in book["重点工作"]]

    page = upload(cast, edited(export(cast), drop_version))
    assert page.status_code == 422
    assert "缺少这些栏：版本" in text_of(page)


SHEET = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData>'
    b"</worksheet>"
)
FAR = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
EMPTY = b"".join(b'<row r="%d"><c r="A%d" s="1"/></row>' % (at, at) for at in range(1, 1_000_001, 1))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xlsx", b"not a package"),
        ("a.xls", b"\xd0\xcf\x11\xe0"),
        ("a.xlsm", package()),
        ("a.xlsx", b"x" * (10 * 2**20 + 1)),
        ("a.xlsx", package(xl__vbaProject_DOT_bin=b"macro")),
        ("a.xlsx", package(xl__worksheets__sheet1_DOT_xml=b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + SHEET % b"")),
        ("a.xlsx", package(xl__worksheets__sheet1_DOT_xml=SHEET % (b" " * 90_000_000))),
        ("a.xlsx", package(xl__worksheets__sheet1_DOT_xml=SHEET % FAR)),
        (
            "a.xlsx",
            package(
                xl__worksheets__sheet1_DOT_xml=SHEET
                % FAR.replace(b'r="XFD', b"r='XFD").replace(b'6">', b"6'>")
            ),
        ),
        ("a.xlsx", package(xl__worksheets__sheet1_DOT_xml=(SHEET % FAR).decode().encode("utf-16"))),
        ("a.xlsx", package(xl__worksheets__sheet1_DOT_xml=SHEET % EMPTY)),
        ("a.xlsx", package(xl__worksheets__sheet1_DOT_xml=b"<broken")),
        ("a.xlsx", package()),
    ],
    ids=[
        "text",
        "ole",
        "macros-name",
        "large",
        "macros",
        "dtd",
        "bomb",
        "far",
        "far-quoted",
        "far-wide",
        "million-empty",
        "broken",
        "foreign",
    ],
)
def test_a_workbook_that_is_not_ours_or_not_safe_is_refused(
    cast: Cast, ledger: Breakdown, name: str, data: bytes
) -> None:
    before = Entry.objects.count()
    page = upload(cast, data, name)
    assert page.status_code in (413, 422)
    assert 'class="error"' in page.content.decode()
    assert Entry.objects.count() == before


def test_an_export_asks_the_database_the_same_however_many_tasks(
    cast: Cast, ledger: Breakdown, django_assert_max_num_queries: Any
) -> None:
    client = cast.client("clerk")
    client.get("/ledger/2024/workbook/")
    with django_assert_max_num_queries(24):
        client.get("/ledger/2024/workbook/")


def test_the_file_bears_the_day_of_the_place(
    cast: Cast, ledger: Breakdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, early = cast.client("clerk"), datetime(2099, 7, 1, 16, 30, tzinfo=UTC)
    monkeypatch.setattr("dukao.site.people.middleware.timezone", SimpleNamespace(now=lambda: early))
    monkeypatch.setattr("dukao.site.people.middleware.has_gone_idle", lambda *_: False)
    response = client.get("/ledger/2024/workbook/")
    assert "20990702.xlsx" in response["Content-Disposition"]
