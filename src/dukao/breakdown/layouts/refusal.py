"""A document that is no breakdown: what was found in it, and what was expected."""

import re

from dukao.breakdown.cells import Cell, Sheet
from dukao.breakdown.layouts.rows import Row
from dukao.reading.errors import SourceError
from dukao.reading.values import Source

_REPORT = re.compile(r"政府工作报告")
_ADDRESSED = re.compile(r"各位代表")
_DELIVERED = re.compile(
    r"(?:我)?代表.{0,20}(?:人民)?政府.{0,12}(?:报告工作|作.{0,4}工作报告|作报告)|请予审议|请予审查"
)
_EXPECTED = "这里要的是责任分解：有“重点工作”“责任单位”等列的表，或带“责任单位：”“牵头单位：”的条目"
_FEW = 3


def is_report(sheet: Sheet, rows: list[Row]) -> bool:
    """True for a work report: it addresses deputies again and again, and hardly any row names somebody."""
    addressed = len(_ADDRESSED.findall(sheet.plain))
    delivered = _DELIVERED.search(sheet.plain) is not None
    named = _REPORT.search(sheet.plain) is not None
    told = sum(bool(row.stated or row.leaders) for row in rows)
    return told < _FEW and named and (addressed >= 2 or (addressed >= 1 and delivered))


def refusal(source: Source, sheet: Sheet, rows: list[Row], heads: list[Cell] | None) -> SourceError:
    """The error that says why the source is refused."""
    if is_report(sheet, rows):
        return _error(
            source,
            f"读到的是一篇政府工作报告，不是责任分解；{_EXPECTED}。报告请放在 --report 后。",
        )
    if heads:
        names = "”“".join(re.sub(r"\s+", "", head.text) for head in heads)
        return _error(
            source,
            f"表里只有“{names}”等列，没有“重点工作”“工作任务”“项目内容”一类的列，读不出任务；请补上任务一列再读。",
        )
    if rows:
        return _error(source, f"读到 {len(rows)} 个条目，但没有一条写明责任单位；{_EXPECTED}。")
    return _error(source, f"没有读到任何任务：既没有分解表，也没有写明责任单位的条目；{_EXPECTED}。")


def _error(source: Source, message: str) -> SourceError:
    """The refusal, with what reading the file left out or could not tell: it may be why."""
    said = "".join(diagnostic.message for diagnostic in source.diagnostics)
    return SourceError(source.name, "not-a-breakdown", message + said)
