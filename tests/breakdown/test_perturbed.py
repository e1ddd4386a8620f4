"""One thing changed in the sample's breakdown is told, and nothing else is.

The sample is perturbed with a fixed seed: a number, a word, a clause, a row, a leader, a unit at a time.
"""

import random
import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

import pytest

from dukao.breakdown.compiler import compile_breakdown
from dukao.breakdown.values import Breakdown, LivelihoodContent, Task
from dukao.reading.files import read_file
from dukao.report.compiler import compile_report
from dukao.report.values import Report
from dukao.sample import sample_path

_SEED = 20240307
_NUMBER = re.compile(r"\d+(?=[ 个家亩项名条%套])")
_CLAUSE = re.compile(r"[^，。；]+[，。；]?")
_WORDS = {"提升": "优化", "推进": "推动", "打造": "建设", "完善": "健全", "深化": "强化"}


@cache
def _report() -> Report:
    return compile_report(read_file(sample_path("report")))


@cache
def _base() -> Breakdown:
    return compile_breakdown(read_file(sample_path("breakdown")), _report())


def _changed(start: int, end: int, words: str) -> Breakdown:
    """The sample with `start:end` exchanged for `words`."""
    source = _base().source
    return compile_breakdown(replace(source, text=source.text[:start] + words + source.text[end:]), _report())


def _plain_tasks() -> list[Task]:
    return [task for task in _base().tasks if task.relation in ("verbatim", "split")]


def _draw(found: Iterable[tuple[Task, re.Match[str]]], count: int) -> list[tuple[str, int, int]]:
    """Some of the matches, each as the id of its task and its place in the text of the task."""
    drawn = random.Random(_SEED).sample(list(found), count)
    return [(task.id, *match.span()) for task, match in drawn]


def _task(breakdown: Breakdown, name: str) -> Task:
    return next(task for task in breakdown.tasks if task.id == name)


def _told(breakdown: Breakdown) -> set[tuple[object, ...]]:
    """What a person is told: differences, absent rows, uncovered commitments, findings, who does it."""
    items: list[Task | LivelihoodContent] = [*breakdown.tasks, *breakdown.livelihood]
    assert breakdown.coverage
    return {
        *(("differs", one.id, d.kind, d.report, d.breakdown) for one in items for d in one.differences),
        *(("absent", one.id) for one in items if one.relation == "absent"),
        *(("unit", one.id, unit.name, unit.role) for one in items for unit in one.units),
        *(("leader", one.id, *(leader.name for leader in one.leaders)) for one in items),
        *(("uncovered", name) for name in breakdown.coverage.uncovered),
        *((f.code, *f.items) for f in breakdown.findings),
    }


def _news(changed: Breakdown) -> list[tuple[object, ...]]:
    return sorted(_told(changed) - _told(_base()), key=str)


def _numbers() -> list[tuple[str, int, int]]:
    return _draw(((task, one) for task in _plain_tasks() for one in _NUMBER.finditer(task.text)), 10)


@pytest.mark.parametrize(("name", "start", "end"), _numbers())
def test_a_changed_number_is_told(name: str, start: int, end: int) -> None:
    task = _task(_base(), name)
    number = str(int(task.text[start:end]) + 3)
    news = _news(_changed(task.start + start, task.start + end, number))
    news = [one for one in news if one[0] != "two-numbers"]
    assert [one[:3] for one in news] == [("differs", name, "number")]
    assert str(news[0][4]).startswith(number) or number in str(news[0][4])


def _words() -> list[tuple[str, int, int]]:
    words = re.compile("|".join(_WORDS))
    return _draw(((task, one) for task in _plain_tasks() for one in words.finditer(task.text)), 8)


@pytest.mark.parametrize(("name", "start", "end"), _words())
def test_a_changed_word_is_told(name: str, start: int, end: int) -> None:
    task = _task(_base(), name)
    word = _WORDS[task.text[start:end]]
    news = _news(_changed(task.start + start, task.start + end, word))
    assert [one[:3] for one in news] == [("differs", name, "wording")]
    assert word in str(news[0][4])


def _inner_clauses() -> list[tuple[str, int, int]]:
    tasks = [task for task in _plain_tasks() if task.relation == "verbatim" and "“" not in task.text]
    return _draw(((task, one) for task in tasks for one in list(_CLAUSE.finditer(task.text))[1:-1]), 8)


@pytest.mark.parametrize(("name", "start", "end"), _inner_clauses())
def test_a_dropped_clause_is_told_once(name: str, start: int, end: int) -> None:
    task = _task(_base(), name)
    dropped = "".join(task.text[start:end].split()).rstrip("，。；")
    news = _news(_changed(task.start + start, task.start + end, ""))
    commitments = {one.id: "".join(one.text.split()) for one in _report().commitments}
    assert news
    for one in news:
        words = commitments[str(one[1])] if one[0] == "uncovered" else "".join(str(one[3]).split())
        assert one[0] == "uncovered" or one[1:3] == (name, "omission")
        assert dropped in words or words in dropped


@pytest.mark.parametrize(("name", "start", "end"), _inner_clauses()[:4])
def test_two_clauses_that_change_places_are_merged_and_nothing_else(name: str, start: int, end: int) -> None:
    task = _task(_base(), name)
    before, moved = task.text[:start].rstrip("，；"), task.text[start:end].rstrip("，；")
    last = max(before.rfind(stop) for stop in "，；。") + 1
    words = f"{before[:last]}{moved}，{before[last:]}{task.text[end - 1 :]}"
    changed = _changed(task.start, task.end, words)
    assert _task(changed, name).relation == "merged"
    assert not _news(changed)


@pytest.mark.parametrize("name", [task.id for task in random.Random(_SEED).sample(_plain_tasks(), 6)])
def test_a_dropped_row_leaves_its_promise_with_nobody(name: str) -> None:
    task = _task(_base(), name)
    text = _base().source.text
    line = text.rfind("\n", 0, task.start) + 1
    changed = _changed(line, text.index("\n", task.end) + 1, "")
    news = _news(changed)
    assert name not in [one.id for one in changed.tasks]
    assert news
    assert {str(one[0]) for one in news} <= {"uncovered", "differs", "item-left-out"}
    assert all(one[2] == "omission" for one in news if one[0] == "differs")


@pytest.mark.parametrize("name", [task.id for task in random.Random(_SEED + 1).sample(_plain_tasks(), 4)])
def test_a_row_under_a_second_leader_is_a_conflict(name: str) -> None:
    task = _task(_base(), name)
    text = _base().source.text
    other = next(one for one in reversed(_base().tasks) if one.leaders and one.leaders != task.leaders)
    row = text[text.rfind("\n", 0, task.start) + 1 : text.index("\n", task.end) + 1]
    end = text.index("\n", other.end) + 1
    news = _news(_changed(end, end, row))
    assert [one[1] for one in news if one[0] == "two-leaders"] == [name]
    assert not [one for one in news if one[0] in ("differs", "absent", "uncovered", "two-lead-units")]


@pytest.mark.parametrize("name", [task.id for task in _plain_tasks() if len(task.units) > 2][:3])
def test_another_lead_unit_changes_that_unit_only(name: str) -> None:
    lead = next(unit for unit in _task(_base(), name).units if unit.role == "lead")
    news = _news(_changed(lead.start, lead.end, "*区古塔文物馆"))
    assert news == [("unit", name, "区古塔文物馆", "lead")]
