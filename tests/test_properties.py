"""What holds whatever a document says: it is read, its offsets are right, read again it gives the same.

A plain run takes a fixed hundred texts for each property. The long run takes thousands of new ones, where
DUKAO_LONG=1 asks for it: `DUKAO_LONG=1 ./dk test -m long`.
"""

import json
import os
import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dukao.breakdown.compiler import compile_breakdown
from dukao.breakdown.values import Breakdown
from dukao.reading.errors import SourceError
from dukao.reading.files import read_file
from dukao.reading.values import Source
from dukao.report.compiler import compile_articles, compile_report
from dukao.report.values import Measure, Report
from dukao.sample import SampleName, sample_path
from tests import laws, shapes
from tests.mutations import mutants, soups, stretches

Object = dict[str, Any]

FEW = settings(max_examples=15)
SAMPLED = settings(max_examples=100)
LONG = settings(max_examples=5000, derandomize=False)


def as_source(text: str) -> Source:
    return Source("任意.txt", "0" * 64, "text/plain", "utf-8", text)


def as_json(value: Any) -> Object:
    """An object as a program would get it."""
    answer: Object = json.loads(json.dumps(value))
    return answer


@cache
def sample(name: SampleName) -> str:
    return read_file(sample_path(name)).text


@cache
def sample_report() -> Report:
    return compile_report(read_file(sample_path("report")))


_PLAN = "各位代表：\n二、2024年工作安排\n"
# The smallest texts that once broke a format or a law.
BROKE = (
    "新增学位12\n0个。",
    "惠及居民9,8\n00户。",
    "十个项目提请大会票决。新增停车位2000个。",
    "图片：" + "1" * 5000 + "个",
    "６个、资２元，亿元以上7个。",
    "增长两万位数。",
    "提高到为检5次。",
    "增长二分之" + "亿" * 40 + "。",
)


def faultless(faults: Iterable[str]) -> None:
    """Fail with the first of the faults, where there are any."""
    found = list(faults)
    assert not found, "\n".join(found[:20])


def compiled(text: str) -> Report | None:
    """The report a text holds; None where it is refused as a breakdown."""
    try:
        return compile_report(as_source(text))
    except SourceError as error:
        if error.code != "not-a-report":
            raise
        return None


def check_report(text: str) -> None:
    """Any text compiles, twice alike, and keeps the formats and their laws; only a breakdown is refused."""
    report = compiled(text)
    if report is None:
        assert re.search("责任单位|牵头单位|责任部门|牵头部门|配合单位", text)
        return
    assert compiled(text) == report
    written = as_json(report.as_json())
    faultless(shapes.fields(shapes.REPORT)(written, "report"))
    faultless(laws.report_breaches(written, text))


def check_articles(text: str) -> None:
    """Any page has its articles, one after another, with figures inside their bodies."""
    page = as_json(compile_articles(as_source(text)))
    faultless(shapes.fields(shapes.ARTICLES)(page, "page"))
    at = 0
    for article in page["articles"]:
        first, last = article["body"]
        assert at <= article["start"] <= first <= last <= article["end"] <= len(text)
        at = article["end"]
        faultless(fault for one in article["measures"] for fault in laws.measure_breaches(one, text))
        assert all(first <= one["start"] < one["end"] <= last for one in article["measures"])


def held(text: str, report: Report | None) -> Breakdown | None:
    """The breakdown a text holds; None where it is refused, in one line."""
    try:
        return compile_breakdown(as_source(text), report)
    except SourceError as error:
        if error.code != "not-a-breakdown" or "\n" in error.message:
            raise
        return None


def check_breakdown(text: str, report: Report | None = None) -> None:
    """Any text is read as a breakdown or refused, twice alike, and what is read keeps the laws."""
    breakdown = held(text, report)
    if breakdown is None:
        return
    assert held(text, report) == breakdown
    written = as_json(breakdown.as_json())
    faultless(shapes.fields(shapes.BREAKDOWN)(written, "breakdown"))
    # The cells of a drawn table run over lines: their offsets cannot give their words, and it says so.
    if any(one["code"] == "wrapped-cells" for one in written["diagnostics"]):
        return
    against = as_json(report.as_json()) if report else None
    report_text = report.source.text if report else ""
    faultless(laws.breakdown_breaches(written, text, against, report_text))


def check_held(text: str) -> None:
    check_breakdown(text, sample_report())


class Property(NamedTuple):
    """Something that holds for texts of a kind; `how` says how many a plain run takes."""

    texts: Callable[[], st.SearchStrategy[str]]
    check: Callable[[str], None]
    how: settings = SAMPLED


def broken_stretches(name: SampleName, longest: int) -> st.SearchStrategy[str]:
    return stretches(sample(name), longest).flatmap(mutants)


