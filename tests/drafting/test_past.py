"""What a person typed or corrected is learned from like any past breakdown; so is how a place cuts."""

import pytest

from dukao.drafting.drafter import draft_breakdown
from dukao.drafting.past import TypedRow, are_paragraphs, typed_breakdown
from dukao.drafting.values import Draft, DraftTask
from dukao.reading.files import read_file
from dukao.reading.values import Source
from dukao.report.compiler import compile_report
from dukao.sample import sample_path

REPORT = compile_report(read_file(sample_path("report")))


def lead_of(task: DraftTask) -> str | None:
    return next((unit.name for unit in task.units if unit.role == "lead"), None)


def corrected(draft: Draft, which: int, row: TypedRow) -> Draft:
    """The draft made anew after a person said of one task who leads it."""
    typed = typed_breakdown([row], name="改定的初稿", year=2024)
    assert typed.tasks[0].text == draft.tasks[which].text
    return draft_breakdown(REPORT, [typed])


def test_a_typed_row_is_a_row_like_any_other() -> None:
    rows = [
        TypedRow("疏浚南塘 河6公里。", ("区水务局",), ("区财政局", "各街镇"), (("白 榆", "副区长"),), "二-9"),
        TypedRow("  "),
        TypedRow("带头过紧日子。", units=("区政府直属各单位", "各街镇")),
    ]
    breakdown = typed_breakdown(rows, name="手工录入", year=2024)
    text = breakdown.source.text
    first, second = breakdown.tasks
    assert (first.id, second.id, breakdown.year) == ("二-9", "2", 2024)
    assert [text[task.start : task.end] for task in breakdown.tasks] == [
        "疏浚南塘河6公里。",
        "带头过紧日子。",
    ]
    assert [(unit.name, unit.role, unit.group) for unit in first.units] == [
        ("区水务局", "lead", False),
        ("区财政局", "responsible", False),
        ("各街镇", "responsible", True),
    ]
    assert first.leaders[0].name == "白榆"
    assert {unit.basis for unit in second.units} == {"joint"}
    assert typed_breakdown([], name="空", year=None).tasks == ()


def test_a_correction_is_what_the_next_draft_proposes() -> None:
    draft = draft_breakdown(REPORT)
    which = next(n for n, task in enumerate(draft.tasks) if len(task.text) > 30 and lead_of(task))
    task = draft.tasks[which]
    row = TypedRow(task.text, ("区水上运动中心",), ("区财政局",), (("白榆", "副区长"),), "三-1")
    anew = corrected(draft, which, row).tasks[which]
    assert lead_of(anew) == "区水上运动中心"
    assert "2024年任务三-1" in next(unit.reason for unit in anew.units if unit.role == "lead")
    assert [leader.name for leader in anew.leaders] == ["白榆"]


def test_a_draft_says_what_it_learned_from() -> None:
    typed = typed_breakdown([TypedRow("疏浚南塘河。", ("区水利局",))], name="手工录入")
    draft = draft_breakdown(REPORT, [typed])
    assert [source.name for source in draft.past] == ["手工录入"]
    named = {unit.name for task in draft.tasks for unit in task.units}
    assert "区水利局" in named
    assert "区水务局" not in named


@pytest.mark.parametrize(
    ("row", "count", "is_habit"),
    [
        ("办好学校。修好公路；管好河道。", 12, True),
        ("办好学校，修好公路。", 12, False),
        ("办好学校。修好公路。", 9, False),
    ],
)
def test_rows_of_several_sentences_are_a_habit_of_the_place(row: str, count: int, is_habit: bool) -> None:
    rows = [TypedRow(f"第{number}项，{row}") for number in range(count)]
    assert are_paragraphs([typed_breakdown(rows, name="手工录入")]) is is_habit
    assert not are_paragraphs([])


def test_a_place_that_makes_rows_of_paragraphs_gets_paragraphs() -> None:
    rows = [TypedRow(f"办好{number}所学校。修好公路{number}公里。") for number in range(12)]
    draft = draft_breakdown(REPORT, [typed_breakdown(rows, name="手工录入")])
    text = REPORT.source.text
    assert len(draft.tasks) < len(draft_breakdown(REPORT).tasks) / 3
    assert {task.commitments for task in draft.tasks if "打通断头路" in task.text} == {
        task.commitments for task in draft.tasks if "改造老旧小区" in task.text
    }
    for task in draft.tasks:
        assert "。\n" not in text[task.start : task.end]
        assert task.text.count("。") == 1 + sum(text[a:b].count("。") for a, b in task.source_spans)


def test_a_paragraph_that_opens_with_the_situation_is_still_a_row() -> None:
    said = "经过多年努力，我县产业基础更加厚实。新增公办幼儿园学位600个。"
    text = f"# 青岚县2025年政府工作报告\n\n## 二、2025年工作安排\n\n{said}\n\n新建水库2座。\n"
    report = compile_report(Source("报告.md", "0" * 64, "text/markdown", "utf-8", text))
    rows = [TypedRow(f"办好{number}所学校。修好公路{number}公里。") for number in range(12)]
    draft = draft_breakdown(report, [typed_breakdown(rows, name="手工录入")])
    assert [task.text for task in draft.tasks] == [said, "新建水库2座。"]
    assert [task.text for task in draft_breakdown(report).tasks] == [
        "新增公办幼儿园学位600个。",
        "新建水库2座。",
    ]


def test_a_town_named_in_a_clause_says_where_not_whose() -> None:
    text = "# 青岚县2025年政府工作报告\n\n## 二、2025年工作安排\n\n疏浚城东河道9公里，完成云溪段清障。\n"
    report = compile_report(Source("报告.md", "0" * 64, "text/markdown", "utf-8", text))
    row = TypedRow("举办庙会。", ("云溪镇",), ("县文旅局",))
    draft = draft_breakdown(report, [typed_breakdown([row], name="手工录入")])
    assert [task.text for task in draft.tasks] == ["疏浚城东河道9公里，完成云溪段清障。"]
