"""Until when: the past's limit for the task that comes every year, and the part units beside a lead have."""

import pytest

from dukao.breakdown.compiler import compile_breakdown
from dukao.breakdown.values import Breakdown
from dukao.drafting.drafter import draft_breakdown
from dukao.drafting.past import TypedRow, typed_breakdown
from dukao.drafting.values import DraftTask
from dukao.language.dates import Deadline, read_deadlines
from dukao.papers.draft_workbook import list_draft_sheets
from dukao.reading.values import Source
from dukao.report.compiler import compile_report

PAST = """# 临江区2024年政府工作报告责任分解

序号\t重点工作\t牵头单位\t配合单位\t完成时限
1\t改造老旧小区15个。\t区住建局\t区财政局\t{limit}
2\t新增规上工业企业18家以上。\t区经信局\t区财政局\t
3\t打通断头河2条。\t区水利局\t区住建局\t6月底前
"""
REPORT = """# 2025年政府工作报告

二、2025年工作安排

（一）改善民生。改造老旧小区18个。新增规上工业企业20家以上。9月底前打通断头河3条。
"""


def source(text: str) -> Source:
    return Source("文件.md", "0" * 64, "text/markdown", "utf-8", text)


def said(words: str, year: int | None = 2024) -> Deadline:
    return read_deadlines(words, 0, len(words), year)[0]


def drafted(past: list[Breakdown], words: str) -> DraftTask:
    draft = draft_breakdown(compile_report(source(REPORT)), past)
    return next(task for task in draft.tasks if words in task.text)


def read(limit: str, year: str = "2024") -> Breakdown:
    return compile_breakdown(source(PAST.format(limit=limit).replace("2024年政府", f"{year}年政府")))


@pytest.mark.parametrize(
    ("limit", "text", "day"),
    [
        ("10月底前", "10月底前", "2025-10-31"),
        ("2024年11月底前", "2025年11月底前", "2025-11-30"),
        ("年内", "年内", "2025-12-31"),
        ("6月30日", "6月30日", "2025-06-30"),
        ("2024年9月", "2025年9月", "2025-09-30"),
        ("长期坚持", "长期坚持", None),
    ],
)
def test_the_limit_of_last_year_is_proposed_for_this_one(limit: str, text: str, day: str) -> None:
    task = drafted([read(limit)], "老旧小区")
    likely = task.likely_deadline
    assert likely is not None
    assert (likely.deadline.text, likely.deadline.date) == (text, day)
    assert likely.confidence >= 0.75
    assert likely.reason == f"2024年任务1-1（改造老旧小区15个。）与此相同或相近，时限是“{limit}”"
    assert task.as_task().deadline == likely.deadline


@pytest.mark.parametrize("limit", ["2026年底前", "二〇二四年底前", "24年底", "2月29日前", "按上级部署", ""])
def test_a_day_that_was_fixed_for_good_or_is_none_does_not_come_again(limit: str) -> None:
    assert drafted([read(limit)], "老旧小区").likely_deadline is None


def test_a_limit_in_the_sentence_stands_and_a_row_without_one_has_none() -> None:
    task = drafted([read("10月底前")], "断头河")
    assert task.likely_deadline is None
    assert task.deadline is not None
    assert task.deadline.text == "9月底前"
    assert drafted([read("10月底前")], "规上工业企业").likely_deadline is None


def test_a_row_that_is_only_of_the_same_kind_says_nothing() -> None:
    rows = [
        TypedRow("改造城中村3个、危旧房200户，老旧小区加装电梯。", ("区住建局",), deadline=said("8月底前"))
    ]
    past = typed_breakdown(rows, name="去年", year=2024)
    assert drafted([past], "老旧小区").likely_deadline is None


def test_the_last_year_counts_and_two_limits_of_one_year_are_a_doubt() -> None:
    def typed(year: int, *limits: str) -> Breakdown:
        rows = [TypedRow("改造老旧小区10个。", ("区住建局",), deadline=said(limit, year)) for limit in limits]
        return typed_breakdown(rows, name="往年", year=year)

    likely = drafted([typed(2024, "9月底前"), typed(2023, "5月底前")], "老旧小区").likely_deadline
    assert likely is not None
    assert likely.deadline.date == "2025-09-30"
    assert drafted([typed(2024, "9月底前", "10月底前")], "老旧小区").likely_deadline is None
    assert drafted([typed(2025, "9月底前")], "老旧小区").likely_deadline is None


def test_a_past_without_a_year_has_months_and_no_years() -> None:
    def undated(limit: str) -> Breakdown:
        rows = [TypedRow("改造老旧小区10个。", ("区住建局",), deadline=said(limit, None))]
        return typed_breakdown(rows, name="往年")

    likely = drafted([undated("9月底前")], "老旧小区").likely_deadline
    assert likely is not None
    assert likely.deadline.date == "2025-09-30"
    assert drafted([undated("2024年9月底前")], "老旧小区").likely_deadline is None


def test_units_beside_a_lead_help_where_the_place_has_them_help() -> None:
    task = drafted([read("10月底前")], "老旧小区")
    assert {(one.name, one.role) for one in task.units} >= {("区住建局", "lead"), ("区财政局", "supporting")}
    starred = typed_breakdown(
        [TypedRow("改造老旧小区10个。", ("区住建局",), ("区财政局",))], name="往年", year=2024
    )
    assert ("区财政局", "responsible") in {
        (one.name, one.role) for one in drafted([starred], "老旧小区").units
    }


def test_the_workbook_of_a_draft_says_limit_and_help_with_their_reasons() -> None:
    draft = draft_breakdown(compile_report(source(REPORT)), [read("10月底前")])
    sheet = list_draft_sheets(draft)[0]
    heads = [column.head for column in sheet.columns]
    row = next(row for row in sheet.rows if "老旧小区" in str(row[2]))
    said = dict(zip(heads, row, strict=True))
    assert (said["牵头单位"], said["配合单位"], said["完成时限"]) == ("区住建局", "区财政局", "10月底前")
    assert "〔时限〕10月底前：2024年任务1" in str(said["依据"])
    assert "10月底前 " in str(said["把握"])
