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


def test_there_are_eighteen_cases() -> None:
    assert len(CASES) == 18


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
