"""Where a plan is cut into tasks: cases as files, and what holds for every draft."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from dukao.breakdown.compiler import compile_breakdown
from dukao.drafting.cutting import cut_tasks
from dukao.drafting.drafter import draft_breakdown
from dukao.drafting.pieces import tidy
from dukao.drafting.proposing import Proposer
from dukao.drafting.values import Draft
from dukao.reading.files import read_file
from dukao.reading.values import Source
from dukao.report.compiler import compile_report
from dukao.report.values import Report
from dukao.sample import sample_path

CASES = sorted((Path(__file__).parents[1] / "cases" / "drafting").glob("*.txt"))


@pytest.fixture(scope="module")
def report() -> Report:
    return compile_report(read_file(sample_path("report")))


@pytest.fixture(scope="module")
def draft(report: Report) -> Draft:
    return draft_breakdown(report)


def test_there_are_twenty_two_cases() -> None:
    assert len(CASES) == 22


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_plan_is_cut_as_a_clerk_cuts_it(path: Path) -> None:
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    draft = draft_breakdown(compile_report(read_file(path)))
    found = [
        {
            "id": task.id,
            "text": task.text,
            "relation": task.relation,
            "lead": next((unit.name for unit in task.units if unit.role == "lead"), None),
        }
        for task in draft.tasks
    ]
    assert found == expected["tasks"]
    assert [one.text for one in draft.left_out] == expected["left_out"]


def test_every_commitment_is_in_a_task_or_left_out_with_a_reason(report: Report, draft: Draft) -> None:
    taken = {name for task in draft.tasks for name in task.commitments}
    left = {one.commitment for one in draft.left_out}
    assert taken | left == {one.id for one in report.commitments}
    assert not taken & left
    assert all(one.reason for one in draft.left_out)


def test_a_task_is_made_of_words_of_the_report(report: Report, draft: Draft) -> None:
    text = report.source.text
    for task in draft.tasks:
        said = "".join(tidy(text[start:end]) for start, end in task.source_spans)
        # 城乡 is the one word that may be read as one of its two halves.
        assert set(task.text) <= set(said) | set("，。、城镇农村"), task.id
        if task.relation == "verbatim":
            assert task.text == f"{said}。"
        assert task.start == min(start for start, _ in task.source_spans)
        assert task.end == max(end for _, end in task.source_spans)


def test_measures_stand_in_the_words_of_their_task(draft: Draft) -> None:
    spans = [(task.source_spans, one) for task in draft.tasks for one in task.measures]
    assert len(spans) > 100
    assert all(any(a <= one.start and one.end <= b for a, b in held) for held, one in spans)


def test_ids_follow_the_heads_of_the_report(draft: Draft) -> None:
    signs = [group.id for group in draft.groups]
    assert signs == list("一二三四五六七八九")
    assert all(task.id == f"{task.group}-{task.number}" for task in draft.tasks)
    assert len({task.id for task in draft.tasks}) == len(draft.tasks)


def test_the_same_report_gives_the_same_draft(report: Report, draft: Draft) -> None:
    past = compile_breakdown(read_file(sample_path("breakdown")), report)
    assert draft_breakdown(report) == draft
    assert draft_breakdown(report, [past, past]) == draft_breakdown(report, [past, past])


def test_a_report_without_a_plan_has_no_tasks(report: Report) -> None:
    assert draft_breakdown(replace(report, commitments=())).tasks == ()


def test_a_paragraph_is_not_left_out_for_one_sentence_of_it() -> None:
    said = "我们要守住底线，稳步前行。新建幼儿园，改造校舍，配齐教师。建设养老院。突出五大重点。"
    text = f"# 政府工作报告\n\n青岚县人民政府县长 高遥\n\n## 二、2025年工作安排\n\n{said}\n"
    report = compile_report(Source("报告.md", "0" * 64, "text/markdown", "utf-8", text))
    cuts = cut_tasks(report, Proposer([], "县").weigh, by_paragraph=True)
    assert ["幼儿园" in task.text for task in cuts.tasks] == [True]


APART = """# 青岚县2024年政府工作报告责任分解

序号\t重点工作\t牵头单位
1\t加强扬尘治理。\t县住建局
2\t加强机动车尾气治理。\t县公安局
3\t抓好露天禁烧，持续改善空气质量。\t县农业局
4\t发展设施农业和休闲农业。\t县农业局
"""
LISTED = """# 政府工作报告

2025年1月12日在青岚县第十七届人民代表大会第五次会议上

## 二、2025年工作安排

（一）改善环境质量。强化扬尘治理、机动车尾气治理和露天禁烧。大力发展设施农业和休闲农业。
"""


def test_items_that_past_rows_gave_to_different_units_are_parted_and_the_verb_given_back() -> None:
    report = compile_report(Source("报告.md", "0" * 64, "text/markdown", "utf-8", LISTED))
    past = compile_breakdown(Source("去年.md", "0" * 64, "text/markdown", "utf-8", APART))
    said = [task.text for task in draft_breakdown(report, [past]).tasks]
    assert said == [
        "强化扬尘治理。",
        "强化机动车尾气治理。",
        "强化露天禁烧。",
        "大力发展设施农业和休闲农业。",
    ]
    assert len(draft_breakdown(report).tasks) == 2


def test_a_task_does_not_begin_with_the_word_that_asks_for_it() -> None:
    said = LISTED.replace("强化扬尘", "要强化扬尘").replace(
        "大力发展设施农业和休闲农业", "要素市场改革落地见效"
    )
    report = compile_report(Source("报告.md", "0" * 64, "text/markdown", "utf-8", said))
    first, second = draft_breakdown(report).tasks
    assert first.text == "强化扬尘治理、机动车尾气治理和露天禁烧。"
    assert said[slice(*first.source_spans[0])] == first.text[:-1]
    assert second.text == "要素市场改革落地见效。"
