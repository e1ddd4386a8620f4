"""What a plan begins with: its kind by the words of the task, its steps with dates."""

from datetime import date

import pytest

from dukao.site.archive.models import Compilation
from dukao.site.ledger.models import Breakdown, TaskState
from dukao.site.supervision.models import PlanKind
from dukao.site.supervision.planning.prefilling import first_words, numbers_of, propose, written_steps
from dukao.site.supervision.planning.proposing import (
    Number,
    date_steps,
    for_kind,
    propose_kind,
    propose_template,
    templates,
)
from tests.site.supervision.conftest import task_of


def number(
    surface: str, value: float, unit: str, op: str = "=", kind: str = "level", name: str = ""
) -> Number:
    return Number(1, name, surface, value, unit, op, kind)


@pytest.mark.parametrize(
    ("text", "one", "kind", "curve"),
    [
        ("改造老旧小区18个。", number("18个", 18, "个"), PlanKind.CUMULATIVE, "quarters-back"),
        (
            "新增规上工业企业20家以上。",
            number("20家", 20, "家", ">=", "increment"),
            PlanKind.CUMULATIVE,
            "quarters-back",
        ),
        ("地区生产总值增长6%以上。", number("6%", 6, "%", ">=", "growth"), PlanKind.STATISTIC, ""),
        ("城镇调查失业率控制在5%以内。", number("5%", 5, "%", "<=", "ratio"), PlanKind.CEILING, ""),
        ("优良天数比率保持95%以上。", number("95%", 95, "%", ">=", "ratio"), PlanKind.LEVEL, ""),
        ("垃圾分类覆盖率不低于98%。", number("98%", 98, "%", ">=", "ratio"), PlanKind.LEVEL, ""),
        ("综合考评力争全市前3名。", number("前3名", 3, "名", "<=", "rank"), PlanKind.CEILING, ""),
        (
            "新建项目年底开工率达85%以上。",
            number("85%", 85, "%", ">=", "ratio"),
            PlanKind.CUMULATIVE,
            "start-zhejiang",
        ),
        (
            "上半年新建项目开工率达100%。",
            number("100%", 100, "%", ">=", "ratio"),
            PlanKind.CUMULATIVE,
            "start-zhejiang",
        ),
        ("完成有效投资120亿元。", number("120亿元", 1.2e10, "元"), PlanKind.CUMULATIVE, "invest-sanya"),
        ("规上工业增加值达到300亿元。", number("300亿元", 3e10, "元"), PlanKind.STATISTIC, "even"),
        ("单位能耗下降3%。", number("3%", 3, "%", "=", "decrease"), PlanKind.STATISTIC, ""),
        (
            "全年为企业减负15亿元。",
            number("15亿元", 1.5e9, "元", "=", "decrease"),
            PlanKind.CUMULATIVE,
            "quarters-back",
        ),
    ],
)
def test_the_kind_follows_the_words(text: str, one: Number, kind: PlanKind, curve: str) -> None:
    proposal = propose_kind(text, [one])
    assert (proposal.kind, proposal.curve, proposal.target) == (kind, curve, one.value)
    assert proposal.why


def test_a_straight_line_is_never_proposed() -> None:
    every = [
        propose_kind("办结信访积案30件。", [number("30件", 30, "件", "=", kind)]) for kind in ("level", "per")
    ]
    assert all(one.curve != "even" for one in every)


def test_a_livelihood_count_is_due_in_november() -> None:
    proposal = propose_kind("建成社区食堂10家。", [number("10家", 10, "家")], is_livelihood=True)
    assert proposal.curve == "livelihood"


def test_the_words_of_another_clause_do_not_count() -> None:
    text = "保持财政平稳，改造老旧小区18个"
    assert propose_kind(text, [number("18个", 18, "个")]).kind == PlanKind.CUMULATIVE


def test_no_number_goes_by_steps() -> None:
    assert propose_kind("主动培育低空经济。", []).kind == PlanKind.MILESTONES


