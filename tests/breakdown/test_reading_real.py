"""Real breakdowns, read whole: facts about the Lucheng breakdown and rows labelled by hand."""

import json
from collections import Counter
from pathlib import Path

import pytest

from dukao.breakdown.reader import read_breakdown
from dukao.breakdown.values import Breakdown, LivelihoodContent, Task
from dukao.reading.errors import SourceError
from dukao.reading.values import Source
from tests.breakdown.test_reading import assert_slices

_LAYOUTS = {
    "full_policy_anhui_RCEP": 31,
    "大竹县_2016": 11,
    "平湖市_2024": 10,
    "浙江省_2024": 5,
    "立山区_2023": 7,
    "衢州市_2021": 5,
    "许昌市_2011": 13,
}


def _source(path: Path) -> Source:
    return Source(path.name, "", "text/plain", "utf-8", path.read_bytes().decode("utf-8"))


@pytest.fixture(scope="module")
def lucheng(shared: Path) -> Breakdown:
    return read_breakdown(_source(next((shared / "seeds").glob("002*"))))


def test_reads_every_row_under_its_head(lucheng: Breakdown) -> None:
    rows = Counter(task.group for task in lucheng.tasks)
    assert [rows[group.id] for group in lucheng.groups] == [0, 39, 17, 17, 16, 18, 9, 28, 12, 1, 8]
    assert [group.id for group in lucheng.groups] == [*"一二三四五六七八九十", "十一"]
    assert lucheng.groups[0].note == "总负责。"
    assert_slices(lucheng)


def test_counts_stars_remarks_and_rows_nobody_is_said_to_lead(lucheng: Breakdown) -> None:
    starred = [task for task in lucheng.tasks if any(unit.basis == "star" for unit in task.units)]
    several = [
        task
        for task in starred
        if sum(unit.basis == "star" and unit.role == "lead" for unit in task.units) > 1
    ]
    bases = Counter(unit.basis for task in lucheng.tasks for unit in task.units if unit.role == "lead")
    assert (len(starred), len(several)) == (110, 13)
    assert bases["sole"] == 41
    assert sum(task.remark is not None for task in lucheng.tasks) == 15
    assert sum(any(unit.basis == "joint" for unit in task.units) for task in lucheng.tasks) == 8
    assert not any(unit.basis == "undecided" for task in lucheng.tasks for unit in task.units)


def test_a_lead_named_in_the_remark_stands_beside_the_tables_own(lucheng: Breakdown) -> None:
    """In the 13 rows somebody leads by remark, who stands alone or bears a star leads too."""
    led = [one for one in lucheng.tasks if one.remark and "牵头" in one.remark.text]
    own = {
        one.id: tuple(sorted({unit.basis for unit in one.units if unit.role == "lead"} - {"remark"}))
        for one in led
    }
    assert len(led) == 13
    assert [row for row, bases in own.items() if bases == ("sole",)] == ["二-32", "三-3", "三-4", "三-13"]
    assert [row for row, bases in own.items() if bases == ("star",)] == ["二-34", "三-6", "五-2"]
    assert sum(not bases for bases in own.values()) == 6
    assert all(any(unit.basis == "remark" and unit.role == "lead" for unit in one.units) for one in led)


def test_reads_merged_cells_of_the_livelihood_projects(lucheng: Breakdown) -> None:
    assert len(lucheng.livelihood) == 32
    assert len({content.number for content in lucheng.livelihood}) == 12
    fourth = [content for content in lucheng.livelihood if content.number == "4"]
    assert len({content.leaders[0].name for content in fourth}) == 2
    assert all(content.leaders and content.units for content in lucheng.livelihood)


def test_finds_the_task_under_two_leaders_and_the_names_of_one_unit(lucheng: Breakdown) -> None:
    assert [finding.code for finding in lucheng.findings] == [
        "two-leaders",
        "unit-alias",
        "unit-alias",
        "unit-alias",
    ]
    assert lucheng.findings[0].items == ("三-1", "七-1")
    assert [(d.code, lucheng.source.text[d.end - 5 : d.end]) for d in lucheng.diagnostics] == [
        ("truncated", "00 强项")
    ]


def test_agrees_with_the_rows_labelled_by_hand(lucheng: Breakdown, shared: Path) -> None:
    tasks = {task.id: task for task in lucheng.tasks}
    labels = (shared / "gold" / "alignment_2024_sample.jsonl").read_text(encoding="utf-8").splitlines()
    for label in map(json.loads, labels):
        task = tasks[label["id"].removeprefix("c-")]
        own = [unit for unit in task.units if unit.basis != "remark" or unit.role == "responsible"]
        remarked = [unit for unit in task.units if unit not in own]
        assert (task.start, task.end) == (label["text_start"], label["text_end"])
        assert [unit.written.lstrip("*") for unit in own] == label["units"]
        assert [unit.written.lstrip("*") for unit in own if unit.role == "lead"] == label["lead_units"]
        assert [unit.written for unit in remarked if unit.role == "lead"] == label["remark_leads"]
        assert [unit.written for unit in remarked if unit.role == "supporting"] == label["remark_support"]
        assert (task.remark.text if task.remark else None) == label["remark"]
        assert label["leader"] in [leader.name for leader in task.leaders] or label["table"] == "十一"


@pytest.mark.parametrize("name", _LAYOUTS)
def test_reads_other_layouts_as_labelled(name: str, shared: Path) -> None:
    folder = shared / "corpus" / "breakdowns"
    breakdown = read_breakdown(_source(folder / f"{name}.txt"))
    assert_slices(breakdown)
    items: list[Task | LivelihoodContent] = [*breakdown.tasks, *breakdown.livelihood]
    rows = {item.start: item for item in items}
    labels = [
        json.loads(line)
        for line in (folder / f"{name}.labels.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert len(rows) == len(labels) == _LAYOUTS[name]
    for label in labels:
        item = rows[label["start"]]
        wanted = [(u["name"], u["office"], u["role"].replace("co_lead", "lead")) for u in label["units"]]
        assert item.end == label["end"]
        assert [(unit.name, unit.office, unit.role) for unit in item.units] == wanted
        assert [leader.name for leader in item.leaders] == label["leader"]


@pytest.mark.parametrize("seed", ["000", "003", "004"])
def test_refuses_real_reports(seed: str, shared: Path) -> None:
    with pytest.raises(SourceError, match="政府工作报告"):
        read_breakdown(_source(next((shared / "seeds").glob(f"{seed}*"))))
