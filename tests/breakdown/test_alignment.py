"""Facts about holding rows against a report: cases as files, rules that prove themselves, constants."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dukao.breakdown.comparison.alignment import align_row
from dukao.breakdown.comparison.differences import Held, judge_row
from dukao.breakdown.comparison.figures import same_amount
from dukao.breakdown.comparison.folding import fold
from dukao.breakdown.comparison.ground import Ground
from dukao.breakdown.rules.alignment import RULES, fired_alignment
from dukao.language.rules import Rule

CASES = Path(__file__).parent.parent / "cases" / "alignment"


def hold_row(said: str, row: str) -> Held:
    """A row held against a sentence of the plan."""
    ground, folded = Ground(fold(said)), fold(row)
    return judge_row(folded, ground, align_row(folded.text, ground), (row, said), stops_usual=True)


def as_json(said: str, row: str) -> dict[str, Any]:
    """What a case file holds for a row."""
    held = hold_row(said, row)
    return {
        "row": row,
        "relation": held.relation,
        "spans": [said[start:end] for start, end in held.spans],
        "differences": [[one.kind, one.report, one.breakdown] for one in held.differences],
    }


def test_there_are_cases() -> None:
    assert len(list(CASES.glob("*.txt"))) == 9
    assert {path.stem for path in CASES.glob("*.txt")} == {path.stem for path in CASES.glob("*.json")}


@pytest.mark.parametrize("path", sorted(CASES.glob("*.txt")), ids=lambda path: path.stem)
def test_reads_every_case_as_a_person_did(path: Path) -> None:
    said, rows = path.read_text(encoding="utf-8").split("\n⇒\n")
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    assert [as_json(said, row) for row in rows.strip().splitlines()] == expected


@pytest.mark.parametrize(
    ("one", "other", "are_same"),
    [
        ("1万人", "10000人", True),
        ("2.50亿元", "2.5亿元", True),
        ("五十家", "50家", True),
        ("1.5万人", "1.6万人", False),
        ("1.2.3万人", "1.2万人", False),  # a number in parts is none
    ],
)
def test_one_amount_may_be_written_in_two_ways(one: str, other: str, are_same: bool) -> None:
    assert same_amount(one, other) is are_same


def test_every_code_stands_once() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_gives_the_readings_it_promises(rule: Rule) -> None:
    for sentence, reading in rule.matches:
        assert reading in fired_alignment(sentence).get(rule.code, []), sentence


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_keeps_out_of_what_it_rejects(rule: Rule) -> None:
    for sentence in rule.rejects:
        assert rule.code not in fired_alignment(sentence), sentence


def test_a_line_break_in_the_report_is_no_difference() -> None:
    held = hold_row("加快数字化改\n\n造，覆盖率达到 80%以上。", "加快数字化改造，覆盖率达到80%以上。")
    assert (held.relation, held.differences) == ("verbatim", ())


def test_a_number_is_never_lost_among_words() -> None:
    held = hold_row("完成滨江堤防加固4.2公里，惠及居民三千户。", "完成滨江堤防加固4.2公里，惠及居民两千户。")
    assert [(one.kind, one.report, one.breakdown) for one in held.differences] == [
        ("number", "三千户", "两千户")
    ]


_LETTERS = st.text(alphabet="推动建成新增项目路灯公里个以上分别增长和、，。；“”（）%0123 \n城乡", max_size=60)


@given(said=_LETTERS, row=_LETTERS)
def test_spans_and_readings_are_slices_of_their_texts(said: str, row: str) -> None:
    held = hold_row(said, row)
    assert held == hold_row(said, row)
    assert all(0 <= start < end <= len(said) for start, end in held.spans)
    assert all(one[1] <= other[0] for one, other in pairwise(held.spans))
    for one in held.differences:
        assert one.report == (said[slice(*one.report_span)] if one.report_span else "")
        assert one.breakdown == (row[slice(*one.breakdown_span)] if one.breakdown_span else "")


@given(said=_LETTERS, start=st.integers(0, 40), length=st.integers(12, 40))
def test_a_piece_of_the_report_is_found_in_it(said: str, start: int, length: int) -> None:
    row = said[start : start + length]
    if len(fold(row).text.strip("，。、；,;.“”()（） ")) >= 8:
        assert hold_row(said, row).relation != "absent"