def test_another_kind_gets_what_it_needs() -> None:
    count = number("18个", 18, "个")
    proposal = propose_kind("改造老旧小区18个。", [count])
    other = for_kind(PlanKind.STATISTIC, proposal)
    assert (other.target, other.unit, other.delay) == (18, "个", 20)
    assert for_kind(PlanKind.MILESTONES, proposal).target is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("推进滨海大道二期项目建设。", "project"),
        ("深化工程建设项目审批制度改革，健全联合验收机制和办法。", "reform"),
        ("争创全国双拥模范城，创建国家卫生城区。", "award"),
        ("全面开展噪声治理。", "standing"),
        ("支持国防和军队建设。", "standing"),
        ("完善政企恳谈、项目代办等制度。", "reform"),
    ],
)
def test_the_template_follows_the_words(text: str, code: str) -> None:
    assert propose_template(text).code == code


def test_steps_fall_on_ends_of_months() -> None:
    steps = dict(date_steps(templates()["award"], 2024, date(2024, 1, 5), None))
    assert list(steps.values()) == [
        date(2024, 3, 31),
        date(2024, 5, 31),
        date(2024, 9, 30),
        date(2024, 12, 31),
    ]
    project = dict(date_steps(templates()["project"], 2024, date(2024, 1, 5), None))
    assert project["立项"] == date(2024, 2, 29)  # a leap year


def test_steps_are_drawn_together_by_the_deadline() -> None:
    steps = date_steps(templates()["award"], 2024, date(2024, 3, 18), date(2024, 10, 15))
    days = [due for _, due in steps]
    assert days[0] > date(2024, 3, 31)
    assert days == sorted(days)
    assert days[-1] == date(2024, 10, 15)


def test_summaries_of_quarters_keep_their_days_and_those_that_are_over_are_left_out() -> None:
    standing = templates()["standing"]
    assert date_steps(standing, 2024, date(2024, 6, 5), None) == (
        ("二季度小结", date(2024, 6, 30)),
        ("三季度小结", date(2024, 9, 30)),
        ("全年总结", date(2024, 12, 31)),
    )
    assert date_steps(standing, 2024, date(2024, 3, 18), date(2024, 8, 15)) == (
        ("一季度小结", date(2024, 3, 31)),
        ("二季度小结", date(2024, 6, 30)),
        ("全年总结", date(2024, 8, 15)),
    )


def test_nothing_is_proposed_for_a_month_that_is_over() -> None:
    for template in templates().values():
        days = [due for _, due in date_steps(template, 2024, date(2024, 11, 20), None)]
        assert min(days) >= date(2024, 11, 30)
        assert max(days) == date(2024, 12, 31)


def test_every_task_of_the_sample_gets_a_plan_that_fits(ledger: Breakdown) -> None:
    states = {one.task.number: one for one in TaskState.objects.at(None).select_related("task__breakdown")}
    kinds = {name: propose(one, numbers_of(one.task_id), ()).kind for name, one in states.items()}
    assert kinds["重2024-001"] == PlanKind.STATISTIC  # 地区生产总值增长6%以上
    assert kinds["重2024-003"] == PlanKind.MILESTONES  # 主动培育低空经济
    assert kinds["重2024-006"] == PlanKind.CUMULATIVE  # 改造老旧小区18个
    assert kinds["民2024-001"] == PlanKind.CUMULATIVE


def test_columns_of_quarters_become_steps(ledger: Breakdown) -> None:
    state = TaskState.objects.at(None).select_related("task__breakdown").get(task=task_of(ledger, "二-3"))
    read = Compilation.objects.get(pk=ledger.compilation_id)
    row = next(one for one in read.result["tasks"] if one["id"] == "二-3")
    row["milestones"] = [
        {"text": "二季度", "date": "2024-06-30", "kind": "milestone", "step": "出台方案。"},
        {"text": "四季度", "date": "2024-12-31", "kind": "milestone", "step": "开通航线"},
        {"text": "长期", "date": None, "kind": "ongoing", "step": "持续推进"},
    ]
    read.save()
    steps = written_steps(state)
    assert steps == (("出台方案", date(2024, 6, 30)), ("开通航线", date(2024, 12, 31)))
    words = first_words(state, propose(state, [], steps), steps, date(2024, 3, 18))
    assert (words.kind, words.steps) == (PlanKind.MILESTONES, steps)
    other = TaskState.objects.at(None).select_related("task__breakdown").get(task=task_of(ledger, "二-2"))
    assert written_steps(other) == ()
