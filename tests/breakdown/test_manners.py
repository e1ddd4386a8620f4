"""Manners in which places write a breakdown, each in a few lines and read row by row."""

from typing import Any

import pytest

from dukao.breakdown.reader import read_breakdown
from tests.breakdown.reading import as_source, in_short


def rows_of(text: str) -> list[dict[str, Any]]:
    """The tasks of a text in short."""
    tasks: list[dict[str, Any]] = in_short(read_breakdown(as_source(text)))["tasks"]
    return tasks


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("1.修粮仓两座。备注：省定任务。\n责任单位：区粮储局", "省定任务。"),
        ("1.修粮仓两座。责任单位：区粮储局；备注：省定任务。", "省定任务"),
        ("1.修粮仓两座。（责任单位：区粮储局）备注：省定任务。", "省定任务"),
        ("1.修粮仓两座。（备注：省定任务）\n责任单位：区粮储局", "省定任务"),
        ("1.修粮仓\n两座。备注：省定任务\n责任单位：区粮储局", "省定任务"),
        ("| 序号 | 工作任务 | 责任单位 |\n| 1 | 修粮仓两座。备注：省定任务 | 区粮储局 |", "省定任务"),
    ],
)
def test_a_remark_at_the_end_of_an_item_is_its_remark(text: str, remark: str) -> None:
    (row,) = rows_of(text)
    assert "".join(row["text"].split()) == "修粮仓两座。"
    assert row["remark"] == remark
    assert row["units"] == ["区粮储局 lead sole"]


def test_a_remark_is_of_its_own_item_alone() -> None:
    first, second = rows_of("1.清淤两公里；\n2.砌岸三公里。备注：省定任务\n责任单位：区水务局")
    assert "remark" not in first
    assert second["remark"] == "省定任务"
    assert first["units"] == second["units"]


def test_labels_behind_the_second_line_of_an_item_are_read() -> None:
    (row,) = rows_of("1.修粮仓两座，\n年底前完工。责任单位：区粮储局")
    assert row["text"] == "修粮仓两座，\n年底前完工。"
    assert row["units"] == ["区粮储局 lead sole"]
