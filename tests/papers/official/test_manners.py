"""Annexes in the manner of the place: read back by dukao's reader, each gives the rows it was made from."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dukao.breakdown.compiler import compile_breakdown
from dukao.breakdown.habits import detect_profile
from dukao.breakdown.profiles import Profile, Trait, correct_profile, read_profile
from dukao.breakdown.values import Breakdown, LivelihoodContent, Task
from dukao.papers.official.annexes import key_annex
from dukao.papers.official.breakdown_papers import notice_of
from dukao.papers.official.docx import render_docx
from dukao.papers.official.manners import LEADS_BY, DutyWords, LeadBy, Manner, manner_of, write_units
from dukao.papers.official.notices import NoticeFacts, notice
from dukao.papers.official.pdf import render_pdf
from dukao.papers.official.rows import KeyGroup, KeyRow, LivelihoodRow
from dukao.papers.official.values import Paper, Table, Text
from dukao.reading.files import read_file
from dukao.sample import sample_path
from tests.breakdown.reading import as_source

RENDER: dict[str, Callable[[Paper], bytes]] = {"docx": render_docx, "pdf": render_pdf}
MANNERS = [*(Manner(by) for by in LEADS_BY), Manner("column", "主办单位", "责任部门", "协办单位")]
UNITS = ("区发改局", "区财政局", "区住建局（区六重办）", "区教育局", "区妇联", "市公安局临江分局")
GROUPS = ("各街镇", "相关街镇")
FACTS = NoticeFacts(
    year=2024,
    office="临江区人民政府办公室",
    number="临政办〔2024〕7号",
    dated=date(2024, 3, 8),
    addressees="各街道办事处、镇人民政府，区政府直属各单位",
)
Said = tuple[str, str, tuple[tuple[str, str], ...], tuple[str, ...], str]


def read_back(paper: Paper, kind: str) -> Breakdown:
    with TemporaryDirectory() as folder:
        path = Path(folder, f"通知.{kind}")
        path.write_bytes(RENDER[kind](paper))
        return compile_breakdown(read_file(path))


def told(item: Task | LivelihoodContent) -> Said:
    """What a row says: its number, words, parts, leaders and limit."""
    words = item.text if isinstance(item, Task) else item.content
    parts = tuple(sorted((u.role, f"{u.name}（{u.office}）" if u.office else u.name) for u in item.units))
    limit = item.deadline.text if item.deadline else ""
    return item.number, "".join(words.split()), parts, tuple(one.name for one in item.leaders), limit


def wanted(row: KeyRow | LivelihoodRow, leaders: tuple[str, ...]) -> Said:
    parts = tuple(sorted((one.role, one.name) for one in row.duties))
    return row.number, row.words, parts, leaders, row.deadline


@st.composite
def duties(draw: st.DrawFn) -> tuple[DutyWords, ...]:
    """Who answers for a row: somebody leads it, or it is laid on groups alone."""
    names = draw(st.permutations(UNITS))
    groups = [DutyWords(name, "responsible", True) for name in GROUPS[: draw(st.integers(0, 2))]]
    kind = draw(st.sampled_from(["led", "led", "led", "led by a group", "joint"]))
    leads = [DutyWords(name, "lead") for name in names[: draw(st.integers(1, 2))]]
    others = [DutyWords(name, "responsible") for name in names[2 : 2 + draw(st.integers(0, 2))]]
    helping = [DutyWords(name, "supporting") for name in names[4 : 4 + draw(st.integers(0, 2))]]
    match kind:
        case "joint":
            return (DutyWords("各街镇", "responsible", True), *helping)
        case "led by a group":
            return (DutyWords("各街镇", "lead", True), *others, *helping)
    return (*leads, *others, *groups, *helping)


@st.composite
def rows(draw: st.DrawFn) -> tuple[KeyRow, ...]:
    own = draw(st.booleans())
    found = []
    for at in range(1, draw(st.integers(2, 5))):
        words = f"{draw(st.sampled_from(['疏浚南塘河', '新增学位', '改造老旧小区']))}{at}处，保持全年稳定。"
        limit = draw(st.sampled_from(["", "6月底前", "12月底前"]))
        leader = draw(st.sampled_from(["白露", "葛洪"])) if own else ""
        found.append(KeyRow(str(at), words, draw(duties()), leaders=leader, deadline=limit))
    return tuple(found)


def assert_same(key: tuple[KeyRow, ...], contents: list[LivelihoodRow], manner: Manner, kind: str) -> None:
    head = KeyGroup("一、周望副区长牵头重点工作", key)
    back = read_back(notice(FACTS, [head], contents, manner), kind)
    led = [tuple(row.leaders.split("、")) if row.leaders else ("周望",) for row in key]
    assert [told(one) for one in back.tasks] == [wanted(one, by) for one, by in zip(key, led, strict=True)]
    assert [told(one) for one in back.livelihood] == [wanted(one, (one.leaders,)) for one in contents]
    assert [group.title for group in back.groups] == ["周望副区长牵头重点工作"]


@st.composite
def livelihood(draw: st.DrawFn) -> list[LivelihoodRow]:
    return [
        LivelihoodRow(number, project, f"完成{project}{at}处。", draw(st.sampled_from(["陆宁", "白露"])), who)
        for number, project in (("1", "安居提质"), ("2", "教育优学"))
        for at in range(1, draw(st.integers(2, 3)))
        for who in [tuple(one for one in draw(duties()) if not one.is_group)]
        if any(one.role == "lead" for one in who)
    ]


@pytest.mark.parametrize("manner", MANNERS, ids=lambda one: f"{one.lead_by}-{one.lead}")
@settings(max_examples=40, deadline=None)
@given(key=rows(), contents=livelihood())
def test_what_was_written_in_a_manner_is_read_back_from_word(
    manner: Manner, key: tuple[KeyRow, ...], contents: list[LivelihoodRow]
) -> None:
    assert_same(key, contents, manner, "docx")


@pytest.mark.parametrize("manner", MANNERS, ids=lambda one: f"{one.lead_by}-{one.lead}")
@settings(max_examples=12, deadline=None)
@given(key=rows(), contents=livelihood())
def test_what_was_written_in_a_manner_is_read_back_from_pdf(
    manner: Manner, key: tuple[KeyRow, ...], contents: list[LivelihoodRow]
) -> None:
    assert_same(key, contents, manner, "pdf")


@pytest.mark.parametrize("kind", RENDER)
@pytest.mark.parametrize("by", LEADS_BY)
def test_a_whole_breakdown_says_the_same_in_every_manner(by: LeadBy, kind: str) -> None:
    breakdown = compile_breakdown(read_file(sample_path("breakdown")))
    back = read_back(notice_of(breakdown, Manner(by)), kind)
    for made, found in ((breakdown.tasks, back.tasks), (breakdown.livelihood, back.livelihood)):
        assert [told(one) for one in found] == [told(one) for one in made]


def test_a_lead_that_stands_in_the_remark_stands_first_where_the_first_leads() -> None:
    said = (DutyWords("区委改革办", "lead", in_remark=True), DutyWords("区司法局", "responsible"))
    assert write_units(said, Manner("first")).units == "区委改革办、区司法局"
    assert write_units(said).units == "区司法局"


def test_where_the_first_leads_a_row_without_a_lead_says_so() -> None:
    open_row = KeyRow("1", "疏浚南塘河6公里。", (DutyWords("区财政局", "responsible"),) * 2)
    for by, remark in (("first", "牵头单位待定"), ("star", ""), ("column", "")):
        annex = key_annex("责任分解", [KeyGroup("", (open_row,))], Manner(by))  # type: ignore[arg-type]
        table = annex.blocks[0]
        assert isinstance(table, Table)
        last = table.rows[0][-1]
        assert last is not None
        assert last.words == remark


def test_where_the_first_leads_a_row_laid_on_units_together_says_that_nobody_does() -> None:
    joint = tuple(DutyWords(name, "responsible", is_joint=True) for name in UNITS[:2])
    contents = [LivelihoodRow("1", "安居提质", "改造老旧小区9处。", "", joint, "分两批。")]
    led = (DutyWords(UNITS[2], "lead"), DutyWords(UNITS[3], "responsible"))
    rows = (KeyRow("1", "疏浚南塘河6公里。", led), KeyRow("2", "巩固公开指数。", joint))
    paper = notice(FACTS, [KeyGroup("", rows)], contents, Manner("first"))
    tables = [block for annex in paper.annexes for block in annex.blocks if isinstance(block, Table)]
    remarks = [row[-1].words for table in tables for row in table.rows if row[-1]]
    assert remarks == ["", "共同落实，不设牵头", "分两批；共同落实，不设牵头"]


COLUMNS = """2024年重点工作责任分解

