"""Facts about findings: conflicts name both rows and both units, checks ask for 口径 and accuse nobody."""

from itertools import count

from dukao.breakdown.comparison.findings import find_findings
from dukao.breakdown.values import Breakdown, Finding, LivelihoodContent, Notice, Task, UnitRole
from dukao.reading.values import Source
from dukao.report.compiler import read_plan_measures


def compose(*rows: tuple[str, str, str], findings: tuple[Finding, ...] = ()) -> Breakdown:
    """A breakdown of (id, lead unit, words); ids that begin with 民生 are livelihood contents."""
    text = "\n".join(words for _, _, words in rows)
    tasks: list[Task] = []
    contents: list[LivelihoodContent] = []
    at = 0
    for name, unit, words in rows:
        end = at + len(words)
        units = (UnitRole(unit, None, unit, 0, 0, False, "lead", "sole"),)
        measures = read_plan_measures(text, at, end, 2024, count(1))
        if name.startswith("民生"):
            contents.append(
                LivelihoodContent(name, name[3:], "", words, at, end, (), units, (), measures=measures)
            )
        else:
            tasks.append(Task(name, "", "", None, None, words, at, end, (), units, None, measures=measures))
        at = end + 1
    source = Source("table.md", "", "text/markdown", "utf-8", text)
    return Breakdown(source, Notice(), (), (), tuple(tasks), tuple(contents), findings, ())


def found(*rows: tuple[str, str, str]) -> list[tuple[str, tuple[str, ...]]]:
    """The codes and items of what is found."""
    return [(finding.code, finding.items) for finding in find_findings(compose(*rows))]


def test_one_matter_under_two_lead_units_is_a_conflict() -> None:
    breakdown = compose(("二-1", "区水务局", "清淤支渠9条。"), ("民生-1-1", "区农业局", "清淤支渠 9 条。"))
    (finding,) = find_findings(breakdown)
    assert (finding.code, finding.kind, finding.items) == ("two-lead-units", "conflict", ("二-1", "民生-1-1"))
    assert all(words in finding.message for words in ("清淤支渠9条", "区水务局", "区农业局"))


def test_one_unit_under_two_names_is_no_conflict() -> None:
    assert (
        found(("一-1", "区人社局", "新增就业9000人。"), ("民生-1-1", "区人力社保局", "新增就业9000人。"))
        == []
    )


def test_two_numbers_for_one_matter_are_asked_about() -> None:
    rows = (
        ("一-1", "区住建局", "完工旧厂房改造项目30个。"),
        ("民生-1-1", "区住建局", "完成旧厂房改造 18 个。"),
    )
    (finding,) = find_findings(compose(*rows))
    assert (finding.code, finding.kind) == ("two-numbers", "check")
    assert all(words in finding.message for words in ("30个", "18个", "口径"))


def test_a_part_of_what_another_row_counts_is_asked_about() -> None:
    rows = (
        ("一-1", "区教育局", "建成投用学校6所、新增学位900个。"),
        ("民生-1-1", "区教育局", "新投用幼儿园2所。"),
    )
    assert found(*rows) == [("two-numbers", ("一-1", "民生-1-1"))]


def test_the_same_number_in_other_numerals_is_nothing() -> None:
    rows = (
        ("一-1", "区商务局", "新建便民菜店1万平方米。"),
        ("民生-1-1", "区商务局", "新建便民菜店10000平方米。"),
    )
    assert found(*rows) == []


def test_starting_and_finishing_are_two_matters() -> None:
    rows = (
        ("一-1", "区住建局", "开工标准厂房项目30个。"),
        ("一-2", "区住建局", "完工标准厂房项目18个。"),
    )
    assert found(*rows) == []


def test_different_things_in_one_unit_are_nothing() -> None:
    rows = (
        ("一-1", "区商务局", "引进品牌首店30家。"),
        ("一-2", "区文旅局", "培育特色民宿18家。"),
        ("一-3", "区科技局", "新增科技企业40家以上。"),
    )
    assert found(*rows) == []


def test_what_is_known_already_is_not_said_again() -> None:
    known = Finding("two-lead-units", "conflict", "已知", ("民生-1-1", "二-1"))
    rows = (("二-1", "区水务局", "清淤支渠9条。"), ("民生-1-1", "区农业局", "清淤支渠 9 条。"))
    assert find_findings(compose(*rows, findings=(known,))) == ()
