"""Every list a place may keep holds together: what it names exists, and nothing is named twice."""

from datetime import date

import pytest

from dukao.presets.loading import load_entries
from dukao.progress.curves import curve_presets
from dukao.progress.lights import light_rules
from dukao.site.supervision.closing.checklists import checklists
from dukao.site.supervision.registers.opening import as_data, what_is_unfit
from dukao.site.supervision.registers.terms import KINDS, loop_presets, read_terms

CODES = list(load_entries("closed-loops"))


def test_the_lists_of_practice_are_there() -> None:
    names = [terms.name for terms in loop_presets().values()]
    assert names == [
        "重点工作",
        "民生实事",
        "重大项目",
        "信访积案",
        "安全隐患",
        "企业诉求",
        "巡查问题",
        "督查发现问题",
    ]
    letters = [terms.letter for terms in loop_presets().values() if terms.is_own]
    assert len(set(letters)) == len(letters) == 6


@pytest.mark.parametrize("code", CODES)
def test_what_a_list_names_exists(code: str) -> None:
    terms = loop_presets()[code]
    assert terms.source
    assert terms.why
    assert terms.verifies
    assert what_is_unfit(terms) == []
    assert terms.lights == "" or light_rules()[terms.lights].mode == "days"
    assert terms.checklist == "" or terms.checklist in checklists()
    assert all(one.kind in KINDS for one in terms.fields)
    assert all(one.curve in curve_presets() for one in terms.curves)
    for step in terms.steps:
        ways = [step.workdays is not None, step.days is not None, bool(step.field)]
        assert ways.count(True) == 1, step.name
        if step.when:
            field = terms.field(step.when[0])
            assert field is not None
            assert step.when[1] in field.choices


@pytest.mark.parametrize("code", CODES)
def test_terms_come_back_from_the_data_they_are_kept_as(code: str) -> None:
    terms = loop_presets()[code]
    assert read_terms(as_data(terms)) == terms


def test_a_step_is_due_by_working_days_by_days_or_by_a_column() -> None:
    hazard, project = loop_presets()["hazard"], loop_presets()["project"]
    friday = date(2024, 6, 7)  # 10 June is a holiday
    quick = hazard.steps_of(friday, {"way": "立查立改"})
    assert [(step.name, due) for step, due in quick] == [
        ("消除隐患", date(2024, 6, 13)),
        ("验收核销", date(2024, 6, 17)),
    ]
    assert hazard.steps_of(friday, {}) == []
    dated = project.steps_of(friday, {"start": "2024-09-01", "finish": "2024-12-20"})
    assert [(step.name, due) for step, due in dated] == [
        ("开工", date(2024, 9, 1)),
        ("竣工验收", date(2024, 12, 20)),
    ]
    held = project.steps_of(friday, {"start": "2024-09-01", "finish": "2024-12-20"}, date(2024, 11, 30))
    assert held[-1][1] == date(2024, 11, 30)
