"""A compiled report as plain text for people; what it imports, every `dukao compile` pays for."""

from collections.abc import Iterator

from dukao.calling import called_as
from dukao.cli.tables import format_table
from dukao.papers.figures import name_measure, read_number
from dukao.reading.places import describe_place
from dukao.reading.values import Diagnostic, Source
from dukao.report.values import Commitment, Measure, Report

LEVELS = {"nation": "全国", "province": "省级", "city": "市级", "county": "县级", "township": "乡级"}
PARTS = {
    "review": "上年回顾",
    "five_year_review": "五年回顾",
    "long_term": "中长期目标",
    "plan": "当年安排",
    "self": "自身建设",
    "other": "其他",
}
COMMITMENT_KINDS = {"target": "指标", "action": "行动", "aspiration": "愿景"}
MEASURE_KINDS = {
    "level": "总量",
    "growth": "增长",
    "increment": "新增",
    "decrease": "下降",
    "ratio": "比率",
    "rank": "位次",
    "per": "人均",
}
ENCODINGS = {
    "gb18030": "GB18030",
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-32": "UTF-32",
}

_OFFICE = "application/vnd.openxmlformats-officedocument"
FORMATS = {
    f"{_OFFICE}.wordprocessingml.document": "Word 文档",
    f"{_OFFICE}.spreadsheetml.sheet": "Excel 工作簿",
    "application/pdf": "PDF",
    "text/html": "网页",
}


def summarize_report(report: Report) -> str:
    """The report's masthead, outline, commitments and measures, and what was odd about it."""
    return "\n".join(filter(None, _blocks(report)))


def describe_source(source: Source) -> str:
    """Name, length, and encoding or format of a document, on one line."""
    kind = FORMATS.get(source.media_type) or ENCODINGS.get(source.encoding, source.encoding)
    return f"{source.name}，{len(source.text):,} 字，{kind}"


def say_position(source: Source, offset: int) -> str:
    """An offset into the source text and, where the document has one, its own place beside it."""
    place = source.place_of(offset)
    return f"{offset}（{describe_place(place)}）" if place else str(offset)


def list_diagnostics(diagnostics: tuple[Diagnostic, ...]) -> str:
    """What was odd and where; what concerns the whole document is said on standard error."""
    rows = [(f"{d.start}–{d.end}", d.message) for d in diagnostics if d.start < d.end]
    return "提示\n" + format_table(("位置", "说明"), rows) if rows else ""


def _blocks(report: Report) -> Iterator[str]:
    yield _masthead(report)
    source = report.source
    rows = [
        (s.id, say_position(source, s.start), PARTS[s.part], "  " * (s.level - 1) + s.title)
        for s in report.outline
    ]
    yield f"提纲（{len(rows)} 个标题）\n" + format_table(("编号", "位置", "部分", "标题"), rows)
    yield f"承诺（{len(report.commitments)} 条）\n" + format_table(
        ("编号", "位置", "类别", "年份", "内容"), [_commitment_row(one, source) for one in report.commitments]
    )
    yield f"指标数据（{len(report.measures)} 个）\n" + format_table(
        ("编号", "位置", "性质", "时间", "类别", "数值", "指标"),
        [_measure_row(one, source) for one in report.measures],
    )
    yield list_diagnostics(report.diagnostics)
    if report.measures:
        name, at = report.source.name, report.measures[-1].start
        called = called_as()
        yield f"某处为什么这样读：{called} explain {name} 位置，例如 {called} explain {name} {at}"


def _masthead(report: Report) -> str:
    place = f"{report.place or '地方未写明'}" + (f"（{LEVELS[report.level]}）" if report.level else "")
    said = [place, f"{report.year} 年" if report.year else "年份未写明"]
    said += [f"{report.delivered} 作报告"] if report.delivered else []
    said += [f"报告人 {report.speaker}"] if report.speaker else []
    return f"{report.title or '（无标题）'}\n  {'，'.join(said)}\n  {describe_source(report.source)}\n"


def _commitment_row(commitment: Commitment, source: Source) -> tuple[object, ...]:
    text = "".join(commitment.text.split("\n"))
    return (
        commitment.id,
        say_position(source, commitment.start),
        COMMITMENT_KINDS[commitment.kind],
        commitment.year,
        text,
    )


def _measure_row(measure: Measure, source: Source) -> tuple[object, ...]:
    # 增长 and 下降 say what the column of kinds says already; 引进 and 建成 are part of the name.
    name = name_measure(measure) if measure.kind in {"level", "increment"} else measure.indicator
    role = "目标" if measure.role == "target" else "结果"
    when = measure.span or measure.year
    kind = MEASURE_KINDS[measure.kind]
    return measure.id, say_position(source, measure.start), role, when, kind, read_number(measure), name
