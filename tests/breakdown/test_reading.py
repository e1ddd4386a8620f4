"""The breakdown read without a report: cases as files, rules that prove themselves, refusals, any text."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dukao.breakdown.duties.aliases import are_alike
from dukao.breakdown.profiles import Profile, correct_profile
from dukao.breakdown.reader import read_breakdown
from dukao.breakdown.rules.proofs import RULES, fired_breakdown
from dukao.breakdown.values import Breakdown, LivelihoodContent, Task
from dukao.language.rules import Rule
from dukao.reading.errors import SourceError
from tests.breakdown.reading import as_source, in_short

CASES = sorted((Path(__file__).parent.parent / "cases" / "breakdown").glob("*.txt"))
_BOTTOM = "\n| 序号 | 重点工作 | 责任单位 |\n| 1 | 疏浚南塘河。 | 区水务局 |\n"


def test_finds_all_cases() -> None:
    assert len(CASES) == 18


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_reads_the_case_as_written_down(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    assert in_short(read_breakdown(as_source(text))) == expected


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_rule_proves_itself(rule: Rule) -> None:
    for sentence, reading in rule.matches:
        assert reading in fired_breakdown(sentence).get(rule.code, []), sentence
    for sentence in rule.rejects:
        assert rule.code not in fired_breakdown(sentence), sentence


def test_rules_have_codes_of_their_own() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))


def test_refuses_a_report_given_as_a_breakdown() -> None:
    report = (
        "政府工作报告\n各位代表：\n现在，我代表区人民政府向大会报告工作，请予审议。\n各位代表！明年再干。\n"
    )
    with pytest.raises(SourceError) as refused:
        read_breakdown(as_source(report, "报告.md"))
    assert refused.value.code == "not-a-breakdown"
    assert str(refused.value).startswith("报告.md：")
    assert "政府工作报告" in refused.value.message
    assert "责任单位" in refused.value.message


def test_refuses_a_table_without_a_column_for_tasks_and_names_its_columns() -> None:
    with pytest.raises(SourceError) as refused:
        read_breakdown(as_source("序号\t责任单位\t备注\n1\t区水务局\t\n"))
    assert "“序号”“责任单位”“备注”" in refused.value.message
    assert "\n" not in refused.value.message


def test_refuses_prose_that_lays_nothing_on_anybody() -> None:
    with pytest.raises(SourceError):
        read_breakdown(as_source("今天天气很好。\n1.早起。\n2.读书。\n"))


def test_convention_given_by_the_caller_decides_where_the_document_is_silent() -> None:
    text = "1.疏浚南塘河。\n责任单位：区水务局、区住建局\n"
    silent = read_breakdown(as_source(text))
    assert [unit.basis for unit in silent.tasks[0].units] == ["undecided", "undecided"]
    told = read_breakdown(as_source(text), profile=correct_profile(Profile(""), {"lead": "first"}))
    assert [(unit.role, unit.basis) for unit in told.tasks[0].units] == [
        ("lead", "first"),
        ("responsible", "first"),
    ]
    assert told.lead_conventions == ("first",)


@pytest.mark.parametrize(
    ("units", "remark", "expected"),
    [
        (
            "区水务局、区住建局",
            "由区住建局牵头。",
            ["区水务局 responsible remark", "区住建局 lead word"],
        ),
        ("区水务局、区住建局", "区住建局予以配合。", ["区水务局 lead sole", "区住建局 supporting word"]),
        ("*区水务局、区住建局", "由区水务局牵头。", ["区水务局 lead star", "区住建局 responsible star"]),
        ("区水务局", "请区水务局予以支持。", ["区水务局 lead sole"]),
        (
            "区水务局、区人武部",
            "民兵训练工作由区人武部牵头。",
            ["区水务局 responsible undecided", "区人武部 lead word 民兵训练工作"],
        ),
        (
            "区水务局、区委宣传部（区网信办）",
            "由区委宣传部、区委编办牵头。",
            [
                "区水务局 responsible remark",
                "区委宣传部（区网信办） lead word",
                "区委编办 lead remark",
            ],
        ),
    ],
)
def test_a_unit_in_column_and_remark_stands_once_in_its_stronger_role(
    units: str, remark: str, expected: list[str]
) -> None:
    head = "序号\t重点工作\t责任单位\t备注\n"
    read = in_short(read_breakdown(as_source(f"{head}1\t疏浚南塘河。\t{units}\t{remark}\n")))
    assert read["tasks"][0]["units"] == expected


def test_keeps_windows_line_ends_out_of_cells() -> None:
    text = "序号\t重点工作\t责任单位\t备注\r\n1\t疏浚南塘河。\t*区水务局、区住建局\t\r\n"
    breakdown = read_breakdown(as_source(text))
    assert [unit.name for unit in breakdown.tasks[0].units] == ["区水务局", "区住建局"]
    assert breakdown.tasks[0].remark is None


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("区人社局", "区人力社保局"),
        ("网信办", "区网信办"),
        ("区古埠街区中心", "区古埠历史街区中心"),
        ("区文广旅体局", "区文化和广电旅游体育局"),
        ("区住建局", "区住房和城乡建设局"),
        ("区发改局", "临江区发改局"),
        ("区府办公室", "区府办公室"),
    ],
)
def test_proposes_only_different_names_of_one_unit(short: str, long: str) -> None:
    assert are_alike(short, long) == (short != long)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("区发改局", "区经信局"),
        ("市交管局一大队", "市交管局二大队"),
        ("市医保局", "市医疗保障局临江分局"),
        ("区财政局", "市财政局"),
        ("区委组织部", "区委统战部"),
        ("区民政局", "区农业农村局"),
        ("区侨办", "区侨联"),
        ("移动临江分公司", "联通临江分公司"),
    ],
)
def test_does_not_propose_two_units_as_one(short: str, long: str) -> None:
    assert not are_alike(*sorted((short, long), key=len))


_LETTERS = (
    "一二（）()、，。；：*|\t\n 1.2责任单位牵头配合区水务局各街镇"
    "疏浚河“”由请附件#民生实事序号重点工作备注月底前│─"
)


@settings(max_examples=300)
@given(st.text(alphabet=_LETTERS, max_size=120), st.booleans())
def test_any_text_is_read_or_refused_and_every_span_is_its_slice(text: str, framed: bool) -> None:
    text = f"{text}{_BOTTOM}{text}" if framed else text
    try:
        breakdown = read_breakdown(as_source(text))
    except SourceError:
        return
    assert_slices(breakdown)
    assert breakdown == read_breakdown(as_source(text))


def assert_slices(breakdown: Breakdown) -> None:
    """Every offset points at what was read from there, and ids are unique."""
    text = breakdown.source.text
    items: list[Task | LivelihoodContent] = [*breakdown.tasks, *breakdown.livelihood]
    ids = [item.id for item in items]
    assert len(ids) == len(set(ids))
    assert len({group.id for group in breakdown.groups}) == len(breakdown.groups)
    assert {task.group for task in breakdown.tasks} <= {group.id for group in breakdown.groups}
    if any(oddity.code == "wrapped-cells" for oddity in breakdown.diagnostics):
        return
    for task in breakdown.tasks:
        assert text[task.start : task.end] == task.text
    for content in breakdown.livelihood:
        assert text[content.start : content.end] == content.content
    for item in items:
        for unit in item.units:
            assert text[unit.start : unit.end] == unit.written
        if item.remark:
            assert text[item.remark.start : item.remark.end] == item.remark.text
        for leader in item.leaders:
            assert leader.name in "".join(text[leader.start : leader.end].split())
