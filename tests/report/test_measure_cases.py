"""Every way of writing a number, one a file: the text of a small report, and the measures a clerk finds.

A case gives the fields that say what a number means; where it names `span` or `deadline` (a date), those too.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from dukao.reading.files import read_file
from dukao.report.compiler import compile_report
from dukao.report.values import Measure

CASES = sorted((Path(__file__).parent.parent / "cases" / "measures").glob("*.txt"))
NUMBER = {"surface", "value", "value_max", "unit", "op", "approximate"}
FIELDS = {*NUMBER, "kind", "indicator", "action", "role", "year", "series"}
MORE = {"span", "deadline"}


def expected(path: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return rows


def said(measure: Measure, keys: set[str]) -> dict[str, Any]:
    """The fields of a measure a case may name; a part of the whole to six digits."""
    written = measure.as_json()
    written["deadline"] = measure.deadline.date if measure.deadline else None
    written["value"] = round(measure.value, 6)
    return {key: written[key] for key in keys}


def test_finds_all_cases() -> None:
    assert len(CASES) == 86
    assert [path for path in CASES if not path.with_suffix(".json").exists()] == []


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_names_every_field(path: Path) -> None:
    for row in expected(path):
        assert FIELDS <= row.keys() <= FIELDS | MORE


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_numbers_are_read_as_the_case_says(path: Path) -> None:
    rows = expected(path)
    measures = compile_report(read_file(path)).measures
    keys = [set(row) for row in rows] + [FIELDS] * len(measures)
    found = [said(measure, key) for measure, key in zip(measures, keys, strict=False)]
    assert found == [row | {"value": round(row["value"], 6)} for row in rows]
