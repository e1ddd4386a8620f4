"""A compiled report as plain text for people. No other room is imported: `dukao compile` needs it."""

from collections.abc import Iterator

from dukao.cli.tables import format_table
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
SIGNS = {">=": "≥", ">": "＞", "<=": "≤", "<": "＜", "=": ""}


def summarize_report(report: Report) -> str:
    """The report's masthead, outline, commitments and measures, and what was odd about it."""
    return "\n".join(filter(None, _blocks(report)))


def describe_source(source: Source) -> str:
    """Name, length and encoding of a document, on one line."""
    return f"{source.name}，{len(source.text):,} 字，{source.encoding}"


def list_diagnostics(diagnostics: tuple[Diagnostic, ...]) -> str:
    """What was odd and where; what concerns the whole document is said on standard error."""
    rows = [(f"{d.start}–{d.end}", d.message) for d in diagnostics if d.start < d.end]
    return "提示\n" + format_table(("位置", "说明"), rows) if rows else ""


def read_value(measure: Measure) -> str:
    """Number and unit as written, with its comparison: ≥50家."""
    about = "约" if measure.approximate else ""
    return f"{SIGNS[measure.op]}{about}{''.join(measure.surface.split())}"


def _blocks(report: Report) -> Iterator[str]:
    yield _masthead(report)
    rows = [(s.id, PARTS[s.part], "  " * (s.level - 1) + s.title) for s in report.outline]
    yield f"提纲（{len(rows)} 个标题）\n" + format_table(("编号", "部分", "标题"), rows)
    yield f"承诺（{len(report.commitments)} 条）\n" + format_table(
        ("编号", "类别", "年份", "内容"), map(_commitment_row, report.commitments)
    )
    yield f"指标数据（{len(report.measures)} 个）\n" + format_table(
        ("编号", "性质", "时间", "类别", "数值", "指标"), map(_measure_row, report.measures)
    )
    yield list_diagnostics(report.diagnostics)


def _masthead(report: Report) -> str:
    place = f"{report.place or '地方未写明'}" + (f"（{LEVELS[report.level]}）" if report.level else "")
    said = [place, f"{report.year} 年" if report.year else "年份未写明"]
    said += [f"{report.delivered} 作报告"] if report.delivered else []
    said += [f"报告人 {report.speaker}"] if report.speaker else []
    return f"{report.title or '（无标题）'}\n  {'，'.join(said)}\n  {describe_source(report.source)}\n"


def _commitment_row(commitment: Commitment) -> tuple[object, ...]:
    text = "".join(commitment.text.split("\n"))
    return commitment.id, COMMITMENT_KINDS[commitment.kind], commitment.year, text


def _measure_row(measure: Measure) -> tuple[object, ...]:
    # 增长, 下降 and 提高 say what the kind says already; 引进 and 建成 are part of the name.
    said = measure.kind in {"level", "increment"} and (measure.action or "") not in measure.indicator
    action = measure.action if measure.action and said else ""
    role = "目标" if measure.role == "target" else "结果"
    when = measure.span or measure.year
    kind = MEASURE_KINDS[measure.kind]
    return measure.id, role, when, kind, read_value(measure), f"{action}{measure.indicator}"
