"""A breakdown held against its report as a workbook an office would accept: six sheets.

The same input gives the same bytes; no clock is asked.
"""

from pathlib import Path

from dukao.breakdown.values import Breakdown
from dukao.papers.sheets import list_sheets
from dukao.papers.spreadsheet import write_spreadsheet
from dukao.papers.words import cite_sources
from dukao.report.values import Report


def write_workbook(breakdown: Breakdown, report: Report | None, path: Path) -> None:
    """Write the breakdown, held against `report` where one is given, to `path` as .xlsx.

    The file is made whole in memory first: when laying out fails, nothing is written.
    """
    source = cite_sources(breakdown, report)
    made = write_spreadsheet(list_sheets(breakdown, report), title="政府工作报告责任分解", source=source)
    path.write_bytes(made)