序号\t重点工作\t主办单位\t协办单位（列席）\t责任单位及责任人\t完成时限
1\t疏浚南塘河6公里。\t县水务局\t县住建局\t\t10月底前
2\t改造老旧管网9公里。\t县住建局\t县水务局\t\t11月底前
"""
LABELS = """2024年重点工作责任分解

一、生态建设
1.疏浚南塘河6公里。
牵头单位：县水务局
配合部门：县住建局
"""
FIRST = """2024年重点工作责任分解

1.疏浚南塘河6公里。
责任单位：县水务局、县住建局（列第一位的为牵头单位，下同）
2.改造老旧管网9公里。
责任单位：县住建局、县水务局
"""


def test_columns_are_called_as_the_place_calls_them() -> None:
    profile = detect_profile(compile_breakdown(as_source(COLUMNS)))
    assert profile.heads == (("lead", "主办单位"), ("supporting", "协办单位"))
    assert manner_of(profile) == Manner("column", "主办单位", "责任单位", "协办单位")
    assert manner_of(correct_profile(profile, {"lead": "star"})).lead_by == "star"


def test_the_notice_calls_units_as_its_columns_do() -> None:
    for manner, called in (
        (MANNERS[-1], "主办单位要加强统筹，协办单位要主动配合"),
        (Manner(), "牵头单位要加强统筹"),
    ):
        paper = notice(FACTS, [], [], manner)
        assert any(called in block.words for block in paper.body if isinstance(block, Text))


def test_labels_below_an_item_are_columns_of_a_table() -> None:
    manner = manner_of(detect_profile(compile_breakdown(as_source(LABELS))))
    assert manner == Manner("column", "牵头单位", "责任单位", "配合部门")


def test_the_first_leads_where_the_document_says_so() -> None:
    breakdown = compile_breakdown(as_source(FIRST))
    paper = notice_of(breakdown)
    tables = [block for annex in paper.annexes for block in annex.blocks if isinstance(block, Table)]
    assert [table.note for table in tables] == ["注：列第一位的为牵头单位。"]
    assert "县水务局、县住建局" in [cell.words for row in tables[0].rows for cell in row if cell]


@pytest.mark.parametrize("value", ["sole", "undecided"])
def test_where_a_place_does_not_say_who_leads_a_star_does(value: str) -> None:
    assert manner_of(Profile("临江区", (Trait("lead", value, "document"),))).lead_by == "star"
    assert manner_of(None).lead_by == "star"


def test_heads_are_kept_with_the_profile_and_odd_ones_passed_over() -> None:
    profile = detect_profile(compile_breakdown(as_source(COLUMNS)))
    kept = profile.as_json()
    assert kept["heads"] == {"lead": "主办单位", "supporting": "协办单位"}
    assert read_profile(json.dumps(kept), "本地.json") == profile
    kept["heads"] = {"lead": 3, "supporting": "备注", "responsible": "责任单位"}
    assert read_profile(json.dumps(kept), "本地.json").heads == (("responsible", "责任单位"),)
