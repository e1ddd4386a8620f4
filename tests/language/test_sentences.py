"""Clauses of running prose."""

import time

from hypothesis import given
from hypothesis import strategies as st

from dukao.language.sentences import find_clauses, split_clauses


def _cut(text: str) -> list[str]:
    return [text[start:end] for start, end in find_clauses(text, 0, len(text))]


def test_cuts_at_every_stop_and_says_which() -> None:
    clauses = split_clauses("修桥，铺路；植树。", 0, 9)
    assert [(clause.start, clause.end, clause.stop) for clause in clauses] == [
        (0, 2, "，"),
        (3, 5, "；"),
        (6, 8, "。"),
    ]


def test_gives_no_stop_at_the_end_of_the_passage() -> None:
    assert split_clauses("修桥，铺路，", 0, 5)[-1].stop == ""


def test_does_not_look_inside_quotations_and_brackets() -> None:
    assert _cut("推行“一窗受理，集成服务”，发布《临江区河道，岸线办法》（试行，两年）。") == [
        "推行“一窗受理，集成服务”",
        "发布《临江区河道，岸线办法》（试行，两年）",
    ]


def test_an_unclosed_mark_hides_nothing() -> None:
    assert _cut("推行“一窗受理，改造码头（东岸，修订《办法，完善台账") == [
        "推行“一窗受理",
        "改造码头（东岸",
        "修订《办法",
        "完善台账",
    ]


def test_pairs_straight_quotation_marks() -> None:
    assert _cut('争创"水清,岸绿"城区,打造"数字临江",建成投用') == [
        '争创"水清,岸绿"城区',
        '打造"数字临江"',
        "建成投用",
    ]


def test_keeps_numbers_whole() -> None:
    assert _cut("投资1,250.5万元,比例为1:2,新增3,500户") == ["投资1,250.5万元", "比例为1:2", "新增3,500户"]


def test_takes_a_half_width_point_between_chinese_for_a_full_stop() -> None:
    assert _cut("1.新建水厂2座.改造PM2.5站点.完善制度") == ["1.新建水厂2座", "改造PM2.5站点", "完善制度"]


def test_drops_empty_clauses_and_leading_white_space() -> None:
    assert _cut("  ，\n　修桥， 。铺路 ") == ["修桥", "铺路 "]


@given(st.text(alphabet='修桥路新3,.，。；：:“”"（）()《》‘’ \n'))
def test_clauses_are_in_order_inside_and_begin_with_words(text: str) -> None:
    edge = 0
    for start, end in find_clauses(text, 0, len(text)):
        assert edge <= start < end <= len(text)
        assert not text[start].isspace()
        edge = end


def test_stays_flat_on_a_text_of_one_kind() -> None:
    for text in (
        "“" * 200_000,
        "修" * 200_000,
        "(" * 200_000,
        "3," * 100_000,
        '"修' * 100_000,
        " " * 200_000,
    ):
        begun = time.perf_counter()
        assert list(find_clauses(text, 0, len(text))) or text.isspace()
        assert time.perf_counter() - begun < 5
