"""Every rule of lights fires: for each preset a case that is yellow and one that is red, word for word.

A preset without its cases fails the test; so does a case whose preset is gone. The cases were written by
hand: a hundred starts owed by the curve of Zhejiang, a step, a limit.
"""

from datetime import date

import pytest

from dukao.presets.loading import load_entries
from dukao.progress.curves import curve_presets, expected_share, points_in
from dukao.progress.lights import judge_progress, light_rules
from dukao.progress.values import Cumulative, Fact, Light, Milestone, Milestones, Plan

STARTS = Cumulative(100, "个", points_in(curve_presets()["start-zhejiang"], 2024), is_step=True)
PAVING = Milestones((Milestone("路面摊铺", date(2024, 9, 10)),))
Case = tuple[Plan, float | None, date, str]

FIRES: dict[tuple[str, Light], Case] = {
    ("haikou-node", Light.YELLOW): (
        PAVING, None, date(2024, 9, 11),
        "黄：“路面摊铺”应于9月10日完成，已逾期1天（按节点：逾期即黄，逾期30天以上红）",
    ),
    ("haikou-node", Light.RED): (
        PAVING, None, date(2024, 10, 11),
        "红：“路面摊铺”应于9月10日完成，已逾期31天（按节点：逾期即黄，逾期30天以上红）",
    ),
    ("sanya", Light.YELLOW): (
        STARTS, 59, date(2024, 6, 30),
        "黄：6月30日应达60%，6月30日实际59%（59个），为应达数的98.3%（三亚2022）",
    ),
    ("sanya", Light.RED): (
        STARTS, 29, date(2024, 6, 30),
        "红：6月30日应达60%，6月30日实际29%（29个），为应达数的48.3%（三亚2022）",
    ),
    ("wuhan", Light.YELLOW): (
        STARTS, 47, date(2024, 6, 30),
        "黄：6月30日应达60%，6月30日实际47%（47个），为应达数的78.3%（武汉重大项目）",
    ),
    ("wuhan", Light.RED): (
        STARTS, 35, date(2024, 6, 30),
        "红：6月30日应达60%，6月30日实际35%（35个），为应达数的58.3%（武汉重大项目）",
    ),
    ("xian-days", Light.YELLOW): (
        PAVING, None, date(2024, 9, 7),
        "黄：“路面摊铺”应于9月10日完成，还剩3天（临期3天预警）",
    ),
    ("xian-days", Light.RED): (
        PAVING, None, date(2024, 9, 11),
        "红：“路面摊铺”应于9月10日完成，已逾期1天（临期3天预警）",
    ),
    ("yinchuan", Light.YELLOW): (
        STARTS, 50, date(2024, 6, 30),
        "黄：6月30日应达60%，6月30日实际50%（50个），差10个百分点（银川2025）",
    ),
    ("yinchuan", Light.RED): (
        STARTS, 29, date(2024, 6, 30),
        "红：6月30日应达60%，6月30日实际29%（29个），差31个百分点（银川2025）",
    ),
}  # fmt: skip

# What of the whole is owed on the eve of each preset's first point, on its day, and on the last day.
CURVES = {
    "even": (date(2024, 1, 31), 0.0805, 0.0833),
    "invest-sanya": (date(2024, 3, 31), 0.0, 0.2),
    "livelihood": (date(2024, 3, 31), 0.0, 0.1),
    "quarters-back": (date(2024, 3, 31), 0.0, 0.1),
    "start-sanya": (date(2024, 3, 31), 0.0, 0.15),
    "start-zhejiang": (date(2024, 3, 31), 0.0, 0.3),
}


def test_every_rule_of_lights_has_its_cases() -> None:
    wanted = {(code, light) for code in load_entries("lights") for light in (Light.YELLOW, Light.RED)}
    assert FIRES.keys() == wanted


@pytest.mark.parametrize(("code", "light"), FIRES)
def test_a_rule_fires_with_its_reason(code: str, light: Light) -> None:
    plan, value, day, reason = FIRES[code, light]
    facts = [] if value is None else [Fact(day, value, day)]
    judged = judge_progress(plan, facts, light_rules()[code], day)
    assert (judged.light, judged.reason) == (light, reason)
    assert judged.rule == load_entries("lights")[code]["name"]


def test_every_curve_has_its_case() -> None:
    assert CURVES.keys() == load_entries("curves").keys()


@pytest.mark.parametrize("code", CURVES)
def test_a_curve_asks_nothing_before_its_day_and_the_whole_at_the_end(code: str) -> None:
    first, before, on = CURVES[code]
    preset = curve_presets()[code]
    points = points_in(preset, 2024)
    assert points[0].day == first
    eve = date.fromordinal(first.toordinal() - 1)
    assert round(expected_share(points, eve, is_step=preset.is_step), 4) == before
    assert expected_share(points, first, is_step=preset.is_step) == on
    assert expected_share(points, date(2024, 12, 31), is_step=preset.is_step) == 1