PROPERTIES = {
    "any text is a report": Property(lambda: soups, check_report),
    "a broken stretch of a report is a report": Property(
        lambda: broken_stretches("report", 1500), check_report
    ),
    "a broken report is a report": Property(lambda: mutants(sample("report")), check_report, FEW),
    "a broken report of last year is a report": Property(
        lambda: mutants(sample("last_report")), check_report, FEW
    ),
    "any text is a page": Property(lambda: soups, check_articles),
    "a broken report is a page": Property(lambda: broken_stretches("report", 2500), check_articles, FEW),
    "any text is a breakdown or refused": Property(lambda: soups, check_breakdown),
    "a broken stretch of a breakdown is read or refused": Property(
        lambda: broken_stretches("breakdown", 2500), check_breakdown
    ),
    "a broken breakdown is read or refused": Property(
        lambda: mutants(sample("breakdown")), check_breakdown, FEW
    ),
    "a broken breakdown is held against its report": Property(
        lambda: broken_stretches("breakdown", 2500), check_held, FEW
    ),
}


@pytest.mark.parametrize("text", BROKE, ids=range(len(BROKE)))
def test_what_broke_once_holds(text: str) -> None:
    check_report(_PLAN + text)


@pytest.mark.parametrize("text", ["# ", "#\f\n政府工作报告"])
def test_a_page_whose_first_line_is_only_a_mark_has_a_title(text: str) -> None:
    faultless(shapes.fields(shapes.ARTICLES)(as_json(compile_articles(as_source(text))), "page"))


def prove(name: str, how: settings) -> None:
    texts, check, _ = PROPERTIES[name]

    def holds(text: str) -> None:
        check(text)

    how(given(texts())(holds))()


@pytest.mark.parametrize("name", PROPERTIES)
def test_holds_for_a_sample_of_texts(name: str) -> None:
    prove(name, PROPERTIES[name].how)


@pytest.mark.long
@pytest.mark.skipif(os.environ.get("DUKAO_LONG") != "1", reason="set DUKAO_LONG=1 for the long run")
@pytest.mark.parametrize("name", PROPERTIES)
def test_holds_for_thousands_of_texts(name: str) -> None:
    prove(name, LONG)


_ANEW = re.compile("[；：。]$")
# A sentence goes to its stop; the one a line break is put into must hold a number.
_SENTENCE = re.compile(r"[^。！？\n]+[。！？]")
_ENDED = re.compile(r"[。！？*：）]\s*$")
_BEFORE = (
    "# 政府工作报告\n\n2024年1月26日\n\n各位代表：\n\n## 一、2023年工作回顾\n\n一年来，各项工作稳步推进。"
)
_BETWEEN = "\n\n## 二、2024年工作安排\n\n全力做好今年工作。"
_AFTER = "\n\n## 三、切实加强政府自身建设\n\n坚持依法行政。\n"


def sentences() -> list[tuple[str, str]]:
    """The sentences of the sample that hold numbers, each with what stands before and after it."""
    report, text = sample_report(), sample("report")
    numbers = [(one.start, one.role) for one in report.measures]
    found = []
    for match in _SENTENCE.finditer(text):
        if match.start() and text[match.start() - 1] == "\n" and not _ENDED.search(text[: match.start()]):
            continue
        roles = {role for at, role in numbers if match.start() <= at < match.end()}
        if roles and "**" not in match.group():
            found.append((match.group(), "result" if roles == {"result"} else "target"))
    return found


def read(sentence: str, role: str) -> list[tuple[Any, ...]]:
    """What the measures of a sentence say, white space aside."""
    front = _BEFORE if role == "result" else _BEFORE + _BETWEEN
    text = front + sentence + (_BETWEEN + _AFTER if role == "result" else _AFTER)
    end = len(front) + len(sentence)
    return [meaning(m) for m in compile_report(as_source(text)).measures if len(front) <= m.start < end]


def meaning(measure: Measure) -> tuple[Any, ...]:
    indicator, action = "".join(measure.indicator.split()), "".join((measure.action or "").split())
    number = measure.value, measure.value_max, measure.unit, measure.op, measure.approximate
    return (*number, measure.kind, indicator, action, measure.role, measure.year, measure.series)


@given(st.data())
@SAMPLED
def test_a_line_break_in_mid_sentence_changes_nothing(data: st.DataObject) -> None:
    sentence, role = data.draw(st.sampled_from(sentences()))
    # Behind a semicolon or a colon a line may begin anew: that is no break in mid-sentence.
    places = [at for at in range(1, len(sentence) - 1) if not _ANEW.search(sentence[:at])]
    at = data.draw(st.sampled_from(places))
    broken = sentence[:at] + data.draw(st.sampled_from(["\n", "\n\n"])) + sentence[at:]
    assert read(broken, role) == read(sentence, role)


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("资产负债率降至63.5\n%。", "资产负债率降至63.5%。"),
        ("新增企业128家\n。", "新增企业128家。"),
        ("新增企业12 \n8家。", "新增企业128家。"),
        ("新增中小企业 1\n 2 8 家。", "新增中小企业 1 2 8 家。"),
        ("新增中小企业 1 \n2 8 家。", "新增中小企业 1 2 8 家。"),
        ("新增企业 1 2\n 8 家。", "新增企业 1 2 8 家。"),
    ],
)
def test_a_break_inside_a_number_changes_nothing(broken: str, whole: str) -> None:
    assert read(broken, "target") == read(whole, "target") != []
