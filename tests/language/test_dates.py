"""Deadlines: the rules prove themselves, and the spans are what they say."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dukao.language.dates import read_deadlines
from dukao.language.deadline_rules import RULES, fired_deadlines
from dukao.language.rules import Rule


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_rule_proves_itself(rule: Rule) -> None:
    for sentence, reading in rule.matches:
        assert reading in fired_deadlines(sentence).get(rule.code, []), sentence
    for sentence in rule.rejects:
        assert rule.code not in fired_deadlines(sentence), sentence


@pytest.mark.parametrize(
    ("text", "date", "kind"),
    [
        ("12 月底前", "2024-12-31", "by"),
        ("2月底前", "2024-02-29", "by"),
        ("2025年6月底前", "2025-06-30", "by"),
        ("1月前", "2023-12-31", "by"),
        ("2026年前", "2025-12-31", "by"),
        ("今年年底前", "2024-12-31", "by"),
        ("明年年底", "2025-12-31", "milestone"),
        ("“五一”前", "2024-04-30", "by"),
        ("春节前", None, "by"),
        ("全年", "2024-12-31", "within"),
        ("前三季度", "2024-09-30", "within"),
        ("常态化", None, "ongoing"),
        ("10月中旬建成", "2024-10-20", "milestone"),
    ],
)
def test_reads_one_deadline(text: str, date: str | None, kind: str) -> None:
    found = read_deadlines(text, 0, len(text), 2024)
    assert [(d.text, d.date, d.kind) for d in found] == [(text, date, kind)]


def test_months_have_no_date_where_no_year_is_given() -> None:
    assert [d.date for d in read_deadlines("6月底前完工", 0, 6, None)] == [None]


def test_reads_only_inside_the_span() -> None:
    text = "6月底前完工，9月底前投用"
    assert [d.start for d in read_deadlines(text, 7, len(text), 2024)] == [7]


@given(
    st.text(
        alphabet="一二三十0123456789年月日底末内前季度上下半旬到“”五元旦常态化持续推进开工完成 ", max_size=40
    )
)
def test_spans_are_slices_in_order(text: str) -> None:
    found = read_deadlines(text, 0, len(text), 2024)
    assert all(text[d.start : d.end] == d.text for d in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
