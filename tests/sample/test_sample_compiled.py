"""The sample compiles to what was intended when it was written (src/dukao/sample/README.md)."""

from collections import Counter

import pytest

from dukao.breakdown.compiler import compile_breakdown
from dukao.breakdown.values import Breakdown, Task
from dukao.reading.files import read_file
from dukao.report.compiler import compile_report
from dukao.report.values import Report
from dukao.sample import sample_path


@pytest.fixture(scope="module")
def report() -> Report:
    return compile_report(read_file(sample_path("report")))


@pytest.fixture(scope="module")
def last_report() -> Report:
    return compile_report(read_file(sample_path("last_report")))


@pytest.fixture(scope="module")
def read() -> Breakdown:
    return compile_breakdown(read_file(sample_path("breakdown")))


@pytest.fixture(scope="module")
def held(report: Report) -> Breakdown:
    return compile_breakdown(read_file(sample_path("breakdown")), report)


def _task(breakdown: Breakdown, number: str) -> Task:
    return next(task for task in breakdown.tasks if task.id == number)


def test_the_masthead_is_read(report: Report) -> None:
    assert (report.place, report.level, report.year) == ("临江区", "county", 2024)
    assert (report.delivered, report.speaker) == ("2024-01-26", "沈书航")


def test_last_years_masthead_is_read(last_report: Report) -> None:
    assert (last_report.place, last_report.year, last_report.delivered) == ("临江区", 2023, "2023-02-08")


def test_every_head_of_the_report_is_found(report: Report) -> None:
    assert Counter(section.part for section in report.outline) == {"review": 7, "plan": 31, "self": 5}


def test_the_glossary_holds_neither_commitments_nor_measures(report: Report) -> None:
    glossary = report.source.text.index("名词解释")
    assert max(commitment.end for commitment in report.commitments) < glossary
    assert max(measure.end for measure in report.measures) < glossary


def test_groups_have_their_leaders_and_their_rows(read: Breakdown) -> None:
    rows = Counter(task.group for task in read.tasks)
    assert [([leader.name for leader in group.leaders], rows[group.id]) for group in read.groups] == [
        (["沈书航"], 0),
        (["顾明哲"], 27),
        (["陆宁"], 15),
        (["韩竹青"], 16),
        (["方岳"], 21),
        (["贺兰舟"], 27),
        (["纪远帆"], 6),
        ([], 7),
    ]
    assert read.groups[0].note == "总负责。"


def test_ten_livelihood_projects_have_twenty_five_contents(read: Breakdown) -> None:
    assert len({content.number for content in read.livelihood}) == 10
    assert len(read.livelihood) == 25


def test_the_leader_changes_inside_a_project(read: Breakdown) -> None:
    leaders = {content.id: [leader.name for leader in content.leaders] for content in read.livelihood}
    assert leaders["民生-5-2"] == ["陆宁"]
    assert leaders["民生-5-3"] == ["顾明哲"]


def test_a_lead_in_the_remark_stands_with_its_scope(read: Breakdown) -> None:
    leads = [
        (unit.name, unit.basis, unit.scope) for unit in _task(read, "二-24").units if unit.role == "lead"
    ]
    assert leads == [("区发改局", "star", None), ("区人武部", "remark", "民兵整组等军事工作")]


@pytest.mark.parametrize(
    ("number", "kind", "report_says", "breakdown_says"),
    [
        ("二-2", "number", "5%左右", "5%"),
        ("二-3", "number", "与经济增长同步", "6.2%"),
        ("六-2", "number", "与经济增长同步", "7%"),
        ("五-15", "number", "40家以上", "40以上"),
        ("六-6", "number", "45家", "40家"),
        ("三-10", "omission", "监测", ""),
        ("六-12", "wording", "积极", "主动"),
        ("六-16", "addition", "", "实现"),
        ("五-21", "truncated", "资项目2个", ""),
    ],
)
def test_a_known_difference_is_found(
    held: Breakdown, number: str, kind: str, report_says: str, breakdown_says: str
) -> None:
    found = [d for d in _task(held, number).differences if d.kind == kind]
    assert len(found) == 1
    assert report_says in _plain(found[0].report)
    assert breakdown_says in _plain(found[0].breakdown)


def _plain(text: str) -> str:
    return "".join(text.split())


SPLIT = [
    *("二-6", "二-10", "二-27", "三-2", "三-3", "三-15", "四-2"),
    *("五-4", "五-9", "五-12", "五-16", "五-17", "六-5", "六-24"),
]
EDITED = ["二-2", "二-3", "五-15", "六-2", "六-6", "六-12", "三-10", "六-16"]


@pytest.mark.parametrize("number", SPLIT)
def test_a_row_split_off_is_known_as_split(held: Breakdown, number: str) -> None:
    assert _task(held, number).relation == "split"


@pytest.mark.parametrize("number", EDITED)
def test_an_edited_row_is_known_as_edited(held: Breakdown, number: str) -> None:
    assert _task(held, number).relation == "edited"


@pytest.mark.parametrize("number", ["三-9", "三-13"])
def test_joined_clauses_are_known_as_merged(held: Breakdown, number: str) -> None:
    assert _task(held, number).relation == "merged"


def test_the_row_that_is_not_in_the_report_is_absent(held: Breakdown) -> None:
    assert [task.id for task in held.tasks if task.relation == "absent"] == ["四-16"]


@pytest.mark.parametrize(
    "promise",
    ["健全拖欠企业账款清偿机制", "新增造林2000亩", "做好农村宅基地规范管理", "举办澄江龙舟赛"],
)
def test_a_promise_no_task_takes_up_is_listed(held: Breakdown, report: Report, promise: str) -> None:
    assert held.coverage is not None
    texts = [c.text for c in report.commitments if c.id in held.coverage.uncovered]
    assert any(promise in text for text in texts)


def test_only_actions_and_targets_are_uncovered(held: Breakdown, report: Report) -> None:
    assert held.coverage is not None
    kinds = {c.kind for c in report.commitments if c.id in held.coverage.uncovered}
    assert kinds <= {"action", "target"}


def test_nothing_else_is_uncovered(held: Breakdown, report: Report) -> None:
    assert held.coverage is not None
    texts = [c.text for c in report.commitments if c.id in held.coverage.uncovered]
    assert len(texts) == 5


@pytest.mark.parametrize(
    ("kind", "items"),
    [
        ("conflict", {"三-5", "四-1"}),
        ("conflict", {"六-24", "民生-6-1"}),
        ("check", {"三-7", "民生-4-1"}),
        ("check", {"四-10", "民生-1-1"}),
    ],
)
def test_what_does_not_fit_together_is_found(held: Breakdown, kind: str, items: set[str]) -> None:
    assert any(finding.kind == kind and set(finding.items) == items for finding in held.findings)


def test_only_the_intended_conflicts_are_found(held: Breakdown) -> None:
    conflicts = [finding.items for finding in held.findings if finding.kind == "conflict"]
    assert len(conflicts) == 2


def test_three_units_are_proposed_under_two_names(held: Breakdown) -> None:
    assert sum(finding.code == "unit-alias" for finding in held.findings) == 3
