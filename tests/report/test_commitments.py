"""Commitments: where the plan is cut, and what kind each piece is."""

import json
import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dukao.report.commitment_rules import RULES, fired_commitments
from dukao.report.commitments import Cut, cut_commitments
from dukao.report.predicates import WORD_CLASSES
from dukao.report.values import Part, Passage

CASES = sorted((Path(__file__).parents[1] / "cases" / "commitments").glob("*.txt"))


def _fields(cut: Cut) -> tuple[int, int, str, int, tuple[str, ...]]:
    return cut.start, cut.end, cut.kind, cut.section, cut.rules


def _cut(
    text: str, *, part: Part = "plan", parents: tuple[int, ...] = (), measures: tuple[int, ...] = ()
) -> list[Cut]:
    return cut_commitments(text, [Passage(0, len(text), 0, part)], measures, parents)


def _words(text: str) -> list[str]:
    return [text[cut.start : cut.end] for cut in _cut(text)]


def _kinds(text: str) -> list[str]:
    return [cut.kind for cut in _cut(text)]


def test_there_are_five_cases() -> None:
    assert len(CASES) == 5


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_reads_the_case_as_it_was_accepted(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        text = file.read()
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    cuts = _cut(text, measures=tuple(expected["measure_starts"]))
    read = [{"start": c.start, "end": c.end, "kind": c.kind, "text": text[c.start : c.end]} for c in cuts]
    assert read == expected["commitments"]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_proves_itself(rule: Any) -> None:
    assert rule.matches
    assert rule.rejects
    for sentence, reading in rule.matches:
        assert reading in fired_commitments(sentence).get(rule.code, []), sentence
    for sentence in rule.rejects:
        assert rule.code not in fired_commitments(sentence), sentence


def test_rule_codes_are_unique_and_cover_what_is_given() -> None:
    codes = [rule.code for rule in RULES]
    assert len(codes) == len(set(codes))
    sentences = [sentence for rule in RULES for sentence, _ in rule.matches]
    assert {code for sentence in sentences for code in fired_commitments(sentence)} <= set(codes)


def test_only_plan_and_self_government_hold_commitments() -> None:
    text = "完善停车设施。疏浚河道。"
    plan = Passage(7, len(text), 0, "plan")
    parts: tuple[Part, ...] = ("plan", "self", "review", "five_year_review", "long_term", "other")
    found = {part: len(cut_commitments(text, [Passage(0, 7, 0, part), plan], ())) for part in parts}
    assert found == {"plan": 2, "self": 2, "review": 1, "five_year_review": 1, "long_term": 1, "other": 1}


def test_a_report_without_a_plan_of_the_year_promises_in_its_goals() -> None:
    assert _cut("完善停车设施。", part="long_term")
    assert not any(_cut("完善停车设施。", part=part) for part in ("review", "five_year_review", "other"))


def test_what_is_put_to_the_vote_is_framing_and_a_number_of_it_a_target() -> None:
    text = "我们征集建议320条，提请大会票决产生10个。对票决产生的项目，我们将挂图作战，办结10件。"
    cuts = _cut(text, measures=(text.index("320"), text.index("10个"), text.index("10件")))
    assert [cut.kind for cut in cuts] == ["aspiration", "target"]


def test_a_requirement_ends_with_its_sentence() -> None:
    text = "今年工作的总要求是：坚持稳字当头，深入实施强港战略；守牢安全底线。实施港区扩建。"
    assert _kinds(text) == ["aspiration", "aspiration", "action"]


def test_long_prose_above_sub_sections_is_a_section_of_its_own() -> None:
    text = "推进港城融合，加强部门协作，疏浚港区航道，" * 20
    assert {cut.kind for cut in _cut(text, parents=(0,))} == {"action"}


def test_leaves_out_the_final_stop_and_the_number_of_an_item() -> None:
    assert _words("（1）疏浚河道。（2）加固堤防；一是修订预案，二是储备物资。") == [
        "疏浚河道", "加固堤防", "修订预案", "储备物资",
    ]  # fmt: skip


def test_runs_across_a_page_break() -> None:
    assert _words("加快老码头更\n\n新，完善停车\n设施。") == ["加快老码头更\n\n新", "完善停车\n设施"]


def test_begins_an_item_on_a_new_line() -> None:
    assert _words("1.疏浚河道\n2.加固堤防\n（3）储备物资") == ["疏浚河道", "加固堤防", "储备物资"]


def test_a_chain_of_lead_ins_waits_for_its_main_clause() -> None:
    text = "坚持港城联动，围绕江海联运，以渔港搬迁为契机，建设三座码头，完善集疏运道路。"
    assert _words(text) == ["坚持港城联动，围绕江海联运，以渔港搬迁为契机，建设三座码头", "完善集疏运道路"]


def test_attitudes_side_by_side_stand_alone() -> None:
    assert _kinds("坚持港城联动，坚持建管并重，坚持开门问计。") == ["aspiration"] * 3


def test_a_result_first_in_its_sentence_is_a_thing_to_be_done() -> None:
    assert _kinds("优化公交线网，提升换乘效率。") == ["action", "aspiration"]


def test_a_deliverable_is_done_wherever_it_stands() -> None:
    assert _kinds("修订应急预案，构建部门联动机制。") == ["action", "action"]


def test_a_measure_makes_a_target_of_any_promise() -> None:
    text = "整治岸线，打造示范段3个。"
    assert [cut.kind for cut in _cut(text, measures=(text.index("3"),))] == ["action", "target"]


def test_prose_above_sub_sections_is_framing_unless_it_names_a_thing() -> None:
    text = "推进港城融合，深入实施强港战略，启动新一轮总体规划。"
    assert [cut.kind for cut in _cut(text, parents=(0,))] == ["aspiration", "aspiration", "action"]
    assert _kinds(text) == ["action"] * 3


def test_the_call_to_the_deputies_promises_nothing() -> None:
    assert _words("完善停车设施。各位代表！让我们同心协力，建设美丽临江，为民族复兴而奋斗！") == [
        "完善停车设施"
    ]


def test_what_was_done_and_what_is_are_no_promises() -> None:
    assert _words("前期征求了各方意见，梳理形成了十个候选项目，提请大会票决。") == []
    assert _words("水是临江的命脉。") == []


def test_a_subject_before_the_modal_leaves_a_promise() -> None:
    assert _words("沿江各街镇要建立巡查台账，公安、城管部门必须联合执法。") == [
        "沿江各街镇要建立巡查台账", "公安、城管部门必须联合执法",
    ]  # fmt: skip


@given(
    st.text(alphabet="坚持以为加快提升建设让我们其中是了1,2.，。；：“”（）\n*一", max_size=80),
    st.sets(st.integers(0, 80), max_size=5),
)
def test_cuts_are_in_order_inside_and_the_same_again(text: str, measures: set[int]) -> None:
    starts = tuple(sorted(measures))
    cuts, edge = _cut(text, measures=starts), 0
    for cut in cuts:
        assert edge <= cut.start < cut.end <= len(text)
        assert text[cut.start : cut.end].strip() == text[cut.start : cut.end]
        assert cut.kind != "target" or any(cut.start <= start < cut.end for start in starts)
        edge = cut.end
    assert [_fields(cut) for cut in cuts] == [_fields(cut) for cut in _cut(text, measures=starts)]


def test_every_word_stands_in_one_class_and_in_order() -> None:
    path = resources.files("dukao.report").joinpath("data/commitments.toml")
    tables: dict[str, list[str]] = tomllib.loads(path.read_text(encoding="utf-8"))
    words = [word for name in WORD_CLASSES for word in tables[name]]
    assert len(words) == len(set(words))
    assert all(entries == sorted(set(entries)) for entries in tables.values())


def test_marks_are_words_that_may_stand_before_a_verb() -> None:
    path = resources.files("dukao.report").joinpath("data/commitments.toml")
    tables: dict[str, list[str]] = tomllib.loads(path.read_text(encoding="utf-8"))
    known = {word for name in WORD_CLASSES for word in tables[name]}
    assert {
        *tables["striving"],
        *tables["manner"],
        *tables["means_verbs"],
        *tables["strength_verbs"],
    } <= known
