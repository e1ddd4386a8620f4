"""The commitments of the 2021 report, held against those labelled by hand."""

import json
from pathlib import Path
from typing import Any

import pytest

from dukao.report.commitments import Cut, cut_commitments
from dukao.report.outline import read_outline

KINDS = {"quantified": "target"}


def _load(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


@pytest.fixture(scope="module")
def cuts(shared: Path) -> list[Cut]:
    with (shared / "seeds" / "003_b3e4cb320142c0ae.txt").open(encoding="utf-8", newline="") as file:
        text = file.read()
    outline = read_outline(text, 0, len(text), 2021)
    ids = {section.id: index for index, section in enumerate(outline.sections)}
    parents = {ids[section.parent] for section in outline.sections if section.parent}
    starts = sorted({row["start"] for row in _load(shared / "gold" / "quantities_2021.jsonl")})
    return cut_commitments(text, outline.passages, starts, parents)


@pytest.fixture(scope="module")
def gold(shared: Path) -> dict[tuple[int, int], str]:
    rows = _load(shared / "gold" / "commitments_2021.jsonl")
    return {(row["start"], row["end"]): KINDS.get(row["type"], row["type"]) for row in rows}


def test_cuts_where_a_person_cut(cuts: list[Cut], gold: dict[tuple[int, int], str]) -> None:
    hits = sum((cut.start, cut.end) in gold for cut in cuts)
    assert 2 * hits / (len(cuts) + len(gold)) >= 0.97


def test_tells_targets_actions_and_aspirations_as_a_person_did(
    cuts: list[Cut], gold: dict[tuple[int, int], str]
) -> None:
    both = [(cut.kind, gold[cut.start, cut.end]) for cut in cuts if (cut.start, cut.end) in gold]
    assert sum(mine == theirs for mine, theirs in both) / len(both) >= 0.96
