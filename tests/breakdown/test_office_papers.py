"""Papers as office programs leave them: cells that hold tables, figures with a column for their unit."""

from typing import Any

from dukao.breakdown.reader import read_breakdown
from tests.breakdown.reading import as_source, in_short


def rows_of(text: str) -> list[dict[str, Any]]:
    """The tasks of a text in short."""
    rows: list[dict[str, Any]] = in_short(read_breakdown(as_source(text)))["tasks"]
    return rows


def test_lines_of_a_cell_that_begin_with_labels_say_who_leads() -> None:
    cell = "牵头单位 区水务局\v配合单位 区住建局、各街道"
    (row,) = rows_of(f"序号\t工作任务\t责任分工\t完成时限\n1\t清淤。\t{cell}\t9月底前\n")
    assert row["units"] == ["区水务局 lead column", "区住建局 supporting column", "各街道+ supporting column"]


def test_a_figure_has_the_unit_that_its_table_measures_it_in() -> None:
    heads = "序号\t指标名称\t计量单位\t2026年目标\t责任单位\n"
    text = f"{heads}1\t一般公共预算收入\t万元\t370,000\t区财政局\n2\t生产总值增速\t%\t6.0%\t区发改局\n"
    rows = rows_of(text)
    assert [row["text"] for row in rows] == ["一般公共预算收入", "生产总值增速"]
    assert [row["milestones"] for row in rows] == [
        ["2026年目标 None：370,000万元"],
        ["2026年目标 None：6.0%"],
    ]
